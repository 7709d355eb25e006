"""From bytes to a checked message: JSON, or a form with the same names (nested ones dotted).

What is asked with GET stands in the address, by the same rules.
"""

from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Request
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType
from werkzeug.formparser import FormDataParser

from shared.edge.contract import Operation, model
from shared.edge.file_parts import FIELD, told_apart
from shared.edge.problems import Fault, FieldFaults, MalformedBody, named, unfit

MAX_BYTES = 256 * 1024
# Files that come with a form, all together; larger ones are uploaded by themselves.
MAX_FILES_BYTES = 8 * 1024 * 1024
_JSON = "application/json"
_URLENCODED = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_FORMS = frozenset({_URLENCODED, _MULTIPART})
# Cloud Run takes no larger request.
_MOST_EVER = 32 * 1024 * 1024
# What decoding leaves where the bytes of a part were no UTF-8.
_NO_UTF8 = "\ufffd"


class _Nowhere(BytesIO):
    """Where a file goes that nobody wants."""

    def __init__(self, *_args: Any, **_about: Any) -> None:
        super().__init__()

    def write(self, data: Any, /) -> int:
        return len(data)


def message_of(request: Request, operation: Operation) -> BaseModel | None:
    if operation.query:
        return _asked(request, operation.query)
    if operation.body is None:
        return None
    if operation.form and request.mimetype in _FORMS:
        return message_from(fields_of(request, files=operation.files), operation.form)
    data = _read(request)
    if request.mimetype != _JSON:
        raise UnsupportedMediaType
    try:
        return model(operation.body).model_validate_json(data, strict=True)
    except ValidationError as failure:
        raise unfit(failure) from None


def fields_of(request: Request, *, files: bool = False) -> "MultiDict[str, str]":
    """What a form of any page holds, at most as much as fits a body. `files`: it may bring some."""
    if request.mimetype not in _FORMS:
        raise UnsupportedMediaType
    with_files = files and request.mimetype == _MULTIPART
    _read(request, MAX_BYTES + MAX_FILES_BYTES if with_files else MAX_BYTES)
    return _fields(request, {FIELD} if with_files else set())


def typed_in(request: Request) -> "MultiDict[str, str]":
    """What stands in the fields of a form. Files that made it too large are read past and left."""
    length = request.content_length or 0
    if length <= MAX_BYTES + MAX_FILES_BYTES:
        return request.form
    if length > _MOST_EVER:
        return MultiDict()
    request.max_content_length = _MOST_EVER
    parser = FormDataParser(_Nowhere, max_form_memory_size=MAX_BYTES)
    return parser.parse(request.stream, request.mimetype, length, request.mimetype_params)[1]


def message_from(form: "MultiDict[str, str]", name: str) -> BaseModel:
    """`name`: "module.Model", see `contract.model`."""
    try:
        return model(name).model_validate_strings(_nested(form))
    except ValidationError as failure:
        raise unfit(failure) from None


def _asked(request: Request, query: str) -> BaseModel:
    try:
        return model(query).model_validate_strings(dict(_given_once(request.args)))
    except ValidationError as failure:
        raise unfit(failure) from None


def raw(request: Request) -> bytes:
    """The same bytes for the same request. Multipart boundaries differ from try to try."""
    if request.mimetype == _JSON:
        return request.get_data()
    said = [*sorted(request.form.items(multi=True)), *told_apart(request)]
    return repr(said).encode("utf-8", "surrogatepass")


def _read(request: Request, most: int = MAX_BYTES) -> bytes:
    """A body that came without its length ends silently at the limit: one byte more tells."""
    if (request.content_length or 0) > most:
        raise RequestEntityTooLarge
    request.max_content_length = most + 1
    request.max_form_memory_size = MAX_BYTES
    data = request.get_data()
    if len(data) > most:
        raise RequestEntityTooLarge
    return data


def _fields(request: Request, bringing: Collection[str]) -> "MultiDict[str, str]":
    """`bringing`: the names under which files may come."""
    if request.mimetype == _URLENCODED:
        _check_utf8(request.get_data())
        return request.form
    brought = request.files.items(multi=True)
    if any(upload.filename and name not in bringing for name, upload in brought):
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


def _given_once(form: "MultiDict[str, str]") -> Iterator[tuple[str, str]]:
    """Of two values nobody could tell which one was meant."""
    for name, values in form.lists():
        if len(values) > 1:
            raise FieldFaults(Fault(".".join(map(named, name.split("."))), "given-twice"))
        yield name, values[0]


def _nested(form: "MultiDict[str, str]") -> dict[str, Any]:
    """`reporter.email=…` → {"reporter": {"email": …}}; a field left empty was not filled in."""
    nested: dict[str, Any] = {}
    for name, value in _given_once(form):
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
