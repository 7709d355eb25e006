"""Reports whose tick has come: the ladder's sweep asks for them by time."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from shared.adapters.firestore_client import bounded, client, reaching_the_store
from shared.adapters.report_documents import FAR, report_of
from shared.domain.report import Report
from shared.usecases.due_ports import Due

if TYPE_CHECKING:
    from google.cloud.firestore import Client

    from shared.adapters.firestore_client import Snapshot


# Without the words of the search: they are most of a document, and nothing here reads them.
_ASKED = (*(part.name for part in fields(Report)), "next_tick_at", "tick_failures")


class FirestoreDue:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def due(self, at: datetime, size: int) -> Iterator[tuple[Due, ...]]:
        """Sorted by the index: what is read is what is due, however many reports are open."""
        from google.cloud.firestore import FieldFilter

        past = self._store.collection("reports").where(filter=FieldFilter("next_tick_at", "<=", at))
        in_order = past.order_by("next_tick_at").order_by("__name__")
        following = in_order.select(_ASKED).limit(size)
        while True:
            with reaching_the_store():
                found = following.get(**bounded())
            yield tuple(map(_due, found))
            if len(found) < size:
                return
            following = following.start_after(found[-1])

    def again(self, due: Due) -> Due | None:
        with reaching_the_store():
            found = self._store.document("reports", due.code).get(**bounded())
        return _due(found) if found.exists else None

    def put_off(self, due: Due, until: datetime | None, failures: int) -> None:
        from google.api_core.exceptions import FailedPrecondition, NotFound

        unchanged = self._store.write_option(last_update_time=due.version)
        fields = {"next_tick_at": until or FAR, "tick_failures": failures}
        with reaching_the_store(), suppress(FailedPrecondition, NotFound):
            report = self._store.document("reports", due.code)
            report.update(fields, option=unchanged, **bounded())


def _due(found: "Snapshot") -> Due:
    document = found.to_dict() or {}
    failures = document.get("tick_failures")
    return Due(
        code=found.id,
        report=_readable(document),
        failures=failures if isinstance(failures, int) else 0,
        version=found.update_time,
    )


def _readable(document: dict[str, object]) -> Report | None:
    try:
        return report_of(document)
    except ValueError:  # pydantic's ValidationError is one
        return None


@cache
def due_reports() -> FirestoreDue:
    return FirestoreDue(client())
