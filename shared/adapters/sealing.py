"""Identity at rest: AES-GCM under a key that the store does not have."""

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
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    text = json.dumps(plain(identity)).encode()
    return Sealed(keys.current, nonce + AESGCM(keys.secret).encrypt(nonce, text, code.encode()))


def unseal(sealed: Sealed, *, code: str, keys: Keys) -> Identity:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    secret = keys.secrets.get(sealed.key_id)
    if secret is None:
        raise UnreadableSeal(f"the identity key {sealed.key_id} is not in the key ring")
    nonce, text = sealed.sealed[:_NONCE_BYTES], sealed.sealed[_NONCE_BYTES:]
    try:
        return Identity(**json.loads(AESGCM(secret).decrypt(nonce, text, code.encode())))
    except InvalidTag as error:
        raise UnreadableSeal("the sealed identity does not open with its key") from error
