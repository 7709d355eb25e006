"""From bytes to a checked message: JSON, or a form with the same names (nested ones dotted).

What is asked with GET stands in the address, by the same rules.
"""

from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Request
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from shared.edge.contract import Operation, model
from shared.edge.problems import Fault, FieldFaults, MalformedBody, named, unfit

MAX_BYTES = 256 * 1024
_JSON = "application/json"
_URLENCODED = "application/x-www-form-urlencoded"
_FORMS = frozenset({_URLENCODED, "multipart/form-data"})
# What decoding leaves where the bytes of a part were no UTF-8.
_NO_UTF8 = "\ufffd"


def message_of(request: Request, operation: Operation) -> BaseModel | None:
    if operation.query:
        return _asked(request, operation.query)
    if operation.body is None:
        return None
    data = _read(request)
    try:
        if request.mimetype == _JSON:
            return model(operation.body).model_validate_json(data, strict=True)
    except ValidationError as failure:
        raise unfit(failure) from None
    if operation.form:
        return message_from(fields_of(request), operation.form)
    raise UnsupportedMediaType


def fields_of(request: Request) -> "MultiDict[str, str]":
    """What a form of any page holds, at most as much as fits a body."""
    if request.mimetype not in _FORMS:
        raise UnsupportedMediaType
    _read(request)
    return _fields(request)


def message_from(form: "MultiDict[str, str]", name: str) -> BaseModel:
    """`name`: "module.Model", see `contract.model`."""
    try:
        return model(name).model_validate_strings(_nested(form))
    except ValidationError as failure:
        raise unfit(failure) from None


def _asked(request: Request, query: str) -> BaseModel:
    try:
        return model(query).model_validate_strings(request.args.to_dict())
    except ValidationError as failure:
        raise unfit(failure) from None


def raw(request: Request) -> bytes:
    """The same bytes for the same request. Multipart boundaries differ from try to try."""
    if request.mimetype == _JSON:
        return request.get_data()
    return repr(sorted(request.form.items(multi=True))).encode("utf-8", "surrogatepass")


def _read(request: Request) -> bytes:
    """A body that came without its length ends silently at the limit: one byte more tells."""
    if (request.content_length or 0) > MAX_BYTES:
        raise RequestEntityTooLarge
    request.max_content_length = MAX_BYTES + 1
    request.max_form_memory_size = MAX_BYTES
    data = request.get_data()
    if len(data) > MAX_BYTES:
        raise RequestEntityTooLarge
    return data


def _fields(request: Request) -> "MultiDict[str, str]":
    if request.mimetype == _URLENCODED:
        _check_utf8(request.get_data())
        return request.form
    if any(upload.filename for upload in request.files.values()):
        raise FieldFaults(Fault("attachments", "no-files"))
    for name, value in request.form.items(multi=True):
        if name is None or _NO_UTF8 in name + value:
            raise MalformedBody
    return request.form


def _check_utf8(data: bytes) -> None:
    """werkzeug would leave such bytes in the text, written as %FF."""
    try:
        unquote_to_bytes(data).decode()
    except UnicodeDecodeError:
        raise MalformedBody from None


def _nested(form: "MultiDict[str, str]") -> dict[str, Any]:
    """`reporter.email=…` → {"reporter": {"email": …}}; a field left empty was not filled in."""
    nested: dict[str, Any] = {}
    for name, value in form.items():
        if not value.strip() and name != "website":
            continue
        *parents, last = name.split(".")
        branch = nested
        for parent in parents:
            branch = branch.setdefault(parent, {})
            if not isinstance(branch, dict):
                raise FieldFaults(Fault(named(parents[0]), "invalid"))
        branch[last] = value
    return nested
