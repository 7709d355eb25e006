"""An OIDC issuer for the seeded officers. It signs in whoever asks: nothing here is secret."""

import secrets
from base64 import b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from emulator.signing import SigningKey
from shared.domain.directory import Officer

_VALID_FOR = timedelta(hours=12)
_CODE_VALID_FOR = timedelta(minutes=1)


class BadGrant(Exception):
    """What was asked is not what was granted, or not any more."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for, once: RFC 6749 4.1, RFC 7636."""

    officer: Officer
    back: str
    challenge: str
    nonce: str
    until: datetime


class Issuer:
    """`site`: where a browser reaches it; `secret`: what its only client proves itself with."""

    def __init__(
        self,
        url: str,
        audience: str,
        key: SigningKey | None = None,
        *,
        site: str | None = None,
        secret: str = "",
    ) -> None:
        self.url = url
        self._audience = audience
        self._key = key or SigningKey()
        self._site = site or url
        self._secret = secret
        self._grants: dict[str, Grant] = {}

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "jwks_uri": f"{self.url}/jwks",
            "authorization_endpoint": f"{self._site}/authorize",
            "token_endpoint": f"{self.url}/token",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self._key.published()]}

    def check(self, asked: Mapping[str, str]) -> None:
        """Whether this is our client, and asks with PKCE. Raises BadGrant."""
        wanted = {
            "client_id": self._audience,
            "response_type": "code",
            "code_challenge_method": "S256",
        }
        if not wanted.items() <= dict(asked).items() or not asked.get("redirect_uri"):
            raise BadGrant

    def granted(self, asked: Mapping[str, str], officer: Officer) -> str:
        """The address that the browser goes back to."""
        self.check(asked)
        code = secrets.token_urlsafe(32)
        self._grants[code] = Grant(
            officer,
            asked["redirect_uri"],
            asked.get("code_challenge", ""),
            asked.get("nonce", ""),
            datetime.now(UTC) + _CODE_VALID_FOR,
        )
        answer = {"code": code, "state": asked.get("state", "")}
        return f"{asked['redirect_uri']}?{urlencode(answer)}"

    def exchanged(self, form: Mapping[str, str], authorization: str) -> dict[str, Any]:
        """Raises BadGrant."""
        grant = self._grants.pop(form.get("code", ""), None)
        if (
            grant is None
            or grant.until < datetime.now(UTC)
            or grant.back != form.get("redirect_uri")
            or grant.challenge != _challenge(form.get("code_verifier", ""))
            or _basic(authorization) != f"{self._audience}:{self._secret}"
        ):
            raise BadGrant
        token = self.token(grant.officer, nonce=grant.nonce)
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": token}

    def token(self, officer: Officer, **more: str) -> str:
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
            **more,
        }
        return self._key.sign(claims)


def _challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


def _basic(authorization: str) -> str:
    try:
        return b64decode(authorization.removeprefix("Basic ")).decode()
    except (NotBase64, UnicodeDecodeError):
        return ""
