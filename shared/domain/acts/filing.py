"""A report begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from shared.domain.clocks import ClockKind
from shared.domain.directory import Directory
from shared.domain.events import Happening
from shared.domain.policy import policy_kind
from shared.domain.report import Location
from shared.domain.scene import Rules, clockwork
from shared.domain.statuses import Kind, Status

_TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """What a reporter sends. `secret` None: secret exactly when it is about an official."""

    body: str
    kind: Kind = Kind.COMPLAINT
    title: str | None = None
    about_official: bool = False
    occurred_on: date | None = None
    category: str | None = None
    agency: str | None = None
    area: str | None = None
    location: Location | None = None
    anonymous: bool = False
    secret: bool | None = None
    language: str = "id"
    channel: str = "web"
    links: Mapping[str, str] = field(default_factory=dict)


def submitted(filing: Filing, *, code: str, rules: Rules, now: datetime) -> Happening:
    accused = {filing.agency} if filing.about_official and filing.agency else set()
    changes: dict[str, Any] = {
        "code": code,
        "kind": filing.kind,
        "status": Status.SUBMITTED,
        "submitted_at": now,
        "channel": filing.channel,
        "language": filing.language,
        "supervisory": filing.about_official,
        "anonymous": filing.anonymous,
        "secret": filing.about_official if filing.secret is None else filing.secret,
        "occurred_on": filing.occurred_on,
        "category": filing.category,
        "area": filing.area,
        "location": filing.location,
        "named_agency": filing.agency,
        "excluded": rules.directory.and_below(frozenset(accused)),
        "links": filing.links,
        "clocks": _first_clocks(filing, rules, now),
    }
    texts = {"title": filing.title or first_words(filing.body), "body": filing.body}
    return Happening("submitted", changes, texts)


def first_words(body: str) -> str:
    """The title of a report whose reporter gave none."""
    line = " ".join(body.split())
    if len(line) <= _TITLE_LENGTH:
        return line
    return line[:_TITLE_LENGTH].rsplit(" ", 1)[0] + " …"


def _first_clocks(filing: Filing, rules: Rules, now: datetime) -> tuple[Any, ...]:
    kind = policy_kind(filing.kind, supervisory=filing.about_official)
    work = clockwork(rules, now, because="submitted", kind=kind)
    return work.start(ClockKind.VERIFICATION).start(ClockKind.LEGAL).runs


def faults(filing: Filing, directory: Directory, today: date) -> tuple[tuple[str, str], ...]:
    """(field, code) of what the directory or the calendar says no to.

    An area outside the region is no fault: the report goes to verification.
    """
    checks = (
        ("category", "not-in-directory", filing.category in {None, *directory.categories}),
        ("agency", "not-in-directory", filing.agency in {None, *directory.agencies}),
        ("occurred_on", "in-the-future", (filing.occurred_on or today) <= today),
    )
    return tuple((name, code) for name, code, holds in checks if not holds)
