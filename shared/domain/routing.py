"""Category × area → who is responsible, and the sentence that says why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from shared.domain.areas import lies_in
from shared.domain.directory import Category, Directory, Rule
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.statuses import Status

# One rule is an answer; what words suggest is never more than a hint for a person.
_BY_RULE = 1.0
_BY_WORDS = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agency, or a body outside the region, with the reason in both languages."""

    agency: str | None
    body: str | None
    category: str
    confidence: float
    because: Mapping[str, str]
    rule: int


def candidates(
    directory: Directory, *, category: str | None, area: str | None, text: str
) -> tuple[Candidate, ...]:
    """Ranked, best first. Without a category the words of the text propose some."""
    where = area or directory.code
    if category:
        return _by_rule(directory, category, where, _BY_RULE)
    return tuple(
        candidate
        for proposed, weight in proposed_categories(directory, text)
        for candidate in _by_rule(directory, proposed.id, where, weight)
    )


def proposed_categories(directory: Directory, text: str) -> list[tuple[Category, float]]:
    """The three categories whose keywords the text holds most often, and their share of hits."""
    words = _words(text)
    known, line = frozenset(words), f" {' '.join(words)} "
    hits = [
        (_hits(category.keywords, known, line), category)
        for category in directory.categories.values()
    ]
    found = sorted((hit for hit in hits if hit[0]), key=lambda hit: -hit[0])[:3]
    total = sum(count for count, _ in found)
    return [(category, _BY_WORDS * count / total) for count, category in found]


def candidates_for(report: Report, directory: Directory) -> tuple[Candidate, ...]:
    return candidates(
        directory,
        category=report.category,
        area=report.area,
        text=f"{report.title} {report.body}",
    )


def target_of(report: Report, rules: Rules) -> tuple[str, str] | None:
    """Where the system itself sends it, and why: whom the citizen named, else the only candidate.

    None: a person has to decide, or has decided before.
    """
    if report.status is not Status.SUBMITTED or report.supervisory or report.times("routed"):
        return None
    directory = rules.directory
    if report.named_agency in directory.agencies:
        return str(report.named_agency), _NAMED[report.language]
    found = only_agency(candidates_for(report, directory)) if directory.auto_route else None
    return (str(found.agency), found.because[report.language]) if found else None


def suggested(report: Report, directory: Directory) -> tuple[str, str] | None:
    """Where the system sends it, and why, when no verifier came to it in time.

    A person decides on supervisory ones, and on what came back from the agency suggested.
    """
    if report.supervisory or report.status is not Status.SUBMITTED:
        return None
    had = {stretch.agency for stretch in report.custody}
    if report.named_agency in directory.agencies.keys() - had:
        return str(report.named_agency), _NAMED[report.language]
    found = candidates_for(report, directory)
    best = next((each for each in found if each.agency and each.agency not in had), None)
    return (str(best.agency), best.because[report.language]) if best else None


def only_agency(found: tuple[Candidate, ...]) -> Candidate | None:
    """The one candidate that needs no person: certain, and an agency of the region."""
    if len(found) == 1 and found[0].confidence == _BY_RULE and found[0].agency:
        return found[0]
    return None


def _by_rule(
    directory: Directory, category: str, area: str, weight: float
) -> tuple[Candidate, ...]:
    fitting = [
        rule for rule in directory.rules if rule.category == category and lies_in(area, rule.area)
    ]
    closest = max((len(rule.area) for rule in fitting), default=0)
    nearest = [rule for rule in fitting if len(rule.area) == closest]
    return tuple(_candidate(directory, rule, area, weight / len(nearest)) for rule in nearest)


def _candidate(directory: Directory, rule: Rule, area: str, confidence: float) -> Candidate:
    return Candidate(
        agency=rule.agency,
        body=rule.body,
        category=rule.category,
        confidence=round(confidence, 2),
        because=_because(directory, rule, area),
        rule=rule.rule,
    )


def _because(directory: Directory, rule: Rule, area: str) -> Mapping[str, str]:
    category = directory.categories[rule.category]
    place = directory.area_name(area) or directory.name
    target = directory.bodies[rule.body].name if rule.body else directory.agency_name(rule.agency)
    return {
        "id": f"{category.name} di {place} → {target}, aturan {rule.rule}",
        "en": f"{category.in_language('en')} in {place} → {target}, rule {rule.rule}",
    }


def _hits(keywords: tuple[str, ...], words: frozenset[str], line: str) -> int:
    singles, phrases = _split(keywords)
    return len(singles & words) + sum(f" {phrase} " in line for phrase in phrases)


@cache
def _split(keywords: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Single words, of which a region has many, are looked up; only phrases are searched for.

    `gorong-gorong` and `lapor.go.id` are phrases, too.
    """
    spelled = [_words(keyword) for keyword in keywords]
    singles = frozenset(words[0] for words in spelled if len(words) == 1)
    return singles, tuple(" ".join(words) for words in spelled if len(words) > 1)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


_NAMED = {
    "id": "Instansi dipilih oleh pelapor.",
    "en": "The agency was chosen by the reporter.",
}
