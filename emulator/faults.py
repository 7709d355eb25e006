"""Faults on demand: what goes wrong with messages, store, post and uploads, as planned."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from emulator.dice import Dice
from emulator.fault_plans import FaultPlan, Slowness, StoreFaults
from emulator.pubsub import faults as of_pubsub
from emulator.pubsub.faults import Fault
from emulator.pubsub.protocol import PubsubMessage
from emulator.rpc.calls import Watched
from emulator.rpc.status import Code, Refused
from emulator.storage import faults as of_storage
from emulator.storage.refusals import unavailable

# Functions read by these two and write by these; documents are listed by the control room only.
_OF_FUNCTIONS = frozenset({"BatchGetDocuments", "RunQuery", "Commit", "BatchWrite"})
# Contention is about these, and of these it matters whether they were done.
_CHANGING = frozenset({"Commit", "BatchWrite"})
_QUIET = FaultPlan()


class Faults:
    """Off until a plan is set."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep
        self.set(None)

    @property
    def plan(self) -> FaultPlan | None:
        plan, _ = self._now
        return None if plan is _QUIET else plan

    def set(self, plan: FaultPlan | None) -> None:
        """From the first throw on, also when it is the same plan again."""
        wanted = plan or _QUIET
        self._now = wanted, Dice(wanted.seed)

    def of_messages(self) -> of_pubsub.Faults:
        return of_pubsub.Faults(delivery=self.delivery)

    def delivery(self, subscription: str, _: PubsubMessage, __: int) -> Fault | None:
        plan, dice = self._now
        wanted = plan.messages
        if dice.falls(f"drop {subscription}", wanted.drop):
            return "drop"
        if dice.falls(f"reorder {subscription}", wanted.reorder):
            return "reorder"
        if wanted.delay and dice.falls(f"delay {subscription}", wanted.delay.probability):
            return timedelta(seconds=wanted.delay.seconds)
        return "duplicate" if dice.falls(f"duplicate {subscription}", wanted.duplicate) else None

    def post_is_away(self) -> bool:
        plan, dice = self._now
        return dice.falls("post away", plan.post.away)

    def of_uploads(self) -> of_storage.Faults:
        return of_storage.Faults(self.asked, self.came, self.taken)

    def asked(self) -> None:
        """With each request of the bucket. Raises the storage's Refused."""
        plan, dice = self._now
        if dice.falls("bucket unavailable", plan.uploads.unavailable):
            unavailable("The bucket failed on purpose; see /_emulator/faults.")

    def came(self) -> bool:
        """With each piece of an upload; whether the connection ends there."""
        plan, dice = self._now
        self._dawdle("upload slow", plan.uploads.slow)
        return dice.falls("upload broken", plan.uploads.broken)

    def taken(self) -> bool:
        """When an upload is complete; whether the connection ends before that is said."""
        plan, dice = self._now
        return dice.falls("upload answer lost", plan.uploads.answer_lost)

    def of_store(self) -> Watched:
        return Watched(self.called, self.done)

    def called(self, method: str, request: Any) -> None:
        """Before the store does it. Raises Refused."""
        if not _is_of_a_function(method, request):
            return
        plan, dice = self._now
        self._dawdle(f"slow {method}", plan.store.slow)
        for code, probability in _refusals(plan.store, method).items():
            if dice.falls(f"{code} {method}", probability):
                raise Refused(code, f"{method} failed on purpose; see /_emulator/faults.")

    def done(self, method: str, _: Any) -> None:
        """When the store has done it. Raises Refused, as if the connection had broken just then."""
        if method not in _CHANGING:
            return
        plan, dice = self._now
        if dice.falls(f"answer lost {method}", plan.store.answer_lost):
            raise Refused("UNAVAILABLE", f"{method} is done, its answer was lost on purpose.")

    def _dawdle(self, kind: str, wanted: Slowness | None) -> None:
        _, dice = self._now
        if wanted and dice.falls(kind, wanted.probability):
            self._sleep(wanted.milliseconds / 1000)


def _refusals(wanted: StoreFaults, method: str) -> Mapping[Code, float]:
    return {
        "ABORTED": wanted.aborted if method in _CHANGING else 0,
        "UNAVAILABLE": wanted.unavailable,
        "DEADLINE_EXCEEDED": wanted.deadline_exceeded,
    }


def _is_of_a_function(method: str, request: Any) -> bool:
    """The local cloud's own questions must not use up throws: how often it asks is up to time.

    They name the one field they want; functions ask for whole documents.
    """
    if method == "RunQuery" and request.structured_query.select.fields:
        return False
    return method in _OF_FUNCTIONS
