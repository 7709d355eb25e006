"""Where and when a photo was taken, sealed under the keys of identities."""

import json
from datetime import datetime
from functools import cache

from shared.adapters.keyring import identity_keys
from shared.adapters.sealing import Sealed, UnreadableSeal, seal_text, unseal_text
from shared.domain.attachment import Place, SealedPlace
from shared.domain.plain import plain
from shared.usecases.ports import Keys


class PlaceSeals:
    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def seal(self, place: Place, *, code: str) -> SealedPlace:
        made = seal_text(json.dumps(plain(place)), bound_to=bound_to(code), keys=self._keys)
        return SealedPlace(made.key_id, made.sealed)

    def unseal(self, sealed: SealedPlace, *, code: str) -> Place | None:
        stored = Sealed(sealed.key_id, sealed.sealed)
        try:
            found = json.loads(unseal_text(stored, bound_to=bound_to(code), keys=self._keys))
        except UnreadableSeal:
            return None
        taken_at = found.pop("taken_at")
        return Place(**found, taken_at=datetime.fromisoformat(taken_at) if taken_at else None)


def bound_to(code: str) -> str:
    """Not the code alone: a sealed identity opens as no place."""
    return f"place:{code}"


@cache
def seals() -> PlaceSeals:
    return PlaceSeals(identity_keys())
