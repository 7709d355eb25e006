"""One way in for every HTTP function: route, check, call, answer, log. Nothing here is a rule."""

import json
import re
import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Request, Response
from pydantic import BaseModel

from shared.domain.events import Stamp
from shared.edge import bodies, cors, log, routes
from shared.edge.clock import now
from shared.edge.contract import CSV, Operation
from shared.edge.headers import NO_PAGE, SECURITY
from shared.edge.problems import BUG, Fault, FieldFaults, problem_of
from shared.edge.sheets import sheet_of
from shared.edge.web.languages import preferred
from shared.edge.web.rendering import page_response, wants_page
from shared.usecases.saving import Attempt

ENTROPY_BYTES = 64
_KEY = re.compile(r"[A-Za-z0-9_-]{22,128}")
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
    """`body`: what JSON is made of; None: nothing is said. `page` is what a page says beyond it."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    page: Mapping[str, Any] = field(default_factory=dict)


# What is no JSON answers for itself.
Handler = Callable[[Call], Reply | Response]
Origins = Callable[[], Iterable[str]]


def _nobody() -> Iterable[str]:
    return ()


def serve(
    request: Request, handlers: Mapping[Operation, Handler], *, origins: Origins = _nobody
) -> Response:
    """The answer to a request: a handler's, a problem's, or that of a preflight."""
    started = time.monotonic()
    language = preferred(request)
    line = log.Line(function=request.environ.get("tanggap.function", ""))
    try:
        if request.method == "OPTIONS":
            response = _preflight(request, handlers)
        else:
            operation, path = routes.matched(request, handlers)
            line.operation = operation.name
            call = _call(request, operation, path, language)
            response = _rendered(handlers[operation](call), call)
    except Exception as failure:  # noqa: BLE001 - the one place where failures become answers
        response = _problem(failure, request, language, line)
    cors.allow(request, response, origins)
    line.write(request, response.status_code, time.monotonic() - started)
    return response


def _call(request: Request, operation: Operation, path: Mapping[str, str], language: str) -> Call:
    message = bodies.message_of(request, operation)
    return Call(
        request=request,
        operation=operation,
        path=path,
        message=message,
        language=language,
        address=address_of(request),
        stamp=Stamp(now(), secrets.token_bytes(ENTROPY_BYTES)),
        attempt=_attempt(request, operation, message),
    )


def address_of(request: Request) -> str:
    """The client as the load balancer saw it; what the client itself claims stands further left."""
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    if len(hops) < _CLIENT_FROM_THE_RIGHT:
        return request.remote_addr or ""
    return hops[-_CLIENT_FROM_THE_RIGHT].strip()


def _preflight(request: Request, handlers: Mapping[Operation, Handler]) -> Response:
    methods = sorted({*routes.allowed(request, handlers), "OPTIONS"})
    return Response(status=204, headers={"Allow": ", ".join(methods), **SECURITY})


def _attempt(request: Request, operation: Operation, message: BaseModel | None) -> Attempt | None:
    in_form = getattr(message, "idempotency_key", None)
    key = request.headers.get("Idempotency-Key", in_form)
    if key is None or operation.body is None:
        return None
    return attempt_with(key, request, bodies.raw(request))


def attempt_with(key: str, request: Request, body: bytes) -> Attempt:
    if not _KEY.fullmatch(key):
        raise FieldFaults(Fault("idempotency_key", "bad-key"))
    same = f"{request.method} {request.path}".encode("utf-8", "surrogatepass")
    return Attempt(key, same + b"\n" + body)


def _rendered(reply: Reply | Response, call: Call) -> Response:
    if isinstance(reply, Response):
        return reply
    if reply.body is None:
        return Response(status=reply.status, headers={**NO_PAGE, **reply.headers})
    page = call.operation.page
    if page and wants_page(call.request, call.operation):
        values = {**reply.body, **reply.page}
        return page_response(page, values, reply.status, call.language, reply.headers)
    if call.operation.media == CSV:
        table = sheet_of(**reply.body)
        return _answer(table, reply.status, reply.headers, f"{CSV}; charset=utf-8")
    return _json(reply.body, reply.status, reply.headers, "application/json; charset=utf-8")


def _problem(failure: Exception, request: Request, language: str, line: log.Line) -> Response:
    problem = problem_of(failure)
    if problem is None:
        line.bug = failure
        problem = BUG
    line.code = problem.code
    body = problem.body(language)
    if wants_page(request, None):
        return page_response("problem.html", body, problem.status, language, problem.headers)
    return _json(body, problem.status, problem.headers, "application/problem+json")


def _json(body: Any, status: int, headers: Mapping[str, str], type_: str) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return _answer(text, status, headers, type_)


def _answer(text: str, status: int, headers: Mapping[str, str], type_: str) -> Response:
    return Response(
        text,
        status,
        {**NO_PAGE, **headers},
        content_type=type_,
    )
