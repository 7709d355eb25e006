"""Who looked at whose identity: `looks/{event id}`, written in the commit of the event itself.

An index only: reasons stay in the timeline, where what is private can be erased.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import client, read
from shared.adapters.firestore_commit import timeline_reference
from shared.adapters.firestore_log import newest
from shared.adapters.report_documents import event_of, report_of
from shared.domain.events import Event
from shared.domain.report import Report
from shared.usecases.people_ports import Place

if TYPE_CHECKING:
    from google.cloud.firestore import Client


class FirestoreLooks:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def of(
        self, agency: str | None, before: Place | None, size: int
    ) -> tuple[tuple[Report, Event], ...]:
        """Two documents for each line, in one call."""
        lines = self._lines(agency, before, size)
        events = [timeline_reference(self._store, each["code"], each["seq"]) for each in lines]
        codes = sorted({each["code"] for each in lines})
        reports = [self._store.document("reports", code) for code in codes]
        found = [snapshot.to_dict() or {} for snapshot in read(self._store, *events, *reports)]
        by_code = {
            code: report_of(each) for code, each in zip(codes, found[len(events) :], strict=True)
        }
        return tuple(
            (by_code[line["code"]], event_of(event))
            for line, event in zip(lines, found[: len(lines)], strict=True)
        )

    def _lines(self, agency: str | None, before: Place | None, size: int) -> list[dict[str, Any]]:
        from google.cloud.firestore import FieldFilter

        asked: Any = self._store.collection("looks")
        if agency:
            asked = asked.where(filter=FieldFilter("agency", "==", agency))
        return newest(asked, before, size)


@cache
def looks() -> FirestoreLooks:
    return FirestoreLooks(client())
