"""What is sealed is sealed anew under the current key, page by page; it may be stopped anywhere."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from heapq import merge
from itertools import groupby
from typing import Any

from shared.adapters.firestore_client import reaching_the_store
from shared.adapters.firestore_commit import refusals
from shared.adapters.place_seals import bound_to as bound_as_place
from shared.adapters.sealing import Sealed, UnreadableSeal, seal_text, unseal_text
from shared.usecases.ports import Keys

_PAGE = 200
# The name of a key, and what it sealed; maybe with other things beside them.
_Seal = dict[str, Any]


class Outcome(Enum):
    CURRENT = "under the current key already"
    RESEALED = "sealed anew"
    CHANGED = "changed meanwhile; the next run takes it"
    UNREADABLE = "its key is not in the ring"


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Drawer:
    """A collection of documents named after reports: the fields in which its seals lie.

    `seals` of a document, to be changed in place; `bound_to`: by the code of its report.
    """

    collection: str
    fields: tuple[str, ...]
    seals: Callable[[dict[str, Any]], list[_Seal]]
    bound_to: Callable[[str], str]


def _identity(reporter: dict[str, Any]) -> list[_Seal]:
    """An erased one has none."""
    return [reporter] if reporter.get("sealed") else []


def _places(shelf: dict[str, Any]) -> list[_Seal]:
    return [file["found"] for file in shelf.get("files", ()) if file["found"]]


_DRAWERS = (
    _Drawer("reporters", ("sealed", "key_id"), _identity, str),
    _Drawer("attachments", ("files",), _places, bound_as_place),
)


def reseal(client: Any, keys: Keys, after: str = "") -> Iterator[Step]:
    """All that is sealed of each report, in the order of codes, from behind `after` on."""
    every = (_documents(client, drawer, after) for drawer in _DRAWERS)
    for code, found in groupby(merge(*every, key=_code), key=_code):
        # All of a report before any of it is told: whoever stops here may go on behind it.
        outcomes = [each for pair in found for each in _resealed(client, *pair, keys)]
        yield from (Step(code, outcome) for outcome in outcomes)


def in_use(client: Any) -> Counter[str]:
    """How many identities and places are sealed under which key."""
    return Counter(
        seal["key_id"]
        for drawer in _DRAWERS
        for _, snapshot in _documents(client, drawer, "")
        for seal in drawer.seals(snapshot.to_dict())
    )


def _resealed(client: Any, drawer: _Drawer, snapshot: Any, keys: Keys) -> list[Outcome]:
    """One for each seal of the document."""
    document = snapshot.to_dict()
    bound_to = drawer.bound_to(snapshot.id)
    outcomes = [_turned(seal, bound_to, keys) for seal in drawer.seals(document)]
    if Outcome.RESEALED not in outcomes:
        return outcomes
    batch = client.batch()
    unchanged = client.write_option(last_update_time=snapshot.update_time)
    changes = {field: document[field] for field in drawer.fields}
    batch.update(snapshot.reference, changes, option=unchanged)
    try:
        with reaching_the_store():
            batch.commit()
    except refusals():
        return [Outcome.CHANGED if each is Outcome.RESEALED else each for each in outcomes]
    return outcomes


def _turned(seal: _Seal, bound_to: str, keys: Keys) -> Outcome:
    """In place."""
    if seal["key_id"] == keys.current:
        return Outcome.CURRENT
    try:
        text = unseal_text(Sealed(seal["key_id"], seal["sealed"]), bound_to=bound_to, keys=keys)
    except UnreadableSeal:
        return Outcome.UNREADABLE
    anew = seal_text(text, bound_to=bound_to, keys=keys)
    seal.update(sealed=anew.sealed, key_id=anew.key_id)
    return Outcome.RESEALED


def _code(found: tuple[_Drawer, Any]) -> str:
    return str(found[1].id)


def _documents(client: Any, drawer: _Drawer, after: str) -> Iterator[tuple[_Drawer, Any]]:
    ordered = client.collection(drawer.collection).order_by("__name__").limit(_PAGE)
    following = ordered.start_after({"__name__": after}) if after else ordered
    while True:
        with reaching_the_store():
            page = following.get()
        yield from ((drawer, snapshot) for snapshot in page)
        if len(page) < _PAGE:
            return
        following = ordered.start_after(page[-1])
