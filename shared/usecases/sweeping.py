"""The ladder's sweep: what is due is reminded, escalated, expired, each rung once.

The timeline is the lock: two sweeps at once, or one killed half-way, climb no rung twice.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import islice

from shared.domain.climbing import climb
from shared.domain.events import Stamp
from shared.domain.scene import Rules
from shared.domain.workflow import Decision
from shared.usecases.due_ports import Due, DueReports
from shared.usecases.ports import Commit, Committed
from shared.usecases.saving import Desk

_PAGE = 200
# Reports in one commit: three documents each, far below what a commit may hold.
_GROUP = 25
_THREADS = 4
_FIRST_PAUSE = timedelta(minutes=5)
_MOST_DOUBLINGS = 8


class Unreadable(Exception):
    """What is stored of the report is none."""


@dataclass(frozen=True, slots=True)
class Swept:
    """`events`: how often each type happened. `left`: due, and still to be looked at."""

    reports: int = 0
    events: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    left: int = 0

    def __add__(self, other: "Swept") -> "Swept":
        return Swept(
            self.reports + other.reports,
            self.events + other.events,
            self.failed + other.failed,
            self.left + other.left,
        )


@dataclass(frozen=True, slots=True)
class Sweep:
    """`is_over`: whether the time is up; what is left is due at the next tick.

    `tell` hears of each report that failed: its code and why.
    """

    rules: Rules
    stamp: Stamp
    desk: Desk
    due: DueReports
    is_over: Callable[[], bool]
    tell: Callable[[str, Exception], None]

    def run(self) -> Swept:
        """Raises StoreAway: nothing is lost, the next sweep finds the same reports due."""
        swept = Swept()
        with ThreadPoolExecutor(_THREADS) as pool:
            for page in self.due.due(self.stamp.at, _PAGE):
                swept = sum(pool.map(self._together, _groups(page)), swept)
                if self.is_over():
                    break
        return swept

    def _together(self, group: tuple[Due, ...]) -> Swept:
        """One commit for all. If it is refused each has its own, so that none suffers by others."""
        if self.is_over():
            return Swept(left=len(group))
        decided, swept = self._decided(group)
        if not decided:
            return swept
        try:
            answer = self._commit(*decided.values())
        except Exception:  # noqa: BLE001 - found out one by one whose it is
            answer = None
        if answer is Committed.NOW:
            return swept + _climbed(*decided.values())
        return sum((self._alone(each) for each in group if each.code in decided), swept)

    def _decided(self, group: tuple[Due, ...]) -> tuple[dict[str, Decision], Swept]:
        decided: dict[str, Decision] = {}
        swept = Swept()
        for due in group:
            try:
                if decision := self._decision(due):
                    decided[due.code] = decision
                else:
                    self._correct(due)
            except Exception as failure:  # noqa: BLE001 - told, without its words
                swept += self._put_back(due, failure)
        return decided, swept

    def _alone(self, stale: Due) -> Swept:
        """As the report is now: another sweep, or a person, may have been faster."""
        due = stale
        try:
            fresh = self.due.again(stale)
            decision = self._decision(due := fresh) if fresh else None
            if decision is None:
                return Swept()
            if self._commit(decision) is Committed.NOW:
                return _climbed(decision)
        except Exception as failure:  # noqa: BLE001 - told, without its words
            return self._put_back(due, failure)
        return Swept(left=1)

    def _decision(self, due: Due) -> Decision | None:
        if due.report is None:
            raise Unreadable
        return climb(due.report, rules=self.rules, stamp=self.stamp)

    def _commit(self, *decisions: Decision) -> Committed:
        commit = Commit(decisions)
        return self.desk.commit(commit, attempt=None, expired=None, now=self.stamp.at)

    def _correct(self, due: Due) -> None:
        """Nothing is due after all: the tick was left by an older version of the rules."""
        if due.report:
            tick = self.rules.ladder.next_tick_at(due.report, self.rules.calendars)
            self.due.put_off(due, tick, 0)

    def _put_back(self, due: Due, failure: Exception) -> Swept:
        """For longer and longer, so that the others are never kept waiting by it."""
        pause = _FIRST_PAUSE * 2 ** min(due.failures, _MOST_DOUBLINGS)
        try:
            self.due.put_off(due, self.stamp.at + pause, due.failures + 1)
        except Exception as worse:  # noqa: BLE001 - told, without its words
            # When the store is away this says so: it is nobody's fault, and the sweep ends.
            self.due.again(due)
            failure = worse
        self.tell(due.code, failure)
        return Swept(failed=1)


def _climbed(*decisions: Decision) -> Swept:
    types = (event.type for decision in decisions for event in decision.events)
    return Swept(len(decisions), Counter(types))


def _groups(page: tuple[Due, ...]) -> Iterator[tuple[Due, ...]]:
    following = iter(page)
    while group := tuple(islice(following, _GROUP)):
        yield group
