"""The filter language of subscriptions ("Filter messages from a subscription"). Pure.

attributes:KEY · attributes.KEY = "VALUE" · != · hasPrefix(attributes.KEY, "PREFIX") · NOT or - ·
AND · OR, which are not mixed without parentheses.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

Matches = Callable[[Mapping[str, str]], bool]

LONGEST_FILTER = 256
_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|([A-Za-z0-9_][A-Za-z0-9_-]*)|(!=|[():.,=-]))', re.S)
_ESCAPE = re.compile(
    r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))", re.S
)
_ESCAPED = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\\": "\\", '"': '"', "'": "'", "?": "?", "`": "`",
}  # fmt: skip
_KEY = re.compile(r'".*"|[A-Za-z0-9_-]+', re.S)


class FilterError(Exception):
    """A sentence for whoever wrote the filter."""


def parse(text: str) -> Matches:
    """Raises FilterError. The empty filter matches everything."""
    if len(text.encode()) > LONGEST_FILTER:
        raise FilterError(f"the filter is longer than {LONGEST_FILTER} bytes")
    if not text:
        return lambda _: True
    reading = _Reading(_tokens(text))
    found = reading.expression()
    if reading.next:
        reading.fail("AND, OR or the end")
    return found


def _tokens(text: str) -> list[str]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise FilterError(f"nothing can begin with {text[at:].lstrip()[0]!r} at {at}")
        found.append(match[match.lastindex or 0])
        at = match.end()
    return found


@dataclass(slots=True)
class _Reading:
    tokens: Sequence[str]
    at: int = field(default=0)

    @property
    def next(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def fail(self, wanted: str) -> NoReturn:
        found = self.next or "the end"
        raise FilterError(f"expected {wanted}, found {found} (word {self.at + 1})")

    def take(self, *words: str) -> str:
        if self.next not in words:
            self.fail(" or ".join(words))
        self.at += 1
        return self.tokens[self.at - 1]

    def expression(self) -> Matches:
        parts = [self.negated()]
        joined = self.next if self.next in {"AND", "OR"} else ""
        while self.next in {"AND", "OR"}:
            if self.next != joined:
                raise FilterError("AND and OR are combined with parentheses only")
            self.take(joined)
            parts.append(self.negated())
        every = all if joined == "AND" else any
        return lambda attributes: every(part(attributes) for part in parts)

    def negated(self) -> Matches:
        if self.next in {"NOT", "-"}:
            self.at += 1
            inner = self.negated()
            return lambda attributes: not inner(attributes)
        return self.term()

    def term(self) -> Matches:
        start = self.take("(", "attributes", "hasPrefix")
        if start == "(":
            inner = self.expression()
            self.take(")")
            return inner
        return self.prefix() if start == "hasPrefix" else self.comparison()

    def prefix(self) -> Matches:
        for word in "(", "attributes", ".":
            self.take(word)
        key = self.key()
        self.take(",")
        value = self.string()
        self.take(")")
        return lambda attributes: attributes.get(key, "").startswith(value) and key in attributes

    def comparison(self) -> Matches:
        if self.take(":", ".") == ":":
            there = self.key()
            return lambda attributes: there in attributes
        key, operator, value = self.key(), self.take("=", "!="), self.string()
        if operator == "=":
            return lambda attributes: attributes.get(key) == value
        return lambda attributes: attributes.get(key) != value

    def key(self) -> str:
        if not _KEY.fullmatch(self.next):
            self.fail("an attribute's key")
        if self.next.startswith('"'):
            return self.string()
        return self.take(self.next)

    def string(self) -> str:
        if not self.next.startswith('"'):
            self.fail("a string in double quotes")
        return _ESCAPE.sub(_unescaped, self.take(self.next)[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    *hexadecimal, octal, letter = match.groups()
    if letter is None:
        digits = octal or next(filter(None, hexadecimal))
        return chr(int(digits, 8 if octal else 16))
    if letter not in _ESCAPED:
        raise FilterError(f"no escape sequence begins with \\{letter}")
    return _ESCAPED[letter]
