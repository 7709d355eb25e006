"""How what goes with a report lies in the store: reporter, wire event, mark, idempotency record."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.adapters.sealing import Sealed, seal, unseal
from shared.domain.events import Event
from shared.domain.receipts import ReceiptMark
from shared.usecases.ports import Consumed, Identity, Keys, Repeatable, Reporter, WireEvent

# Longer than any redrive of a dead letter.
_MARKS_ARE_KEPT = timedelta(days=90)


def reporter_document(reporter: Reporter, *, code: str, keys: Keys) -> dict[str, Any]:
    sealed = seal(reporter.identity, code=code, keys=keys)
    receipt = receipt_document(reporter.receipt)
    return {"sealed": sealed.sealed, "key_id": sealed.key_id, "receipt": receipt}


def receipt_document(mark: ReceiptMark) -> dict[str, str]:
    return {"key_id": mark.key_id, "mac": mark.mac}


def identity_of(document: Mapping[str, Any], *, code: str, keys: Keys) -> Identity:
    return unseal(Sealed(document["key_id"], document["sealed"]), code=code, keys=keys)


def receipt_of(document: Mapping[str, Any]) -> ReceiptMark:
    receipt = document["receipt"]
    return ReceiptMark(key_id=receipt["key_id"], mac=receipt["mac"])


def look_document(code: str, event: Event) -> dict[str, Any]:
    """`agency`: of the officer who looked. Neither reason nor identity; `at` for the order."""
    return {"code": code, "seq": event.seq, "agency": event.agency, "at": event.at}


def outbox_document(wire: WireEvent) -> dict[str, Any]:
    """`at` as a native time, for the relay's order."""
    return {
        "id": wire.id,
        "type": wire.type,
        "schema": wire.schema,
        "code": wire.code,
        "seq": wire.seq,
        "at": wire.at,
    }


def wire_event_of(document: Mapping[str, Any]) -> WireEvent:
    return WireEvent(**{name: document[name] for name in WireEvent.__slots__})


def is_wire_event(document: Mapping[str, Any]) -> bool:
    return document.keys() >= set(WireEvent.__slots__)


def mark_document(consumed: Consumed) -> dict[str, Any]:
    """The machine's own time, as an exception: Google's broom goes by no other."""
    return {
        "consumer": consumed.consumer,
        "event_id": consumed.event_id,
        "expires_at": datetime.now(UTC) + _MARKS_ARE_KEPT,
    }


def repeatable_document(record: Repeatable) -> dict[str, Any]:
    return {
        "mac": record.mac,
        "code": record.code,
        "seq": record.seq,
        "expires_at": record.expires_at,
    }


def repeatable_of(id_: str, document: Mapping[str, Any], version: Any) -> Repeatable:
    known = {name: document[name] for name in ("mac", "code", "seq", "expires_at")}
    return Repeatable(id=id_, version=version, **known)
