"""An OIDC issuer for the seeded officers. It signs in whoever asks: nothing here is secret."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from shared.domain.directory import Officer

_KEY_ID = "emulator-1"
_KEY_BITS = 2048
_PUBLIC_EXPONENT = 65537
_VALID_FOR = timedelta(hours=12)


class Issuer:
    """The key is made at start, so that no token outlives the emulator that gave it."""

    def __init__(self, url: str, audience: str) -> None:
        self.url = url
        self._audience = audience
        self._key = rsa.generate_private_key(_PUBLIC_EXPONENT, _KEY_BITS)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint": f"{self.url.removesuffix('/issuer')}/token",
            "response_types_supported": ["id_token"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        public = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": _KEY_ID, "use": "sig", "alg": "RS256"}]}

    def token(self, officer: Officer) -> str:
        """Of real time, whatever the emulator's clock says: its readers check it against theirs."""
        now = datetime.now(UTC)
        claims = {
            "iss": self.url,
            "aud": self._audience,
            "sub": f"local-{officer.id}",
            "email": officer.email,
            "email_verified": True,
            "name": officer.name,
            "iat": now,
            "exp": now + _VALID_FOR,
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": _KEY_ID})
