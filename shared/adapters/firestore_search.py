"""The desk's search: the store filters by one term or the area, the rest is left out while paging.

Every filter but the due time is an equality, so that Firestore joins one index per field
(field, due_at) instead of needing one for each combination.
"""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import bounded, reaching_the_store
from shared.adapters.report_documents import report_of
from shared.adapters.search_terms import Term, fits, terms_of
from shared.domain.report import Report
from shared.usecases.ports import BadCursor, Page, Query

if TYPE_CHECKING:
    from google.cloud.firestore import Client
    from google.cloud.firestore import Query as StoreQuery

    from shared.adapters.firestore_client import Snapshot

# What one request may read when most of it is left out; the cursor goes on from there.
_MOST_PAGES = 10
_LONGEST_CURSOR = 200

_EQUAL = ("status", "holder", "agency", "assignee", "category", "appealed", "unreviewed")


def search(store: "Client", query: Query) -> Page:
    """One report more than asked for tells whether there is another page."""
    terms = terms_of(query.words)
    found: list[Report] = []
    last: Snapshot | None = None
    scanned = 0
    for snapshot in _scanned(_filtered(store, query, terms), query):
        report = report_of(snapshot.to_dict() or {})
        if fits(report, query, terms):
            if len(found) == query.limit:
                return Page(tuple(found), _cursor(last))
            found.append(report)
        last, scanned = snapshot, scanned + 1
    cut_short = scanned == _MOST_PAGES * (query.limit + 1)
    return Page(tuple(found), _cursor(last) if cut_short else None)


def count(store: "Client", query: Query, most: int) -> int:
    """By the store itself: no report is read for it."""
    counted = _filtered(store, query, ()).limit(most).count(alias="reports")
    with reaching_the_store():
        answers: Any = counted.get(**bounded())
    return int(answers[0][0].value)


def _scanned(filtered: "StoreQuery", query: Query) -> Iterator["Snapshot"]:
    size = query.limit + 1
    position: Any = _position(query.cursor) if query.cursor else None
    for _ in range(_MOST_PAGES):
        following = filtered.start_after(position) if position else filtered
        with reaching_the_store():
            page = following.limit(size).get(**bounded())
        yield from page
        if len(page) < size:
            return
        position = page[-1]


def _filtered(store: "Client", query: Query, terms: Sequence[Term]) -> "StoreQuery":
    found: Any = store.collection("reports")
    for field, operator, value in _filters(query, terms):
        found = found.where(filter=_field_filter(field, operator, value))
    return found.order_by("due_at").order_by("__name__")  # type: ignore[no-any-return]


def _filters(query: Query, terms: Sequence[Term]) -> Iterator[tuple[str, str, Any]]:
    for field in _EQUAL:
        if (value := getattr(query, field)) is not None:
            yield field, "==", value
    if query.overdue_at is not None:
        yield "due_at", "<", query.overdue_at
    # A query takes one filter on a list: words leave fewer reports over than an area does.
    tokens = terms[0] if terms else (f"a:{query.area}",) if query.area else ()
    if len(tokens) == 1:
        yield "tokens", "array_contains", tokens[0]
    elif tokens:
        yield "tokens", "array_contains_any", list(tokens)


def _field_filter(field: str, operator: str, value: Any) -> Any:
    from google.cloud.firestore import FieldFilter

    return FieldFilter(field, operator, value)


def _cursor(last: "Snapshot | None") -> str | None:
    if last is None:
        return None
    text = json.dumps([last.get("due_at").isoformat(), last.id])
    return urlsafe_b64encode(text.encode()).decode()


def _position(cursor: str) -> dict[str, Any]:
    try:
        due_at, code = json.loads(urlsafe_b64decode(cursor[:_LONGEST_CURSOR]))
        # A slash would name a document elsewhere.
        code = re.sub(r"[^0-9A-Z]", "", code) or "0"
        return {"due_at": datetime.fromisoformat(due_at).astimezone(UTC), "__name__": code}
    except (ValueError, TypeError, OverflowError):
        raise BadCursor from None
