"""OpenAPI 3.1, made from the same tables that requests are checked by."""

import functools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from shared.edge.contract import JSON, OPERATIONS, Caller, Operation, model
from shared.edge.replies.problems import ProblemDetails

_REF = "#/components/schemas/{model}"
# A part of a path, whatever may stand there.
_NAMED = re.compile(r"<(?:[^<>]+:)?(\w+)>")
_PROBLEM = {"schema": {"$ref": _REF.format(model="ProblemDetails")}}

# Each caller's credentials, and the failures any operation of this caller may answer with.
_SECURITY: Mapping[Caller, list[dict[str, list[str]]]] = {
    Caller.ANYBODY: [],
    Caller.CONTACT: [],
    Caller.HOLDER_OR_PUBLIC: [{}, {"receipt": []}],
    Caller.HOLDER: [{"receipt": []}],
    Caller.HOLDER_OR_OFFICER: [{"receipt": []}, {"token": []}],
    Caller.HOLDER_OFFICER_OR_PUBLIC: [{}, {"receipt": []}, {"token": []}],
    Caller.OFFICER: [{"token": []}],
}
_FAILURES: Mapping[int, str] = {
    400: "Neither JSON nor a form",
    401: "No or bad credentials",
    403: "Not yours",
    404: "Not there",
    409: "The rules say no, stale-revision, or idempotency-mismatch",
    413: "Over 256 KiB; with files in a form, over 8 MiB",
    415: "Another content type",
    422: "Field faults",
    429: "Too often; see Retry-After",
    503: "The store is away; see Retry-After",
}


@functools.cache
def document() -> dict[str, Any]:
    public = [operation for operation in OPERATIONS if operation.caller in _SECURITY]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tanggap",
            "version": "1",
            "description": "Public-service complaints: file, follow, answer.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": _paths(public),
        "components": {"schemas": _schemas(public), "securitySchemes": _SCHEMES},
    }


_SCHEMES = {
    "receipt": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Receipt 4821903477152206`: whoever holds it is the reporter",
    },
    "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
}
_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A random value: same key and body, same answer, no second effect",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22,128}$"},
}


def _paths(operations: Iterable[Operation]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for operation in operations:
        path = _NAMED.sub(r"{\1}", operation.path)
        paths.setdefault(path, {})[operation.method.lower()] = _described(operation)
    return paths


def _described(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.about,
        "security": _SECURITY[operation.caller],
        "parameters": _parameters(operation),
        "responses": _responses(operation),
    }
    if operation.body:
        described["requestBody"] = {"required": True, "content": _content(operation)}
    return described


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    named = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _NAMED.findall(operation.path)
    ]
    if operation.query:
        named += _asked(operation.query)
    return [*named, _KEY] if operation.body else named


def _asked(query: str) -> list[dict[str, Any]]:
    schema = model(query).model_json_schema(ref_template=_REF)
    return [
        {
            "name": name,
            "in": "query",
            "required": name in schema.get("required", ()),
            "schema": each,
        }
        for name, each in schema["properties"].items()
    ]


def _content(operation: Operation) -> dict[str, Any]:
    assert operation.body  # noqa: S101 - only operations with a body are asked
    content = {"application/json": _ref(_name(operation.body))}
    if operation.form:
        form = _ref(_name(operation.form))
        content["application/x-www-form-urlencoded"] = form
        content["multipart/form-data"] = form
    return content


def _responses(operation: Operation) -> dict[str, Any]:
    good = {
        str(status): {"description": operation.about, **_answered(operation, reply)}
        for status, reply in ((operation.status, operation.reply), *operation.also)
    }
    failures = {
        str(status): {"description": about, "content": {"application/problem+json": _PROBLEM}}
        for status, about in _FAILURES.items()
        if status in _possible(operation)
    }
    return {**good, **failures}


def _answered(operation: Operation, reply: str | None) -> dict[str, Any]:
    if reply is None:
        return {}
    if operation.media == JSON:
        return {"content": {JSON: _ref(_name(reply))}}
    return {"content": {operation.media: {"schema": {"type": "string"}}}}


def _possible(operation: Operation) -> set[int]:
    possible = {503}
    if operation.body:
        possible |= {400, 409, 413, 415, 422, 429}
    if operation.query:
        possible |= {422}
    if "<code>" in operation.path:
        possible |= {404, 429}
    if operation.caller is not Caller.ANYBODY:
        possible |= {403}
    if _SECURITY[operation.caller]:
        possible |= {401}
    if operation.caller in {Caller.HOLDER, Caller.HOLDER_OR_OFFICER}:
        possible |= {409}
    return possible


def _schemas(operations: Iterable[Operation]) -> dict[str, Any]:
    models: dict[str, type[BaseModel]] = {"ProblemDetails": ProblemDetails}
    for operation in operations:
        answers = (operation.reply, *(reply for _, reply in operation.also))
        models |= {_name(reply): reply_model(reply) for reply in answers if reply}
        sent = (path for path in (operation.body, operation.form) if path)
        models |= {_name(path): model(path) for path in sent}
    _, schemas = models_json_schema(
        [(each, "validation") for each in models.values()], ref_template=_REF
    )
    found: dict[str, Any] = schemas["$defs"]
    return found


def reply_model(name: str) -> type[BaseModel]:
    """ "module.Model" of `replies`."""
    return model(f"replies.{name}")


def _name(path: str) -> str:
    return path.rpartition(".")[2]


def _ref(name: str) -> dict[str, Any]:
    return {"schema": {"$ref": _REF.format(model=name)}}
