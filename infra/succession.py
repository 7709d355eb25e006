"""Agencies whose place another has taken: how many open reports wait to go over.

What is over stays counted where it was; only open reports go.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from infra.activation import desk_of
from infra.region_file import RegionFile
from shared.adapters.firestore_client import reaching_the_store
from shared.adapters.firestore_region import FirestoreRegion
from shared.domain import commands as c
from shared.domain.events import Stamp
from shared.domain.refusals import Refusal
from shared.domain.scene import SYSTEM
from shared.domain.statuses import OPEN
from shared.edge.clock import now
from shared.usecases.acting import Order, act
from shared.usecases.saving import StillChanging

_ENTROPY_BYTES = 64


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


def handed_over(client: Any, agency: str) -> Iterator[bool]:
    """One event for each open report: whether it went, or was being changed by others."""
    rules, desk = FirestoreRegion(client).rules(), desk_of(client)
    for code in _codes(client, agency):
        stamp = Stamp(now(), secrets.token_bytes(_ENTROPY_BYTES))
        try:
            act(Order(code, c.Transfer(), SYSTEM), rules=rules, stamp=stamp, desk=desk)
            yield True
        except (Refusal, StillChanging):
            yield False


def _codes(client: Any, agency: str) -> list[str]:
    with reaching_the_store():
        return [found.id for found in _open_of(client, agency).select([]).get()]
