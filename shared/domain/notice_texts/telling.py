"""What a message tells of: the report as it is now, and the event as it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from shared.domain import visibility
from shared.domain.acts.filing import first_words
from shared.domain.answer_links import Links
from shared.domain.clocks import ClockKind, ClockRun
from shared.domain.dates import long_date, short_date
from shared.domain.events import Event
from shared.domain.notice import Notice
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.visibility import Viewer


@dataclass(frozen=True, slots=True)
class Day:
    """`{day}` in full, `{day:short}` where there is no room."""

    day: date
    language: str

    def __format__(self, form: str) -> str:
        return (short_date if form == "short" else long_date)(self.day, self.language)


@dataclass(frozen=True, slots=True)
class Name:
    """`{name}` in full, `{name:short}` where there is no room."""

    full: str
    short: str

    def __format__(self, form: str) -> str:
        return self.short if form == "short" else self.full


@dataclass(frozen=True, slots=True)
class Words:
    """`{words:first}` at the start of a sentence."""

    text: str

    def __format__(self, form: str) -> str:
        return self.text[:1].upper() + self.text[1:] if form == "first" else self.text


@dataclass(frozen=True, slots=True)
class Telling:
    """Without an event it is told as of now; `code` is that of the report its reader knows.

    `now`: when it leaves.
    """

    notice: Notice
    code: str
    report: Report | None
    event: Event | None
    rules: Rules
    links: Links
    now: datetime
    language: str
    one_time_code: str | None = None

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.event.facts if self.event else {}

    @property
    def is_confidential(self) -> bool:
        return self.report is not None and (self.report.secret or self.report.supervisory)

    def day(self, at: datetime | None) -> Day | None:
        return Day(self.rules.today(at), self.language) if at else None

    def days_after(self, at: datetime | None, days: int) -> Day | None:
        return self.day(at + timedelta(days=days)) if at else None

    def due(self, *kinds: ClockKind) -> Day | None:
        """Of the first of these clocks that the event left running, as it stands by now."""
        for kind in kinds:
            for run in reversed(self._runs()):
                if run.kind is kind and run.ended_at is None and run.due_at:
                    return self.day(self._by_now(run))
        return None

    def run(self, kind: ClockKind, number: int) -> ClockRun | None:
        runs = self.report.clocks if self.report else ()
        return next((run for run in runs if (run.kind, run.run) == (kind, number)), None)

    def agency(self, agency: str | None) -> Name | None:
        found = self.rules.directory.agencies.get(agency or "")
        return Name(found.name, found.short_name) if found else None

    def keeper(self) -> str | None:
        """The agency that had the report in its hands when it happened; now, without an event."""
        if self.report is None or self.event is None:
            return self.report.agency if self.report else None
        at = self.event.at
        kept = (each for each in self.report.custody if each.since <= at)
        return next((each.agency for each in kept if each.until is None or each.until > at), None)

    def title(self) -> str:
        """As everybody could read it: a mail travels further than a page for officers.

        One made of the body's first words is made anew: masks count characters of the body.
        """
        assert self.report
        report = self.report
        if report.title == first_words(report.body):
            return first_words(visibility.readable(report.body, report, Viewer.PUBLIC, seq=1))
        return visibility.readable(report.title, report, Viewer.PUBLIC, seq=0)

    def _runs(self) -> tuple[ClockRun, ...]:
        now = self.report.clocks if self.report else ()
        left: tuple[ClockRun, ...] = self.event.changes.get("clocks", now) if self.event else now
        return left

    def _by_now(self, run: ClockRun) -> datetime | None:
        """A clock that moved since, by a holiday declared late, ends on its new day."""
        now = self.run(run.kind, run.run)
        return now.due_at if now and now.due_at else run.due_at


def moment(written: datetime | str) -> datetime:
    """A fact of an event, before or after it was stored."""
    return datetime.fromisoformat(written) if isinstance(written, str) else written


def day_of(written: date | str) -> date:
    return date.fromisoformat(written) if isinstance(written, str) else written
