"""A composed message, and the two forms of a mail: the same paragraphs as text and as HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from shared.domain.languages import Pair


class Unfilled(ValueError):
    """A text has a blank that nothing fills. It is not sent: half a message misleads."""

    def __init__(self, kind: str, blank: str) -> None:
        super().__init__(f"nothing fills {{{blank}}} of {kind}")


@dataclass(frozen=True, slots=True)
class Wording:
    """`sms`: from the wordiest to the shortest; what goes out is the first that fits."""

    subject: Pair
    paragraphs: tuple[Pair, ...]
    sms: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """`sms`: at most one message of GSM-7 characters; None: this goes by mail only."""

    subject: str
    text: str
    html: str
    sms: str | None = None


def mail(
    subject: str,
    paragraphs: Iterable[str],
    *,
    links: Iterable[str],
    language: str,
    sms: str | None = None,
) -> Message:
    parts = tuple(paragraphs)
    return Message(subject, "\n\n".join(parts) + "\n", _html(subject, parts, links, language), sms)


def _html(subject: str, paragraphs: tuple[str, ...], links: Iterable[str], language: str) -> str:
    """No styles, no pictures, nothing from elsewhere: what people wrote is text and stays text."""
    anchored = "".join(f"<p>{_anchored(escape(part), links)}</p>\n" for part in paragraphs)
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        f"<title>{escape(subject)}</title></head>\n<body>\n{anchored}</body>\n</html>\n"
    )


def _anchored(paragraph: str, links: Iterable[str]) -> str:
    """Only our own links can be clicked; the longest first, for one may begin with another."""
    escaped = sorted({escape(link) for link in links}, key=len, reverse=True)
    lines = paragraph.replace("\n", "<br>\n")
    return re.sub("|".join(map(re.escape, escaped)), _anchor, lines) if escaped else lines


def _anchor(found: re.Match[str]) -> str:
    return f'<a href="{found[0]}">{found[0]}</a>'
