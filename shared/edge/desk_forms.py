"""What the officers' pages post."""

from shared.edge.messages import Message


class SignOut(Message):
    """Nothing but the mark that every form carries."""
