"""The shapes of what a scheduled run, or a provider's call, is answered with."""

from shared.edge.replies.answer import Answer


class Swept(Answer):
    published: int
    left: int


class LadderSwept(Answer):
    """Reports that moved and the events of it; those that failed; those left for the next time."""

    reports: int
    events: dict[str, int]
    failed: int
    left: int


class DigestsWritten(Answer):
    digests: int


class Recorded(Answer):
    """What became of a provider's message."""

    recorded: str
