"""What is asked of the scoreboard's pages, in their addresses."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from shared.edge.messages import Day, Message, ScoreboardQuestion, given


class ChartQuestion(ScoreboardQuestion):
    """`for`: its language, for a picture that anybody may keep knows no reader of its own."""

    language: Literal["id", "en"] = Field("id", alias="for")
    width: Literal["wide", "medium", "narrow"] = "medium"


class RootQuestion(Message):
    """`head`: the hash of a report's last step on the day, or any text that holds just that."""

    day: Annotated[Day | None, BeforeValidator(given)] = None
    head: Annotated[
        Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=80)]
        | None,
        BeforeValidator(given),
    ] = None
