"""Which browsers may talk to a bucket ("Cross-origin resource sharing"): the XML API only."""

from collections.abc import Iterable, Iterator, Mapping

from emulator.storage.buckets import Bucket, Cors
from emulator.storage.messages import Request, Response

_ANY = "*"


def preflight(request: Request, bucket: Bucket) -> Response:
    """Without the headers a browser goes no further."""
    asked = _names(request.headers.get("access-control-request-headers", ""))
    method = request.headers.get("access-control-request-method", "")
    for rule in _fitting(request, bucket, method):
        allowed = {name.lower() for name in rule.headers}
        if _ANY in allowed or {name.lower() for name in asked} <= allowed:
            return Response(200, {**_origin(request), **_allowing(rule, asked)})
    return Response(200)


def exposed(request: Request, bucket: Bucket) -> Mapping[str, str]:
    """What is added to an answer so that the page may read it."""
    for rule in _fitting(request, bucket, request.method):
        return {**_origin(request), "Access-Control-Expose-Headers": ", ".join(rule.headers)}
    return {}


def _fitting(request: Request, bucket: Bucket, method: str) -> Iterator[Cors]:
    origin = request.headers.get("origin")
    for rule in bucket.cors:
        if origin and _holds(rule.origins, origin) and _holds(rule.methods, method):
            yield rule


def _holds(listed: Iterable[str], value: str) -> bool:
    return any(each in (_ANY, value) for each in listed)


def _origin(request: Request) -> Mapping[str, str]:
    return {"Access-Control-Allow-Origin": request.headers["origin"], "Vary": "Origin"}


def _allowing(rule: Cors, asked: Iterable[str]) -> Mapping[str, str]:
    return {
        "Access-Control-Allow-Methods": ", ".join(rule.methods),
        "Access-Control-Allow-Headers": ", ".join(asked),
        "Access-Control-Max-Age": str(rule.seconds),
    }


def _names(header: str) -> list[str]:
    return [name.strip() for name in header.split(",") if name.strip()]
