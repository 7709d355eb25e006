"""The shapes of the scoreboard."""

from datetime import date

from pydantic import ConfigDict, Field

from shared.domain.scoreboard.reading import By
from shared.edge.replies.answer import Answer


class Kept(Answer):
    """Deadlines and how they were kept. Days are working days."""

    due: int
    on_time: int
    late: int
    unanswered: int
    median_days: int | None = Field(description="open ones at their age; null: nothing fell due")
    p90_days: int | None
    confirmed_solved: int
    confirmed_unsolved: int
    no_reply: int
    objected: int
    withdrawn: int
    referred: int
    merged: int
    archived: int
    promises_due: int
    promises_kept: int
    extended: int
    forwarded_out: int
    held_days: int
    overdue_now: int
    satisfaction: float | None = Field(description="1 to 5 on average; null: nobody said")
    satisfaction_n: int


class ScoreboardGroup(Kept):
    id: str | None = Field(description="null: the report has no such thing, or not now")
    name: str
    rank: int | None = Field(description="by the share on time; null: under 10 reports")


class ScoreboardView(Answer):
    model_config = ConfigDict(extra="forbid", serialize_by_alias=True)

    since: date = Field(alias="from")
    to: date
    counted_to: date | None = Field(description="the last day that is over; null: none is")
    by: By
    agency: str | None = Field(description="the one that was asked for; null: all")
    groups: list[ScoreboardGroup]
    total: Kept


class DayRoot(Answer):
    """A report's head is in `heads` when its last event of the day has this hash."""

    day: date
    root: str = Field(description="sha256 over the heads, each followed by a line feed")
    heads: list[str] = Field(description="sorted; hashes only")
