"""What may be asked about the calendar, in an address after the question mark."""

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from shared.edge.messages import Message

_INSTANT_OR_DAY = re.compile(
    r"(?:19|20)\d\d-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d))?"
)
_BLANK_FOR_PLUS = re.compile(r" (?=\d\d:\d\d$)")


def _with_plus(value: Any) -> Any:
    """In an address a plus sign stands for a blank; few people write %2B."""
    return _BLANK_FOR_PLUS.sub("+", value) if isinstance(value, str) else value


def _instant_or_day(value: str) -> str:
    if not (_INSTANT_OR_DAY.fullmatch(value) and _is_in_the_calendar(value)):
        raise PydanticCustomError("not_a_time", "neither a time with an offset nor a day")
    return value


def _is_in_the_calendar(value: str) -> bool:
    """There is no 30th of February."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


class DueQuestion(Message):
    """`start`: RFC 3339 with an offset, or a day. A promise ends on the day that was given."""

    start: Annotated[str, BeforeValidator(_with_plus), AfterValidator(_instant_or_day)]
    clock: Literal[
        "verification",
        "decision",
        "response",
        "reporter",
        "completion",
        "completion_agency",
        "legal",
    ]
    kind: Literal[
        "complaint", "aspiration", "information_request", "appreciation", "supervisory"
    ] = "complaint"
