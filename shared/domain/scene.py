"""Everything one decision looks at, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shared.domain.attachment import NO_FILES, FileLimits
from shared.domain.calendar import Calendar
from shared.domain.clocks import ClockKind, ClockRun
from shared.domain.clockwork import Clockwork
from shared.domain.directory import Directory
from shared.domain.ladder import Ladder
from shared.domain.policy import Policy, policy_kind
from shared.domain.report import Custody, Report
from shared.domain.statuses import Role, Status


@dataclass(frozen=True, slots=True)
class Rules:
    """The region's directory, deadlines, ladder, and every calendar that a clock may refer to.

    `files`: what may be attached, as dated rows.
    """

    directory: Directory
    policy: Policy
    calendar: Calendar
    calendars: Mapping[str, Calendar]
    ladder: Ladder
    files: tuple[FileLimits, ...] = ()

    def today(self, now: datetime) -> date:
        return self.calendar.day_of(now)

    def file_limits(self, now: datetime) -> FileLimits:
        """Of the newest row in force; without one nothing may be attached."""
        day = self.today(now)
        rows = (row for row in self.files if row.since <= day)
        return max(rows, key=lambda row: row.since, default=NO_FILES)


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts. A reporter and the system have no officer id."""

    roles: frozenset[Role]
    officer: str | None = None
    agency: str | None = None
    head: bool = False


REPORTER = Person(frozenset({Role.REPORTER}))
SYSTEM = Person(frozenset({Role.SYSTEM}))


@dataclass(frozen=True, slots=True)
class Scene:
    """`role` is the one of the person's roles in which the command is allowed."""

    report: Report
    person: Person
    role: Role
    rules: Rules
    now: datetime

    @property
    def today(self) -> date:
        return self.rules.today(self.now)

    def clockwork(self, because: str, *, kind: str | None = None) -> Clockwork:
        return clockwork(
            self.rules,
            self.now,
            because=because,
            runs=self.report.clocks,
            kind=kind or policy_kind(self.report.kind, supervisory=self.report.supervisory),
        )

    def is_overdue(self, *kinds: ClockKind) -> bool:
        runs = (self.report.clock(kind) for kind in kinds)
        return any(run.is_overdue(self.now) for run in runs if run)

    def working_days_since(self, at: datetime) -> int:
        calendar = self.rules.calendar
        return calendar.count(calendar.day_of(at), self.today, "WD")

    def is_within_days(self, days: int, at: datetime | None) -> bool:
        return at is not None and (self.today - self.rules.calendar.day_of(at)).days <= days

    def may_hold(self, agency: str) -> bool:
        """A supervisory report stays with the oversight units that are not accused."""
        if not self.report.supervisory:
            return True
        return agency in self.rules.directory.handlers_for(frozenset(self.report.excluded))

    def is_replaced(self, agency: str) -> bool:
        """Whether by today another agency has taken its place."""
        heir = self.rules.directory.in_place_of(agency, self.today)
        return heir is not None and heir.id != agency

    @property
    def is_in_agency_hands(self) -> bool:
        return any(stretch.until is None for stretch in self.report.custody)

    def taken_by(self, agency: str) -> dict[str, Any]:
        """Changes when an agency gets the report into its hands."""
        return {
            "agency": agency,
            "assignee": self.report.assignee if agency == self.report.agency else None,
            "custody": (*self._custody_ended(agency), *self._custody_begun(agency)),
            "hold": None,
        }

    def released(self) -> dict[str, Any]:
        """Changes when it is no longer any agency's turn."""
        return {"custody": self._custody_ended(None), "hold": None}

    def final(self, status: Status, because: str, **changes: Any) -> dict[str, Any]:
        """Changes when a report comes to its end; every clock stops."""
        ended = self.clockwork(because).end(*ClockKind)
        return {
            "status": status,
            "clocks": ended.runs,
            "final_at": self.now,
            **self.released(),
            **changes,
        }

    def active(self, *kinds: ClockKind) -> tuple[ClockRun, ...]:
        return tuple(run for kind in kinds if (run := self.report.clock(kind)))

    def _custody_ended(self, keeper: str | None) -> tuple[Custody, ...]:
        return tuple(
            stretch
            if stretch.until or stretch.agency == keeper
            else replace(stretch, until=self.now)
            for stretch in self.report.custody
        )

    def _custody_begun(self, agency: str) -> tuple[Custody, ...]:
        last = self.report.custody[-1:]
        if last and last[0].agency == agency and last[0].until is None:
            return ()
        return (Custody(agency, self.now),)


def clockwork(
    rules: Rules, now: datetime, *, because: str, kind: str, runs: tuple[ClockRun, ...] = ()
) -> Clockwork:
    return Clockwork(
        runs=runs,
        kind=kind,
        policy=rules.policy,
        calendars=rules.calendars,
        calendar=rules.calendar,
        at=now,
        because=because,
    )
