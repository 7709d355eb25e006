"""Cross-origin use of the API by the region's own sites, and by no others (Fetch standard)."""

from collections.abc import Callable, Iterable

from flask import Request, Response

from shared.usecases.ports import StoreAway

_ALLOW = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": (
        "Authorization, Content-Type, Idempotency-Key, Accept-Language"
    ),
    "Access-Control-Expose-Headers": "Location, Retry-After",
    "Access-Control-Max-Age": "3600",
}


def allow(request: Request, response: Response, origins: Callable[[], Iterable[str]]) -> None:
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin is None or origin not in _known(origins):
        return
    response.headers["Access-Control-Allow-Origin"] = origin
    for name, value in _ALLOW.items():
        response.headers[name] = value


def _known(origins: Callable[[], Iterable[str]]) -> Iterable[str]:
    """Without the store nobody is known; the answer itself says what is wrong."""
    try:
        return origins()
    except StoreAway:
        return ()
