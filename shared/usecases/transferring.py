"""After a reorganisation: what an agency still has goes to whoever has taken its place.

Each report goes by a commit of its own and is not moved twice: a run may end anywhere, and the
next one finishes it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from shared.domain.commands import Transfer
from shared.domain.events import Stamp
from shared.domain.refusals import Refusal
from shared.domain.report import Report
from shared.domain.scene import SYSTEM, Rules
from shared.usecases.acting import Order, act
from shared.usecases.failures import StillChanging
from shared.usecases.saving import Desk


@dataclass(frozen=True, slots=True)
class Progress:
    """`left`: others were faster three times; the next run takes them."""

    seen: int = 0
    moved: int = 0
    left: int = 0


def is_orphaned(report: Report, rules: Rules, stamp: Stamp) -> bool:
    """Whether another agency has taken its agency's place by the day of the stamp."""
    heir = rules.directory.in_place_of(report.agency, rules.today(stamp.at))
    return report.is_open and heir is not None and heir.id != report.agency


def transferred(
    reports: Iterable[Report], *, rules: Rules, desk: Desk, stamp: Callable[[], Stamp]
) -> Iterator[Progress]:
    """How far it is, after each report. Raises StoreAway: what was moved stays moved."""
    progress = Progress()
    for report in reports:
        progress = replace(progress, seen=progress.seen + 1)
        if is_orphaned(report, rules, stamp()):
            progress = _after(progress, report, rules, desk, stamp)
        yield progress


def _after(
    progress: Progress, report: Report, rules: Rules, desk: Desk, stamp: Callable[[], Stamp]
) -> Progress:
    """One event for each change of hands: a successor may have been replaced itself."""
    at = stamp()
    try:
        while is_orphaned(report, rules, at):
            report = act(Order(report.code, Transfer(), SYSTEM), rules=rules, stamp=at, desk=desk)
            at = stamp()
    except Refusal:
        # Somebody ended it, or another run moved it, since it was read.
        return progress
    except StillChanging:
        return replace(progress, left=progress.left + 1)
    return replace(progress, moved=progress.moved + 1)
