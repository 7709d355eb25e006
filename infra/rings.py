"""Key rings, as functions read them: `{"current": id, "secrets": {id: base64 of 32 bytes}}`.

A key is listed first and used later: until every instance knows it, what one of them made with it
would be unreadable to the others. It stays listed until somebody takes it out by its name.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count

KEY_BYTES = 32


class RingFault(Exception):
    """One sentence; never with a key in it."""


@dataclass(frozen=True, slots=True)
class Ring:
    """`secrets` in the order in which they were added."""

    current: str
    secrets: Mapping[str, str] = field(repr=False)

    @property
    def newest(self) -> str:
        return list(self.secrets)[-1]

    @property
    def is_prepared(self) -> bool:
        """Its newest key is known and not used yet."""
        return self.newest != self.current


def first(key_id: str, secret: bytes) -> Ring:
    return Ring(key_id, {key_id: _text(secret)})


def name_for(ring: Ring, wanted: str) -> str:
    """Also the second key of one day has a name of its own."""
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(name for name in names if name not in ring.secrets)


def prepared(ring: Ring, key_id: str, secret: bytes) -> Ring:
    """With one more key that nothing is made with yet. Raises RingFault."""
    if ring.is_prepared:
        raise RingFault(f"{ring.newest} is prepared already; finish with --use")
    if key_id in ring.secrets:
        raise RingFault(f"{key_id} is there already; name the new key otherwise")
    return replace(ring, secrets={**ring.secrets, key_id: _text(secret)})


def used(ring: Ring) -> Ring:
    """From now on everything is made with the newest. Raises RingFault."""
    if not ring.is_prepared:
        raise RingFault(f"{ring.current} is used already and no newer key is prepared")
    return replace(ring, current=ring.newest)


def without(ring: Ring, key_id: str) -> Ring:
    """What it made can be neither read nor checked any more. Raises RingFault."""
    if key_id not in ring.secrets:
        raise RingFault(f"there is no such key; the ring holds {', '.join(ring.secrets)}")
    if key_id == ring.current:
        raise RingFault(f"{key_id} is the one in use; turn the ring first")
    left = {name: secret for name, secret in ring.secrets.items() if name != key_id}
    return replace(ring, secrets=left)


def read(text: str) -> Ring:
    """Raises RingFault, without its cause: that would hold the text, and the text is the secret."""
    try:
        written = json.loads(text)
        ring = Ring(written["current"], dict(written["secrets"]))
        sizes = {len(base64.b64decode(secret, validate=True)) for secret in ring.secrets.values()}
    except (ValueError, LookupError, TypeError, AttributeError):
        raise RingFault("the newest version is not a key ring; see docs/operating.md") from None
    if sizes != {KEY_BYTES} or ring.current not in ring.secrets:
        raise RingFault("the newest version is not a key ring; see docs/operating.md")
    return ring


def written(ring: Ring) -> str:
    return json.dumps({"current": ring.current, "secrets": dict(ring.secrets)})


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()
