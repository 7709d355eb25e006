"""Identities sealed anew under the current key, page by page; it may be stopped anywhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from shared.adapters.firestore_client import reaching_the_store
from shared.adapters.firestore_commit import refusals
from shared.adapters.sealing import Sealed, UnreadableSeal, seal, unseal
from shared.usecases.ports import Keys

_PAGE = 200


class Outcome(Enum):
    CURRENT = "under the current key already"
    RESEALED = "sealed anew"
    CHANGED = "changed meanwhile; the next run takes it"
    UNREADABLE = "its key is not in the ring"


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    outcome: Outcome


def reseal(client: Any, keys: Keys, after: str = "") -> Iterator[Step]:
    """Every reporter, in the order of codes, from the one behind `after` on."""
    for snapshot in _reporters(client, after):
        yield Step(snapshot.id, _resealed(client, snapshot, keys))


def in_use(client: Any) -> Counter[str]:
    """How many identities are sealed under which key."""
    return Counter(each.get("key_id") for each in _reporters(client, "") if _is_sealed(each))


def _resealed(client: Any, snapshot: Any, keys: Keys) -> Outcome:
    document = snapshot.to_dict()
    if not _is_sealed(snapshot) or document["key_id"] == keys.current:
        return Outcome.CURRENT
    try:
        identity = unseal(
            Sealed(document["key_id"], document["sealed"]), code=snapshot.id, keys=keys
        )
    except UnreadableSeal:
        return Outcome.UNREADABLE
    anew = seal(identity, code=snapshot.id, keys=keys)
    batch = client.batch()
    unchanged = client.write_option(last_update_time=snapshot.update_time)
    batch.update(
        snapshot.reference, {"sealed": anew.sealed, "key_id": anew.key_id}, option=unchanged
    )
    try:
        with reaching_the_store():
            batch.commit()
    except refusals():
        return Outcome.CHANGED
    return Outcome.RESEALED


def _is_sealed(snapshot: Any) -> bool:
    """An erased identity has none."""
    return bool((snapshot.to_dict() or {}).get("sealed"))


def _reporters(client: Any, after: str) -> Iterator[Any]:
    ordered = client.collection("reporters").order_by("__name__").limit(_PAGE)
    following = ordered.start_after({"__name__": after}) if after else ordered
    while True:
        with reaching_the_store():
            page = following.get()
        yield from page
        if len(page) < _PAGE:
            return
        following = ordered.start_after(page[-1])
