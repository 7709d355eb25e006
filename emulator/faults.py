"""Faults on demand: what may go wrong with messages and with the store, decided by a seed."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from emulator.pubsub import faults as of_pubsub
from emulator.pubsub.faults import Fault
from emulator.pubsub.protocol import PubsubMessage
from emulator.rpc.calls import Watched
from emulator.rpc.status import Code, Refused
from emulator.storage import faults as of_storage
from emulator.storage.refusals import unavailable

Probability = Annotated[float, Field(ge=0, le=1)]
# Functions read by these two and write by these; documents are listed by the control room only.
_OF_FUNCTIONS = frozenset({"BatchGetDocuments", "RunQuery", "Commit", "BatchWrite"})
# Contention is about these, and of these it matters whether they were done.
_CHANGING = frozenset({"Commit", "BatchWrite"})
_BYTES_OF_A_FRACTION = 7
_FRACTIONS = float(1 << 8 * _BYTES_OF_A_FRACTION)


class UnreadableFaults(Exception):
    """One line: what is wrong and where."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Delay(_Part):
    probability: Probability
    seconds: Annotated[float, Field(gt=0, le=3600)]


class Slowness(_Part):
    probability: Probability
    milliseconds: Annotated[int, Field(gt=0, le=10_000)]


class MessageFaults(_Part):
    """Probabilities for each delivery. `delay` and what follows a `drop` go by the clock here."""

    duplicate: Probability = 0
    reorder: Probability = 0
    drop: Probability = 0
    delay: Delay | None = None


class StoreFaults(_Part):
    """For each call of a function: refused before it has any effect, but for `answer_lost`."""

    aborted: Probability = 0
    unavailable: Probability = 0
    answer_lost: Probability = 0
    deadline_exceeded: Probability = 0
    slow: Slowness | None = None


class PostFaults(_Part):
    """For each mail and SMS that is handed over: SES and SNS are away."""

    away: Probability = 0


class UploadFaults(_Part):
    """For each request of the bucket: `unavailable`. For each 256 KiB of an upload: `broken`, the
    connection ends, and `slow`. For each upload that is complete: `answer_lost`.
    """

    unavailable: Probability = 0
    broken: Probability = 0
    answer_lost: Probability = 0
    slow: Slowness | None = None


class FaultPlan(_Part):
    seed: int = 0
    messages: MessageFaults = MessageFaults()
    store: StoreFaults = StoreFaults()
    post: PostFaults = PostFaults()
    uploads: UploadFaults = UploadFaults()


def read(path: Path) -> FaultPlan:
    """Raises UnreadableFaults."""
    try:
        return parsed(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise UnreadableFaults(f"{path}: {' '.join(str(fault).split())}") from None
    except UnreadableFaults as fault:
        raise UnreadableFaults(f"{path}: {fault}") from None


def parsed(written: Any) -> FaultPlan:
    """Raises UnreadableFaults."""
    try:
        return FaultPlan.model_validate(written)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise UnreadableFaults(
            f"{place}: {first['msg'].lower()}; emulator/faults.example.yaml shows all there is"
        ) from None


class Dice:
    """One row of throws for each kind of fault: the same seed and the same calls, the same faults.

    Never by the time: a slower machine would see another run.
    """

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._thrown: Counter[str] = Counter()
        self._throwing = threading.Lock()

    def falls(self, kind: str, probability: float) -> bool:
        if not probability:
            return False
        with self._throwing:
            self._thrown[kind] += 1
            number = self._thrown[kind]
        digest = sha256(f"{self._seed}:{kind}:{number}".encode()).digest()
        return int.from_bytes(digest[:_BYTES_OF_A_FRACTION]) / _FRACTIONS < probability


class Faults:
    """Off until a plan is set."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self._sleep = sleep
        self._now: tuple[FaultPlan, Dice] | None = None

    @property
    def plan(self) -> FaultPlan | None:
        return self._now[0] if self._now else None

    def set(self, plan: FaultPlan | None) -> None:
        """From the first throw on, also when it is the same plan again."""
        self._now = (plan, Dice(plan.seed)) if plan else None

    def of_messages(self) -> of_pubsub.Faults:
        return of_pubsub.Faults(delivery=self.delivery)

    def delivery(self, subscription: str, _: PubsubMessage, __: int) -> Fault | None:
        if self._now is None:
            return None
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
        if self._now is None:
            return False
        plan, dice = self._now
        return dice.falls("post away", plan.post.away)

    def of_uploads(self) -> of_storage.Faults:
        return of_storage.Faults(self.asked, self.came, self.taken)

    def asked(self) -> None:
        """With each request of the bucket. Raises the storage's Refused."""
        if self._now is None:
            return
        plan, dice = self._now
        if dice.falls("bucket unavailable", plan.uploads.unavailable):
            unavailable("The bucket failed on purpose; see /_emulator/faults.")

    def came(self) -> bool:
        """With each piece of an upload; whether the connection ends there."""
        if self._now is None:
            return False
        plan, dice = self._now
        slow = plan.uploads.slow
        if slow and dice.falls("upload slow", slow.probability):
            self._sleep(slow.milliseconds / 1000)
        return dice.falls("upload broken", plan.uploads.broken)

    def taken(self) -> bool:
        """When an upload is complete; whether the connection ends before that is said."""
        if self._now is None:
            return False
        plan, dice = self._now
        return dice.falls("upload answer lost", plan.uploads.answer_lost)

    def of_store(self) -> Watched:
        return Watched(self.called, self.done)

    def called(self, method: str, request: Any) -> None:
        """Before the store does it. Raises Refused."""
        if self._now is None or not _is_of_a_function(method, request):
            return
        plan, dice = self._now
        slow = plan.store.slow
        if slow and dice.falls(f"slow {method}", slow.probability):
            self._sleep(slow.milliseconds / 1000)
        for code, probability in _refusals(plan.store, method).items():
            if dice.falls(f"{code} {method}", probability):
                raise Refused(code, f"{method} failed on purpose; see /_emulator/faults.")

    def done(self, method: str, _: Any) -> None:
        """When the store has done it. Raises Refused, as if the connection had broken just then."""
        if self._now is None or method not in _CHANGING:
            return
        plan, dice = self._now
        if dice.falls(f"answer lost {method}", plan.store.answer_lost):
            raise Refused("UNAVAILABLE", f"{method} is done, its answer was lost on purpose.")


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
