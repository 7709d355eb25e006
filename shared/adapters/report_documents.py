"""How a report and its events lie in the store. Pure: no client, no clock."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from typing import Any, get_type_hints
from unicodedata import normalize

from typing_extensions import TypedDict

from shared.domain.areas import and_wider
from shared.domain.events import Event
from shared.domain.plain import plain
from shared.domain.report import Report
from shared.domain.statuses import Role, Status
from shared.domain.workflow import Decision

SCHEMA = 1
# Fields beside the report's own: they exist for queries and are no part of what is folded.
# `tick_failures`: how often the ladder's sweep failed on it since the last decision.
DERIVED = frozenset(
    {"due_at", "next_tick_at", "tick_failures", "holder", "appealed", "unreviewed", "tokens"}
)
# A query sorted by a time leaves out documents without one.
FAR = datetime(9999, 12, 31, tzinfo=UTC)

# Every token is an index entry, paid for with each write of the list.
_MOST_WORDS = 100
_LONGEST_WORD = 40
# Marks are no word characters, so what is normalized is never a long run of accents (quadratic).
_WORD = re.compile(r"\w{3,}")

_MOVED_BY_EVERY_EVENT = frozenset({"seq", "head", "revision", "counts"})
_TEXTS_OF_THE_REPORT = frozenset({"title", "body"})
_TOKENS_FOLLOW_FROM = frozenset({"title", "body", "area"})


def report_document(decision: Decision) -> dict[str, Any]:
    """Of a new report."""
    report = decision.report
    tokens = _tokens(report)
    return {**plain(report), "schema": SCHEMA, **_derived(decision), "tokens": tokens}


def changed_fields(decision: Decision) -> dict[str, Any]:
    """What the decision's events moved. Fields that others keep in the document stay theirs."""
    names = set(_MOVED_BY_EVERY_EVENT)
    for event in decision.events:
        names |= event.changes.keys() | (event.texts.keys() & _TEXTS_OF_THE_REPORT)
    report = decision.report
    moved = {name: plain(getattr(report, name)) for name in sorted(names)}
    tokens = {"tokens": _tokens(report)} if names & _TOKENS_FOLLOW_FROM else {}
    return {**moved, **_derived(decision), **tokens}


def report_of(document: Mapping[str, Any]) -> Report:
    report: Report = _reports().validate_python(document)
    return report


def event_document(event: Event) -> dict[str, Any]:
    return {
        "header": plain(event.header),
        "hash": event.hash,
        "content": plain(event.content),
    }


def event_of(document: Mapping[str, Any]) -> Event:
    """Without its content, when that was erased: the chain is over headers and still verifies."""
    header, content = document["header"], {"salt": "", **document.get("content", {})}
    changes = _changes().validate_python(content.pop("changes", {}))
    return Event(
        **{**header, "at": datetime.fromisoformat(header["at"]), "by": Role(header["by"])},
        **content,
        changes=changes,
        hash=document["hash"],
    )


def words_of(text: str) -> Iterator[str]:
    for found in _WORD.finditer(text):
        yield normalize("NFKC", found[0]).lower()[:_LONGEST_WORD]


def _derived(decision: Decision) -> dict[str, Any]:
    report = decision.report
    return {
        "due_at": report.due_at or FAR,
        "next_tick_at": decision.next_tick_at or FAR,
        "tick_failures": 0,
        "holder": report.holder.value if report.holder else None,
        "appealed": report.status is Status.SUBMITTED and report.times("appealed") > 0,
        "unreviewed": report.awaits_review,
    }


def _tokens(report: Report) -> list[str]:
    words = _distinct(words_of(f"{report.title} {report.body}"))
    areas = and_wider(report.area) if report.area else ()
    return [
        f"c:{report.code}",
        *(f"a:{area}" for area in areas),
        *(f"w:{word}" for word in islice(words, _MOST_WORDS)),
    ]


def _distinct(words: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if word not in seen:
            seen.add(word)
            yield word


@cache
def _reports() -> Any:
    """Turns stored fields back into the domain's, by their annotations; leaves out derived ones."""
    from pydantic import TypeAdapter

    return TypeAdapter(Report)


@cache
def _changes() -> Any:
    """The same for some fields of a report."""
    from pydantic import TypeAdapter

    return TypeAdapter(TypedDict("Changes", get_type_hints(Report), total=False))  # type: ignore[operator]
