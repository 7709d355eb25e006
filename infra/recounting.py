"""Counts the scoreboard anew, from the timelines, and says what had been counted otherwise.

It may run while reports go on: what changes meanwhile is left to the one who changed it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shared.adapters.firestore_commit import refusals
from shared.adapters.firestore_scoreboard import FirestoreTallies
from shared.adapters.report_documents import event_of, report_of
from shared.adapters.scoreboard_documents import by_document, counts_document, counts_of, tally_of
from shared.domain.events import Event, fold
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.scoreboard.cells import Counts, difference, total
from shared.domain.scoreboard.contribution import contribution
from shared.usecases.scoreboard_ports import Tally

_PAGE = 300


@dataclass(frozen=True, slots=True)
class Found:
    """`missing`: what has to be added to the numbers of a report, or of a document of cells."""

    of: str
    missing: Counts
    why: str = ""


@dataclass(frozen=True, slots=True)
class Recount:
    client: Any
    rules: Rules

    def reports(self, after: str, *, mend: bool) -> Iterator[Found]:
        """Every report, sorted by code, from the one behind `after` on."""
        tallies = FirestoreTallies(self.client)
        for snapshot in _documents(self.client, "reports", after):
            # The tally first: then the timeline is never older than what it was made of.
            tally = tallies.load(snapshot.id)
            events = _timeline(snapshot)
            report = _told(snapshot, events)
            wanted = Tally(report.code, report.seq, contribution(report, self.rules))
            found = Found(report.code, difference(tally.counts, wanted.counts))
            if found.missing:
                found = Found(found.of, found.missing, self._why(tally, events))
                if mend:
                    tallies.replace(tally, wanted)
            yield found

    def cells(self, *, mend: bool) -> Iterator[Found]:
        """Every document of cells that is not the sum of the tallies."""
        # The cells first: one that is still the same afterwards was compared with its own tallies.
        there = {each.id: each for each in _documents(self.client, "scoreboard")}
        sums = self._sums()
        for id_ in sorted(there.keys() | sums.keys()):
            counted = _cells_of(there.get(id_))
            missing = difference(counted, sums.get(id_, {}))
            if missing and self._is_still(id_, there.get(id_)):
                if mend:
                    self._replace(id_, sums.get(id_, {}), there.get(id_))
                yield Found(id_, missing, "is not the sum of its reports")

    def _why(self, tally: Tally, events: tuple[Event, ...]) -> str:
        """Counted right at the time, and not since: its events are on their way, or were lost."""
        was = events[: tally.seq]
        then = contribution(fold(was), self.rules) if _is_complete(was) else {}
        if then == tally.counts:
            return f"counted up to event {tally.seq} of {len(events)}"
        return "counted otherwise"

    def _sums(self) -> dict[str, Counts]:
        sums: dict[str, Counts] = {}
        for each in _documents(self.client, "tallies"):
            tally = tally_of(each.id, each.to_dict(), each.update_time)
            for id_, _, counts in by_document(tally.counts, tally.code):
                sums[id_] = total((sums.get(id_, {}), counts))
        return sums

    def _is_still(self, id_: str, before: Any) -> bool:
        now = self.client.document("scoreboard", id_).get()
        return bool(now.update_time == (before.update_time if before else None))

    def _replace(self, id_: str, counts: Counts, before: Any) -> None:
        """Refused when it was counted on meanwhile; the next run looks at it again."""
        reference, batch = self.client.document("scoreboard", id_), self.client.batch()
        cells = counts_document(counts)
        if before is None:
            batch.create(reference, {"day": id_.partition(".")[0], "cells": cells})
        else:
            unchanged = self.client.write_option(last_update_time=before.update_time)
            batch.update(reference, {"cells": cells}, option=unchanged)
        try:
            batch.commit()
        except refusals():
            return


def _documents(client: Any, collection: str, after: str = "") -> Iterator[Any]:
    ordered = client.collection(collection).order_by("__name__").limit(_PAGE)
    following = ordered.start_after({"__name__": after}) if after else ordered
    while True:
        page = following.get()
        yield from page
        if len(page) < _PAGE:
            return
        following = ordered.start_after(page[-1])


def _timeline(report: Any) -> tuple[Event, ...]:
    found = report.reference.collection("timeline").order_by("__name__").get()
    return tuple(event_of(each.to_dict()) for each in found)


def _told(stored: Any, events: tuple[Event, ...]) -> Report:
    """By its events; by the stored report where the content of some was erased."""
    return fold(events) if _is_complete(events) else report_of(stored.to_dict())


def _is_complete(events: tuple[Event, ...]) -> bool:
    return bool(events) and all(event.salt for event in events)


def _cells_of(document: Any) -> Counts:
    return counts_of(document.to_dict().get("cells", {})) if document else {}
