"""What may go wrong on purpose; whoever starts the server decides when, here nothing is random."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from emulator.pubsub.protocol import PubsubMessage

# "duplicate": once more after it was acknowledged. A timedelta: that much later. "reorder": behind
# all that is due (not with an ordering key). "drop": lost on its way, so its ack deadline passes.
Fault = Literal["duplicate", "reorder", "drop"] | timedelta


@dataclass(frozen=True, slots=True)
class Faults:
    """`call` may sleep or raise Refused; `delivery` gets subscription, message and attempt."""

    call: Callable[[str, Any], None] | None = None
    delivery: Callable[[str, PubsubMessage, int], Fault | None] | None = None
