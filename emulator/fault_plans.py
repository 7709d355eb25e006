"""What may go wrong on purpose with messages, store, post and uploads: a file's shape."""

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

Probability = Annotated[float, Field(ge=0, le=1)]


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
