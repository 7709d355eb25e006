"""From an event to the notices that follow from it, by the table."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from shared.domain.directory import Directory
from shared.domain.events import Event
from shared.domain.notice import Audience, Notice
from shared.domain.notice_conditions import Story, has_ended, story_of
from shared.domain.notice_table import TABLE
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.statuses import Status

# What the coordinator reads when an agency turns out to have no address.
UNREACHABLE = "agency_unreachable"
_WORTH_SENDING_FOR = timedelta(days=7)
_OF_A_UNIT = frozenset({Audience.AGENCY, Audience.AGENCY_HEAD, Audience.INSPECTORATE})

Told = tuple[Audience, str, str | None]


def notices_for(
    events: tuple[Event, ...], report: Report, rules: Rules, now: datetime
) -> tuple[Notice, ...]:
    """What the last of the events is told as, to whom it still concerns.

    Events come late and out of order: who is accused, was merged or has the report is looked at in
    `report`, which is the one of now.
    """
    story = story_of(events, report)
    told = (*_by_table(story, rules.directory), *_to_merged(story))
    return tuple(_notice(story.event, report.code, *each, now) for each in told)


def is_accused(unit: str, report: Report, directory: Directory) -> bool:
    """An accused unit and those below it are never written to about the report."""
    return directory.is_below(unit, frozenset(report.excluded))


def reporter_of(notice: Notice) -> str:
    """The code of the report whose reporter is written to: a merged one hears of its target."""
    return notice.unit or notice.code or ""


def notice_id(*parts: str) -> str:
    """The same event told twice is one notice."""
    return sha256(":".join(parts).encode()).hexdigest()[:32]


def _by_table(story: Story, directory: Directory) -> Iterator[Told]:
    lines = [line for line in TABLE if line.event == story.event.type and line.when(story)]
    for audience in dict.fromkeys(line.audience for line in lines):
        kind = next(line.kind for line in lines if line.audience is audience)
        if audience not in _OF_A_UNIT:
            yield audience, kind, None
        elif unit := _unit(audience, story, directory):
            yield audience, kind, unit


def _unit(audience: Audience, story: Story, directory: Directory) -> str | None:
    """None for who must hear nothing: the accused, and an agency that has the report no more."""
    now = story.report
    if audience is Audience.INSPECTORATE:
        return next(iter(directory.handlers_for(frozenset(now.excluded))), None)
    unit = story.after.agency
    if unit is None or now.agency != unit or now.status is Status.CONTESTED:
        return None
    return None if is_accused(unit, now, directory) else unit


def _to_merged(story: Story) -> Iterator[Told]:
    """Answers and the end of a report go to all whose reports were merged into it."""
    kind = "merged_answered" if story.event.type == "answered" else "merged_closed"
    if story.event.type == "answered" or has_ended(story):
        for code in story.after.merged_from:
            if code in story.report.merged_from:
                yield Audience.REPORTER, kind, code


def _notice(
    event: Event, code: str, audience: Audience, kind: str, unit: str | None, now: datetime
) -> Notice:
    return Notice(
        id=notice_id(event.id, audience, kind, unit or ""),
        kind=kind,
        audience=audience,
        created_at=now,
        next_attempt_at=now,
        expires_at=now + _WORTH_SENDING_FOR,
        code=code,
        seq=event.seq,
        unit=unit,
    )
