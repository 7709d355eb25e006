"""What is nobody's to read at rest: AES-GCM under a key that the store does not have."""

import json
import os
from dataclasses import dataclass

from shared.domain.plain import plain
from shared.usecases.ports import Identity, Keys

# The size AES-GCM is made for; random ones are safe for 2**32 seals under one key.
_NONCE_BYTES = 12


class UnreadableSeal(Exception):
    """The key is gone, or the seal was made for another report."""


@dataclass(frozen=True, slots=True)
class Sealed:
    key_id: str
    sealed: bytes


def seal(identity: Identity, *, code: str, keys: Keys) -> Sealed:
    """Bound to the tracking code: moved under another report it does not open."""
    return seal_text(json.dumps(plain(identity)), bound_to=code, keys=keys)


def unseal(sealed: Sealed, *, code: str, keys: Keys) -> Identity:
    return Identity(**json.loads(unseal_text(sealed, bound_to=code, keys=keys)))


def seal_text(text: str, *, bound_to: str, keys: Keys) -> Sealed:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    closed = AESGCM(keys.secret).encrypt(nonce, text.encode(), bound_to.encode())
    return Sealed(keys.current, nonce + closed)


def unseal_text(sealed: Sealed, *, bound_to: str, keys: Keys) -> str:
    """Raises UnreadableSeal."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    secret = keys.secrets.get(sealed.key_id)
    if secret is None:
        raise UnreadableSeal(f"the identity key {sealed.key_id} is not in the key ring")
    nonce, closed = sealed.sealed[:_NONCE_BYTES], sealed.sealed[_NONCE_BYTES:]
    try:
        return AESGCM(secret).decrypt(nonce, closed, bound_to.encode()).decode()
    except InvalidTag as error:
        raise UnreadableSeal("what was sealed does not open with its key") from error
