"""Keys from the secret store, handed over in the environment as JSON.

`{"current": "k1", "secrets": {"k1": "<base64 of 32 bytes>"}}`; rotated out keys stay listed for
as long as anything made with them has to be checked or read.
"""

import json
from base64 import b64decode
from functools import cache

from shared.adapters.settings import NotConfigured, setting
from shared.usecases.ports import Keys

_KEY_BYTES = 32


@cache
def receipt_keys() -> Keys:
    return _keys("RECEIPT_KEYS")


@cache
def identity_keys() -> Keys:
    return _keys("IDENTITY_KEYS")


@cache
def session_keys() -> Keys:
    return _keys("SESSION_KEYS")


def _keys(name: str) -> Keys:
    text = setting(name)
    try:
        return parsed(text)
    except (ValueError, LookupError, TypeError, AttributeError):
        # Without its cause: a JSON error carries the whole text, and the text is the secret.
        raise NotConfigured(
            f'{name} is not a key ring: {{"current": id, "secrets": {{id: base64 of 32 bytes}}}}'
        ) from None


def parsed(text: str) -> Keys:
    ring = json.loads(text)
    secrets = {
        str(key_id): b64decode(secret, validate=True) for key_id, secret in ring["secrets"].items()
    }
    keys = Keys(ring["current"], secrets)
    if any(len(secret) != _KEY_BYTES for secret in secrets.values()) or not keys.secret:
        raise ValueError
    return keys
