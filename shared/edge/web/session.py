"""What a browser keeps for us, signed: nobody can make it up, though its owner could read it.

Never a receipt, an address or a text. Every cookie is HttpOnly, Secure and SameSite; its name binds
one for all paths to the host (`__Host-`, RFC 6265bis), one for a single path to TLS (`__Secure-`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from flask import Request, Response
from itsdangerous import BadSignature, URLSafeSerializer

from shared.usecases.ports import Keys

_EVERYWHERE = "/"
_UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Cookie:
    """`seconds` None: until the browser is closed; 0: forgotten."""

    name: str
    value: str
    seconds: int | None = None
    path: str = _EVERYWHERE
    same_site: Literal["Lax", "Strict"] = "Lax"

    def put(self, response: Response) -> None:
        response.set_cookie(
            _full(self.name, self.path),
            self.value,
            max_age=self.seconds,
            path=self.path,
            secure=True,
            httponly=True,
            samesite=self.same_site,
        )


def kept(request: Request, name: str, path: str = _EVERYWHERE) -> str:
    return request.cookies.get(_full(name, path), "")


def forgotten(name: str) -> Cookie:
    return Cookie(name, "", 0)


def signed(
    name: str, content: Mapping[str, Any], *, keys: Keys, now: datetime, seconds: int
) -> Cookie:
    """`content` as JSON knows it; the name is part of what is signed."""
    until = int(now.timestamp()) + seconds
    return Cookie(name, seal({**content, _UNTIL: until}, name, keys), seconds)


def content_of(
    request: Request, name: str, *, keys: Keys, now: datetime, path: str = _EVERYWHERE
) -> Mapping[str, Any] | None:
    """None: there is none, it is not ours, or its time is over, whatever the browser thinks."""
    content: dict[str, Any] | None = unseal(kept(request, name, path), name, keys)
    if content is None or content.pop(_UNTIL, 0) <= now.timestamp():
        return None
    return content


def seal(content: Any, purpose: str, keys: Keys) -> str:
    return str(_serializer(purpose, keys).dumps(content))


def unseal(text: str, purpose: str, keys: Keys) -> Any:
    """None when it is not ours."""
    try:
        return _serializer(purpose, keys).loads(text)
    except BadSignature:
        return None


def _full(name: str, path: str) -> str:
    return f"{'__Host' if path == _EVERYWHERE else '__Secure'}-tanggap-{name}"


def _serializer(purpose: str, keys: Keys) -> URLSafeSerializer:
    """The last key signs; what a retired one signed is still ours."""
    retired = [secret for id_, secret in keys.secrets.items() if id_ != keys.current]
    signer = {"key_derivation": "hmac", "digest_method": sha256}
    return URLSafeSerializer([*retired, keys.secret], salt=purpose, signer_kwargs=signer)
