"""What the summary says before a report is sent."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.domain.acts.filing import Filing
from shared.domain.dwellings import tells_a_home
from shared.domain.scene import REPORTER, Rules
from shared.domain.visibility import Viewer
from shared.edge import limits
from shared.edge.problems import Fault, FieldFaults, problem_of
from shared.edge.web import forms
from shared.edge.web.visits import Visit
from shared.usecases import foreseeing, suggesting, villages
from shared.usecases.nearby import nearby
from shared.usecases.ports import Reports
from shared.usecases.views import Reading

# What the summary itself asks, once more or for the first time; all else is carried along unseen.
_ASKED_HERE = frozenset({
    "mark", "idempotency_key", "website", "altcha", "waited",
    "advised", "anonymous", "secret", "secret_asked",
})  # fmt: skip


def seen(visit: Visit, filing: Filing, rules: Rules) -> dict[str, Any]:
    directory = rules.directory
    likely = suggesting.likely_category(filing.category, filing.body, directory)
    return {
        "filing": filing,
        "contact": visit.message.identity(),
        "village": villages.full_name(filing.area or "", directory),
        "category": _name(filing.category, rules, visit.language),
        "agency": directory.agency_name(filing.agency),
        "handled_by": suggesting.handled_by(likely, filing.area, directory),
        "advice": _advice(visit, filing, rules),
        **_asked(visit, filing, rules),
        **_foreseen(visit, filing, rules),
    }


def is_advised(visit: Visit, filing: Filing, rules: Rules) -> bool:
    """Whether nothing is quicker than this report, or its sender has read what is."""
    return visit.message.advised or _advice(visit, filing, rules) is None


def unadvised(visit: Visit) -> Visit:
    """The summary once more, with the fault beside its tick."""
    problem = problem_of(FieldFaults(Fault("advised", "required")))
    assert problem  # noqa: S101 - faults of fields are foreseen
    form = forms.with_faults(visit.form, forms.typed(visit.request), problem, visit.language)
    return replace(visit, form=form)


def near(visit: Visit, filing: Filing, rules: Rules, reports: Reports) -> list[dict[str, Any]]:
    """None for who asks too often: the store is read for it."""
    at = visit.stamp.at
    if not limits.has_room(f"nearby {visit.address}", at, limits.per_minute()):
        return []
    reading = Reading(Viewer.PUBLIC, REPORTER, rules, at, visit.language)
    likely = [each.id for each in suggesting.proposed(filing.body, rules.directory)]
    categories = [filing.category] if filing.category else likely
    areas = [filing.area] if filing.area else [code for code, _ in _areas(visit, filing, rules)]
    return nearby(filing, categories, areas, reading, reports)


def _advice(visit: Visit, filing: Filing, rules: Rules) -> str | None:
    likely = suggesting.likely_category(filing.category, filing.body, rules.directory)
    return suggesting.advice(likely, rules.directory, visit.language)


def _areas(visit: Visit, filing: Filing, rules: Rules) -> list[tuple[str, str]]:
    """(code, full name) of those that may be meant, as long as that is open."""
    typed = visit.message.village or ""
    return [] if filing.area else villages.found(typed, rules.directory)


def _asked(visit: Visit, filing: Filing, rules: Rules) -> dict[str, Any]:
    """`choices`: of which category, of which village, where that is still open."""
    open_questions = {
        "area": _areas(visit, filing, rules),
        "category": [] if filing.category else _likely(filing.body, rules, visit.language),
    }
    choices = {
        name: {value: (label, "") for value, label in options}
        for name, options in open_questions.items()
        if options
    }
    typed, key = forms.typed(visit.request), visit.message.idempotency_key or visit.form.key
    return {
        "form": replace(visit.form, key=key, typed=typed),
        "carried": _carried(typed, _ASKED_HERE | choices.keys()),
        "choices": choices,
    }


def _foreseen(visit: Visit, filing: Filing, rules: Rules) -> dict[str, Any]:
    place = filing.location.text if filing.location else None
    out = foreseeing.shut_out(filing, rules, visit.stamp)
    return {
        "foresights": foreseeing.foresights(filing, rules, visit.stamp),
        "shut_out": rules.directory.agency_name(out),
        "signs": suggesting.signs(filing.title, filing.body, place),
        "tells_a_home": any(tells_a_home(text) for text in (filing.title, filing.body) if text),
        "public_body": foreseeing.as_the_public_reads(filing.body, filing, rules, visit.stamp),
    }


def _carried(typed: Mapping[str, str], asked: frozenset[str]) -> dict[str, str]:
    return {name: value for name, value in typed.items() if value and name not in asked}


def _likely(body: str, rules: Rules, language: str) -> list[tuple[str, str]]:
    likely = suggesting.proposed(body, rules.directory)
    return [(each.id, each.in_language(language)) for each in likely]


def _name(category: str | None, rules: Rules, language: str) -> str:
    found = rules.directory.categories.get(category or "")
    return found.in_language(language) if found else ""
