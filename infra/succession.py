"""Agencies whose place another has taken: how many open reports wait to go over.

What is over stays counted where it was; only open reports go.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from infra.region_file import RegionFile
from shared.adapters.firestore_client import reaching_the_store
from shared.domain.statuses import OPEN


@dataclass(frozen=True, slots=True)
class Succession:
    """`open`: reports with the agency now. Before the day `on` none goes over."""

    agency: str
    heir: str
    on: date
    open: int


def successions(client: Any, files: RegionFile) -> Iterator[Succession]:
    """Of agencies that still have open reports."""
    for agency in files.directory.agencies.values():
        heir = agency.succeeded_by
        if heir and (open_ := _open_reports(client, agency.id)):
            yield Succession(agency.id, heir.agency, heir.on, open_)


def _open_reports(client: Any, agency: str) -> int:
    with reaching_the_store():
        counted = _open_of(client, agency).count().get()
    return int(counted[0][0].value)


def _open_of(client: Any, agency: str) -> Any:
    from google.cloud.firestore import FieldFilter  # noqa: PLC0415 the rest needs no Google

    of_agency = client.collection("reports").where(filter=FieldFilter("agency", "==", agency))
    return of_agency.where(filter=FieldFilter("status", "in", sorted(OPEN)))
