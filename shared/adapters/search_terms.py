"""Words as people type them, as the tokens that reports are indexed under. Pure."""

from collections.abc import Iterable

from shared.adapters.report_documents import words_of
from shared.domain.areas import lies_in
from shared.domain.codes import UnreadableCode, parse_code
from shared.domain.report import Report
from shared.usecases.ports import Query

# A report has a term when it has one of its tokens.
Term = tuple[str, ...]


def terms_of(words: Iterable[str]) -> list[Term]:
    """The most selective first: a tracking code, then the longest word."""
    found = [term for word in words for term in _terms(word)]
    return sorted(found, key=lambda term: (not term[0].startswith("c:"), -len(term[0])))


def fits(report: Report, query: Query, terms: Iterable[Term]) -> bool:
    """What the store was not asked for: every term, and the area."""
    tokens = {f"w:{word}" for word in words_of(f"{report.title} {report.body}")}
    tokens.add(f"c:{report.code}")
    if query.area and not (report.area and lies_in(report.area, query.area)):
        return False
    return all(tokens.intersection(term) for term in terms)


def _terms(word: str) -> list[Term]:
    parts = [f"w:{part}" for part in words_of(word)]
    try:
        code = f"c:{parse_code(word)}"
    except UnreadableCode:
        return [(part,) for part in parts]
    # One in 32 words of eleven letters reads as a code: "masyarakats" may be either.
    return [(code, *parts)]
