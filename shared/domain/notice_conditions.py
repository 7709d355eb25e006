"""What has to hold for a line of the table of notices. Each says in its name what it asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.acts.replying import OBJECTIONS
from shared.domain.clocks import ClockKind
from shared.domain.events import Event, evolve, fold
from shared.domain.notice import Audience
from shared.domain.report import Report
from shared.domain.statuses import WITH_AGENCY, Outcome, Role, Status

_DECIDES_AN_APPEAL = frozenset({"routed", "referred", "merged", "archived", "reopened"})
_NO_OFFICE = frozenset({Audience.REPORTER, Audience.AGENCY})


@dataclass(frozen=True, slots=True)
class Story:
    """An event with all before it; the report before and after it, and `report` as it is now."""

    events: tuple[Event, ...]
    before: Report | None
    after: Report
    report: Report

    @property
    def event(self) -> Event:
        return self.events[-1]


def story_of(events: tuple[Event, ...], report: Report) -> Story:
    before = fold(events[:-1]) if len(events) > 1 else None
    return Story(events, before, evolve(before, events[-1]), report)


def always(_story: Story) -> bool:
    return True


# What happened


def filed_by_intake(story: Story) -> bool:
    return story.event.by is Role.INTAKE


def is_on_behalf(story: Story) -> bool:
    return bool(story.event.facts.get("on_behalf"))


def is_passed_on(story: Story) -> bool:
    return story.after.outcome is Outcome.PASSED_ON


def decides_appeal(story: Story) -> bool:
    """An officer's first decision since the reporter asked for a review."""
    if story.event.by is Role.SYSTEM:
        return False
    types = [event.type for event in story.events[:-1]]
    if "appealed" not in types:
        return False
    since = types[::-1][: types[::-1].index("appealed")]
    return not _DECIDES_AN_APPEAL & set(since)


def goes_on_unchecked(told: Audience) -> Callable[[Story], bool]:
    """The system no longer waited for the verifiers; the rung that said so told this audience."""

    def goes_on(story: Story) -> bool:
        at_once = (event for event in story.events[:-1] if event.at == story.event.at)
        escalated = [event for event in at_once if event.type == "escalated"]
        return any(told in event.facts["to"] for event in escalated)

    return goes_on


def verifier_asks(story: Story) -> bool:
    return _held_by(story.after) is Role.VERIFIER


def agencys_hold_ended(story: Story) -> bool:
    return _held_by(story.before) is Role.AGENCY


def coordinator_ends_agencys_hold(story: Story) -> bool:
    return agencys_hold_ended(story) and story.event.by is Role.COORDINATOR


def oversight_is_offered(story: Story) -> bool:
    return bool(story.event.changes.get("oversight_offered"))


def date_moved(story: Story) -> bool:
    """The one people wait for: of whose turn it is."""
    return story.before is not None and story.before.due_at != story.after.due_at


# How it ended


def has_ended(story: Story) -> bool:
    return story.before is not None and story.before.is_open and not story.after.is_open


def is_closed(story: Story) -> bool:
    return story.after.status is Status.CLOSED


def is_closed_after_objections(story: Story) -> bool:
    return is_closed(story) and objections_are_used(story)


def objections_are_used(story: Story) -> bool:
    return story.after.times("objected") >= OBJECTIONS


def is_archived(story: Story) -> bool:
    return story.after.status is Status.ARCHIVED


def is_archived_after_appeal(story: Story) -> bool:
    """A review can be asked for once."""
    return is_archived(story) and story.after.times("appealed") > 0


def is_merged(story: Story) -> bool:
    """The report itself; the one it was merged into has the same event."""
    return story.after.status is Status.MERGED


# Who has it


def is_agencys_turn(story: Story) -> bool:
    return story.after.status in WITH_AGENCY


def agency_waits(story: Story) -> bool:
    """For the reporter: to answer its question, or to say whether its answer will do."""
    return _held_by(story.after) is Role.AGENCY or story.after.status is Status.ANSWERED


def verifiers_read(story: Story) -> bool:
    return story.after.status is Status.SUBMITTED or _held_by(story.after) is Role.VERIFIER


def coordinator_reads(story: Story) -> bool:
    return story.after.status is Status.CONTESTED


# Rungs


def reporter_is_asked_to_confirm(story: Story) -> bool:
    return _clock(story) == ClockKind.REPORTER


def reporter_is_asked_to_answer(story: Story) -> bool:
    return _clock(story) == ClockKind.COMPLETION


def an_office_is_told(story: Story) -> bool:
    return bool(offices(story.event.facts))


def another_rung_follows(story: Story) -> bool:
    following = story.event.facts["next"]
    return an_office_is_told(story) and bool(following and offices(following))


def offices(told: Mapping[str, Any]) -> tuple[Audience, ...]:
    """Whom a rung tells besides the agency, which knows, and the reporter, who is reading."""
    audiences = (Audience(each) for each in told["to"])
    return tuple(each for each in audiences if each not in _NO_OFFICE)


def is_told(audience: Audience) -> Callable[[Story], bool]:
    return lambda story: audience in story.event.facts["to"]


def _clock(story: Story) -> str:
    return str(story.event.facts["clock"])


def _held_by(report: Report | None) -> Role | None:
    return report.hold.by if report and report.hold else None
