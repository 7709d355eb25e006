"""The cloud's IAM: private functions are reached by one service account each kind, and no other."""

import secrets
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Protocol

import jwt

from emulator.environment import PROJECT
from emulator.signing import SigningKey
from infra.manifest import Function

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PRIVATE = "/_private/"
PUSH_IDENTITY = f"pubsub-push@{PROJECT}.iam.gserviceaccount.com"
SCHEDULER_IDENTITY = f"scheduler@{PROJECT}.iam.gserviceaccount.com"
_GOOGLE = "https://accounts.google.com"
_VALID_SECONDS = 3600
# Cached like Google's own: signing anew for every push would cost more than the push.
_RENEWED_BEFORE_END = 600


class Gate(Protocol):
    """Where a private function is, and who comes in there."""

    def url_of(self, function: str) -> str: ...

    def scheduler_headers(self, function: str, /) -> Mapping[str, str]: ...

    def lets_in(self, function: Function, proof: str, environ: "WSGIEnvironment", /) -> bool:
        """`proof`: what stands in the path before the function's name."""
        ...


class Iam:
    """As in the cloud: an OIDC token of Google's, made for just this address."""

    def __init__(self, url: str, key: SigningKey, now: Callable[[], float] = time.time) -> None:
        self._url = url
        self._key = key
        self._now = now
        self._tokens: dict[tuple[str, str], tuple[float, str]] = {}

    def url_of(self, function: str) -> str:
        return f"{self._url}{PRIVATE}{function}"

    def token(self, email: str, audience: str) -> str:
        """Of real time, whatever the emulator's clock says, like everything in a token."""
        until, token = self._tokens.get((email, audience), (0.0, ""))
        if until < self._now() + _RENEWED_BEFORE_END:
            until, token = self._now() + _VALID_SECONDS, self._signed(email, audience)
            self._tokens[email, audience] = until, token
        return token

    def scheduler_headers(self, function: str) -> Mapping[str, str]:
        token = self.token(SCHEDULER_IDENTITY, self.url_of(function))
        return {"Authorization": f"Bearer {token}"}

    def lets_in(self, function: Function, proof: str, environ: "WSGIEnvironment") -> bool:
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        read = partial(self._key.claims_of, issuer=_GOOGLE, audience=self.url_of(function.name))
        try:
            claims = read(token) if scheme.lower() == "bearer" and not proof else {}
        except jwt.InvalidTokenError:
            return False
        identity = identity_of(function)
        return identity is not None and claims.get("email") == identity

    def _signed(self, email: str, audience: str) -> str:
        now = int(self._now())
        claims = {"iss": _GOOGLE, "aud": audience, "azp": email, "sub": email, "email": email}
        times = {"iat": now, "exp": now + _VALID_SECONDS}
        return self._key.sign({**claims, "email_verified": True, **times})


class PathToken:
    """For Google's Pub/Sub emulator, which signs nothing: who does not know the path is not it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._token = secrets.token_urlsafe(16)

    def url_of(self, function: str) -> str:
        return f"{self._url}{PRIVATE}{self._token}/{function}"

    def scheduler_headers(self, _: str) -> Mapping[str, str]:
        return {}

    def lets_in(self, function: Function, proof: str, _: "WSGIEnvironment") -> bool:
        knows = secrets.compare_digest(proof.encode(), self._token.encode())
        return knows and identity_of(function) is not None


def identity_of(function: Function) -> str | None:
    """None: it is public and has no other door than its paths."""
    if function.event:
        return PUSH_IDENTITY
    return SCHEDULER_IDENTITY if function.schedule else None
