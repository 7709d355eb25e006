"""Events that a consumer parked because no retry could help."""

import json
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.letters import Letter
from shared.adapters.firestore_client import reaching_the_store

PLACE = "parked"


@dataclass(frozen=True, slots=True)
class ParkedEvents:
    client: Any

    def letters(self) -> Iterator[Letter]:
        with reaching_the_store():
            found = self.client.collection(PLACE).order_by("parked_at").get()
        yield from map(_letter, found)

    def take_away(self, letter: Letter) -> None:
        with reaching_the_store():
            self.client.document(PLACE, letter.handle).delete()

    def give_back(self) -> None:
        """Nothing was held."""


def _letter(snapshot: Any) -> Letter:
    document = snapshot.to_dict()
    return Letter(
        id=document["event_id"],
        place=f"{PLACE}, {document['consumer']}",
        reason=document["reason"],
        since=document["parked_at"].isoformat(timespec="seconds"),
        data=_data(document),
        handle=snapshot.id,
    )


def _data(document: Mapping[str, Any]) -> bytes:
    """Empty where it was cut off, or never was a message of ours."""
    try:
        return b64decode(json.loads(document["data"])["data"], validate=True)
    except (ValueError, KeyError, TypeError):
        return b""
