"""One way in for every HTTP function: route, check, call, answer, log. Nothing here is a rule."""

import functools
import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Request, Response
from pydantic import BaseModel
from werkzeug.routing import Map, Rule

from shared.domain.events import Stamp
from shared.edge import bodies, cors, log
from shared.edge.clock import now
from shared.edge.contract import Operation
from shared.edge.pages import page_of, wants_page
from shared.edge.problems import BUG, Fault, FieldFaults, problem_of
from shared.usecases.saving import Attempt

_ENTROPY_BYTES = 64
_KEY = re.compile(r"[A-Za-z0-9_-]{22,128}")
_SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Cross-Origin-Resource-Policy": "same-site",
}
_NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'"
_PRIVATE = {
    "Cache-Control": "private, no-store",
    "Vary": "Authorization, Accept, Accept-Language",
}
# Who answers from behind the load balancer: "<what the client claims>, <client>, <balancer>".
_CLIENT_FROM_THE_RIGHT = 2


@dataclass(frozen=True, slots=True)
class Call:
    """A request as a handler sees it: checked, with time and randomness."""

    request: Request
    operation: Operation
    path: Mapping[str, str]
    message: Any
    language: str
    address: str
    stamp: Stamp
    attempt: Attempt | None

    def attempt_of(self, officer: str | None) -> Attempt | None:
        """An officer is the same under any token; another one with the same words is not."""
        if self.attempt is None or officer is None:
            return self.attempt
        return replace(self.attempt, request=f"{officer}\n".encode() + self.attempt.request)


@dataclass(frozen=True, slots=True)
class Reply:
    """`page` is what a page says beyond the body."""

    body: Mapping[str, Any]
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    page: Mapping[str, Any] = field(default_factory=dict)


Handler = Callable[[Call], Reply]
Origins = Callable[[], Iterable[str]]


def _nobody() -> Iterable[str]:
    return ()


def serve(
    request: Request, handlers: Mapping[Operation, Handler], *, origins: Origins = _nobody
) -> Response:
    """The answer to a request: a handler's, a problem's, or that of a preflight."""
    started = time.monotonic()
    language = _language_of(request)
    line = log.Line(function=request.environ.get("tanggap.function", ""))
    try:
        if request.method == "OPTIONS":
            response = _preflight(request, handlers)
        else:
            operation, path = _matched(request, handlers)
            line.operation = operation.name
            call = _call(request, operation, path, language)
            response = _rendered(handlers[operation](call), call)
    except Exception as failure:  # noqa: BLE001 - the one place where failures become answers
        response = _problem(failure, request, language, line)
    cors.allow(request, response, origins)
    line.write(request, response.status_code, time.monotonic() - started)
    return response


def _language_of(request: Request) -> str:
    """The reader's first language of ours, whatever the country: `en-GB` is English."""
    wanted = (tag[:2].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((language for language in wanted if language in ("id", "en")), "id")


def _matched(
    request: Request, handlers: Mapping[Operation, Handler]
) -> tuple[Operation, Mapping[str, str]]:
    urls = _urls(tuple(handlers)).bind("", url_scheme="https")
    operation, path = urls.match(request.path, method=request.method)
    return operation, path


def _call(request: Request, operation: Operation, path: Mapping[str, str], language: str) -> Call:
    message = bodies.message_of(request, operation)
    return Call(
        request=request,
        operation=operation,
        path=path,
        message=message,
        language=language,
        address=address_of(request),
        stamp=Stamp(now(), secrets.token_bytes(_ENTROPY_BYTES)),
        attempt=_attempt(request, operation, message),
    )


def address_of(request: Request) -> str:
    """The client as the load balancer saw it; what the client itself claims stands further left."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if len(hops) < _CLIENT_FROM_THE_RIGHT:
        return request.remote_addr or ""
    return hops[-_CLIENT_FROM_THE_RIGHT].strip()


@functools.cache
def _urls(operations: tuple[Operation, ...]) -> Map:
    rules = [
        Rule(operation.path, endpoint=operation, methods=[operation.method])
        for operation in operations
    ]
    return Map(rules, strict_slashes=False, merge_slashes=False)


def _preflight(request: Request, handlers: Mapping[Operation, Handler]) -> Response:
    urls = _urls(tuple(handlers)).bind("", url_scheme="https")
    methods = sorted({*urls.allowed_methods(request.path), "OPTIONS"})
    return Response(status=204, headers={"Allow": ", ".join(methods), **_SECURITY})


def _attempt(request: Request, operation: Operation, message: BaseModel | None) -> Attempt | None:
    in_form = getattr(message, "idempotency_key", None)
    key = request.headers.get("Idempotency-Key", in_form)
    if key is None or operation.body is None:
        return None
    if not _KEY.fullmatch(key):
        raise FieldFaults(Fault("idempotency_key", "bad-key"))
    same = f"{request.method} {request.path}".encode("utf-8", "surrogatepass")
    return Attempt(key, same + b"\n" + bodies.raw(request))


def _rendered(reply: Reply, call: Call) -> Response:
    if wants_page(call.request, call.operation):
        return _page({**reply.body, **reply.page}, reply.status, call.language, reply.headers)
    return _json(reply.body, reply.status, reply.headers, "application/json; charset=utf-8")


def _problem(failure: Exception, request: Request, language: str, line: log.Line) -> Response:
    problem = problem_of(failure)
    if problem is None:
        line.bug = failure
        problem = BUG
    line.code = problem.code
    body = problem.body(language)
    if wants_page(request, None):
        return _page(body, problem.status, language, problem.headers)
    return _json(body, problem.status, problem.headers, "application/problem+json")


def _json(body: Mapping[str, Any], status: int, headers: Mapping[str, str], type_: str) -> Response:
    return Response(
        json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        status,
        {**_SECURITY, **_PRIVATE, "Content-Security-Policy": _NO_CONTENT_POLICY, **headers},
        content_type=type_,
    )


def _page(
    body: Mapping[str, Any], status: int, language: str, headers: Mapping[str, str]
) -> Response:
    nonce = secrets.token_urlsafe(16)
    policy = f"{_NO_CONTENT_POLICY}; base-uri 'none'; style-src 'nonce-{nonce}'"
    return Response(
        page_of(body, language, nonce),
        status,
        {**_SECURITY, **_PRIVATE, "Content-Security-Policy": policy, **headers},
        content_type="text/html; charset=utf-8",
    )
