"""The key of the local cloud: what it signs stands for what Google and the region's issuer sign."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

_KEY_ID = "emulator-1"
_KEY_BITS = 2048
_PUBLIC_EXPONENT = 65537
_ALGORITHM = "RS256"


class SigningKey:
    """A new one in each process, so that no token outlives the emulator that gave it."""

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(_PUBLIC_EXPONENT, _KEY_BITS)

    def sign(self, claims: Mapping[str, Any]) -> str:
        return jwt.encode(dict(claims), self._key, _ALGORITHM, headers={"kid": _KEY_ID})

    def claims_of(self, token: str, *, issuer: str, audience: str) -> Mapping[str, Any]:
        """Raises jwt.InvalidTokenError: not ours, for somebody else, or expired."""
        claims: Mapping[str, Any] = jwt.decode(
            token, self._key.public_key(), [_ALGORITHM], issuer=issuer, audience=audience
        )
        return claims

    def published(self) -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {**public, "kid": _KEY_ID, "use": "sig", "alg": _ALGORITHM}
