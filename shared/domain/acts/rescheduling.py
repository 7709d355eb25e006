"""A new version of the calendar: what it does to the clocks of a report that are under way."""

from collections.abc import Iterator
from typing import Any

from shared.domain.clocks import ClockRun
from shared.domain.commands import Reschedule
from shared.domain.events import Happening
from shared.domain.plain import plain
from shared.domain.refusals import require
from shared.domain.scene import Scene


def reschedule(scene: Scene, command: Reschedule) -> tuple[Happening, ...]:
    """Every one of them takes the version, also where no day moves: later pauses count by it."""
    version = scene.rules.calendar.version
    under_way = (run for run in scene.report.clocks if run.ended_at is None)
    require(any(run.calendar != version for run in under_way), "nothing-to-change")
    clocks = scene.clockwork("rescheduled").rescheduled().runs
    facts = {"calendar": version, "moved": list(_moved(scene, clocks))}
    return (Happening("rescheduled", {"clocks": clocks}, facts=facts),)


def _moved(scene: Scene, clocks: tuple[ClockRun, ...]) -> Iterator[dict[str, Any]]:
    day_of = scene.rules.calendar.day_of
    for before, after in zip(scene.report.clocks, clocks, strict=True):
        if before.due_at and after.due_at and before.due_at != after.due_at:
            yield {
                "clock": after.kind,
                "run": after.run,
                "was_due_on": plain(day_of(before.due_at)),
                "due_on": plain(day_of(after.due_at)),
            }
