"""An OIDC issuer for the seeded officers. It signs in whoever asks: nothing here is secret."""

from datetime import UTC, datetime, timedelta
from typing import Any

from emulator.signing import SigningKey
from shared.domain.directory import Officer

_VALID_FOR = timedelta(hours=12)


class Issuer:
    def __init__(self, url: str, audience: str, key: SigningKey | None = None) -> None:
        self.url = url
        self._audience = audience
        self._key = key or SigningKey()

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
        return {"keys": [self._key.published()]}

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
        return self._key.sign(claims)
