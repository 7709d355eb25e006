"""What the page of a report says at its top: whose turn it is, and until when."""

from collections.abc import Mapping
from typing import Any

from shared.domain.clocks import ClockRun, days_left
from shared.domain.report import HOLDERS, Report
from shared.domain.visibility import Viewer, fields
from shared.usecases.views import Reading


def following_of(report: Report, view: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """`view` is what this reader may know; all else is None, and no deadline is made of it."""
    absent = dict.fromkeys(fields(report, Viewer.OFFICE))
    told = {(clock["kind"], clock["run"]) for clock in view["clocks"]}
    running = [run for run in report.clocks if run.is_running and (run.kind, run.run) in told]
    nearest = min(running, key=lambda run: (run.due_at, run.kind), default=None)
    return {
        "report": absent | dict(view),
        "holder": HOLDERS.get(report.status),
        "deadline": _deadline(nearest, reading) if nearest else None,
    }


def _deadline(run: ClockRun, reading: Reading) -> dict[str, Any]:
    """`left`: working days after today, none when it is over."""
    calendar = reading.rules.calendars[run.calendar]
    assert run.due_at  # noqa: S101 - only such a run is asked
    return {
        "due_at": reading.local(run.due_at),
        "left": days_left(run, calendar, reading.now),
        "is_over": run.is_overdue(reading.now),
    }
