"""What notices say. One file per audience holds its texts; everything here is pure."""

from shared.domain.notice_texts.composing import compose
from shared.domain.notice_texts.digest import compose_digest
from shared.domain.notice_texts.message import Message, Unfilled

__all__ = ["Message", "Unfilled", "compose", "compose_digest"]
