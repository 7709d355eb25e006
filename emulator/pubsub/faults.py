"""What may go wrong on purpose; whoever starts the server decides when, here nothing is random."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from emulator.pubsub.protocol import PubsubMessage
from emulator.rpc.calls import Watched

# "duplicate": once more after it was acknowledged. A timedelta: that much later. "reorder": behind
# all that is due (not with an ordering key). "drop": lost on its way, so its ack deadline passes.
Fault = Literal["duplicate", "reorder", "drop"] | timedelta


@dataclass(frozen=True, slots=True)
class Faults:
    """`delivery` gets subscription, message and attempt."""

    calls: Watched = field(default_factory=Watched)
    delivery: Callable[[str, PubsubMessage, int], Fault | None] | None = None
