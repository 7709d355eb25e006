"""Who would see what of a report not filed yet: the rules of visibility, asked in advance."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product

from shared.domain import visibility
from shared.domain.acts.filing import Filing
from shared.domain.codes import make_code
from shared.domain.events import Stamp
from shared.domain.report import Report
from shared.domain.scene import REPORTER, Person, Rules
from shared.domain.statuses import Role
from shared.domain.visibility import Viewer
from shared.domain.workflow import submit

AT_ONCE, CHECKED, ASKED, NEVER = "at_once", "checked", "asked", "never"

_FIELDS = ("status", "clocks", "kind", "category", "area", "body", "location", "occurred_on")
_IDENTITY = "identity"
_CARDS: tuple[tuple[Viewer, Role | None], ...] = (
    (Viewer.PUBLIC, None),
    (Viewer.AGENCY, Role.AGENCY),
    (Viewer.OFFICE, Role.COORDINATOR),
)


@dataclass(frozen=True, slots=True)
class Card:
    """`when`: what is seen at once, once somebody checked it, only when asked for, or never.

    `masked`: whether numbers and addresses within the text are hidden from this viewer.
    """

    viewer: Viewer
    when: Mapping[str, tuple[str, ...]]
    masked: bool


@dataclass(frozen=True, slots=True)
class Foresight:
    """`chosen`: whether this is what the reporter ticked."""

    anonymous: bool
    secret: bool
    chosen: bool
    cards: tuple[Card, ...]


def foresights(filing: Filing, rules: Rules, stamp: Stamp) -> tuple[Foresight, ...]:
    """One for each choice of confidentiality, so that a page can show what a tick changes."""
    now = _filed(filing, rules, stamp)
    return tuple(
        Foresight(
            anonymous=anonymous,
            secret=secret,
            chosen=(anonymous, secret) == (now.anonymous, now.secret),
            cards=_cards(replace(now, anonymous=anonymous, secret=secret)),
        )
        for anonymous, secret in product((False, True), repeat=2)
    )


def shut_out(filing: Filing, rules: Rules, stamp: Stamp) -> str | None:
    """The agency that was named and will read nothing of it, for the report is about it."""
    if filing.agency is None:
        return None
    person = Person(frozenset({Role.AGENCY}), agency=filing.agency)
    report = replace(_filed(filing, rules, stamp), agency=filing.agency)
    return filing.agency if visibility.viewer_of(report, person) is None else None


def as_the_public_reads(text: str, filing: Filing, rules: Rules, stamp: Stamp) -> str:
    report = _filed(filing, rules, stamp)
    return visibility.readable(text, report, Viewer.PUBLIC, seq=1)


def _filed(filing: Filing, rules: Rules, stamp: Stamp) -> Report:
    code = make_code(stamp.entropy)
    return submit(
        filing, code=code, person=REPORTER, role=Role.REPORTER, rules=rules, stamp=stamp
    ).report


def _cards(report: Report) -> tuple[Card, ...]:
    return tuple(
        Card(viewer, _when(report, viewer, role), _is_masked(report, viewer))
        for viewer, role in _CARDS
    )


def _when(report: Report, viewer: Viewer, role: Role | None) -> Mapping[str, tuple[str, ...]]:
    at_once = visibility.fields(report, viewer)
    checked = visibility.fields(replace(report, published=True), viewer)
    told = {name: _moment(name, at_once, checked) for name in _FIELDS}
    may_ask = role is not None and visibility.may_see_identity(report, role)
    told[_IDENTITY] = ASKED if may_ask else NEVER
    return {
        when: names
        for when in (AT_ONCE, CHECKED, ASKED, NEVER)
        if (names := tuple(name for name, said in told.items() if said == when))
    }


def _moment(name: str, at_once: frozenset[str], checked: frozenset[str]) -> str:
    if name in at_once:
        return AT_ONCE
    return CHECKED if name in checked else NEVER


def _is_masked(report: Report, viewer: Viewer) -> bool:
    return visibility.readable(report.body, report, viewer, seq=1) != report.body
