"""The JSON API, as far as Google's client library uses it for objects."""

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from emulator.storage.buckets import Bucket, Buckets
from emulator.storage.messages import Request, Response, json_response
from emulator.storage.multipart import parts
from emulator.storage.objects import Conditions, Made, Objects
from emulator.storage.ranges import asked
from emulator.storage.refusals import invalid, unimplemented
from emulator.storage.resources import headers_of, resource_of
from emulator.storage.sessions import Sessions

_PAGE = 1000
_CONDITIONS = (
    "ifGenerationMatch",
    "ifGenerationNotMatch",
    "ifMetagenerationMatch",
    "ifMetagenerationNotMatch",
)
_OBJECT = "/b/([^/]+)/o/([^/]+)"
_ROUTES = tuple(
    (methods, re.compile(path), name)
    for methods, path, name in (
        (("POST",), "/storage/v1/b", "_new_bucket"),
        (("GET",), "/storage/v1/b/([^/]+)", "_get_bucket"),
        (("GET",), "/storage/v1/b/([^/]+)/o", "_list"),
        (("GET",), f"(?:/download)?/storage/v1{_OBJECT}", "_get"),
        (("DELETE",), f"/storage/v1{_OBJECT}", "_delete"),
        (("POST", "PUT", "DELETE"), "/upload/storage/v1/b/([^/]+)/o", "_upload"),
    )
)
_UNKNOWN_TYPE = "application/octet-stream"


class JsonApi:
    """Below /storage/v1, /download/storage/v1 and /upload/storage/v1. `done`: of a new object."""

    def __init__(
        self, buckets: Buckets, objects: Objects, sessions: Sessions, done: Callable[[], None]
    ) -> None:
        self._buckets = buckets
        self._objects = objects
        self._sessions = sessions
        self._done = done

    def answer(self, request: Request) -> Response:
        """Raises Refused."""
        for methods, pattern, name in _ROUTES:
            found = pattern.fullmatch(request.path)
            if found and request.method in methods:
                answering: Callable[..., Response] = getattr(self, name)
                return answering(request, *map(unquote, found.groups()))
        return unimplemented(f"{request.method} {request.path}")

    def _new_bucket(self, request: Request) -> Response:
        bucket = Bucket(json.loads(request.body())["name"])
        self._buckets.declare([bucket])
        return json_response(_shown(bucket))

    def _get_bucket(self, _: Request, bucket: str) -> Response:
        return json_response(_shown(self._buckets.get(bucket)))

    def _list(self, request: Request, bucket: str) -> Response:
        self._buckets.get(bucket)
        given = request.parameters
        most = min(int(given.get("maxResults", _PAGE)), _PAGE)
        prefix, after = given.get("prefix", ""), given.get("pageToken", "")
        found = self._objects.below(bucket, prefix, after, most + 1)
        more = {"nextPageToken": found[most - 1].name} if len(found) > most else {}
        items = [resource_of(each) for each in found[:most]]
        return json_response({"kind": "storage#objects", "items": items, **more})

    def _get(self, request: Request, bucket: str, name: str) -> Response:
        found = self._objects.get(bucket, name)
        if request.parameters.get("alt") != "media":
            return json_response(resource_of(found))
        wanted = asked(request.headers.get("range"), found.size)
        body = self._objects.read(found, wanted.start, wanted.end)
        length = wanted.end - wanted.start
        if not wanted.is_part:
            return Response(200, headers_of(found), body, length)
        part = {"Content-Range": f"bytes {wanted.start}-{wanted.end - 1}/{found.size}"}
        return Response(206, {**headers_of(found), **part}, body, length)

    def _delete(self, request: Request, bucket: str, name: str) -> Response:
        self._objects.delete(bucket, name, _conditions(request))
        return Response(204)

    def _upload(self, request: Request, bucket: str) -> Response:
        if "upload_id" in request.parameters:
            shown = lambda stored: json.dumps(resource_of(stored)).encode()  # noqa: E731
            return self._sessions.answer(request, shown=shown)
        self._buckets.get(bucket)
        if request.parameters.get("uploadType") == "resumable":
            return self._started(request, bucket)
        about, content = _read(request)
        made = _made(request, bucket, about)
        held = self._objects.contents.new()
        self._objects.contents.append(held, 0, content)
        new = self._objects.finish(made, held, len(content), about)
        self._done()
        return json_response(resource_of(new))

    def _started(self, request: Request, bucket: str) -> Response:
        about = json.loads(request.body() or b"{}")
        named = {"contentType": request.headers.get("x-upload-content-type", _UNKNOWN_TYPE)}
        total = request.headers.get("x-upload-content-length")
        made = _made(request, bucket, {**named, **about})
        location = self._sessions.start(request, made, int(total) if total else None)
        return Response(200, {"Location": location})


def _read(request: Request) -> tuple[Mapping[str, str], bytes]:
    """What is said of an object, and its bytes."""
    type_ = request.headers.get("content-type", _UNKNOWN_TYPE)
    match request.parameters.get("uploadType"):
        case "media":
            return {"contentType": type_}, request.body()
        case "multipart":
            about, content = parts(request.body(), type_)
            return {"contentType": content.type, **json.loads(about.body)}, content.body
        case _:
            return invalid("uploadType is media, multipart or resumable.")


def _made(request: Request, bucket: str, about: Mapping[str, str]) -> Made:
    name = about.get("name") or request.parameters.get("name")
    if not name:
        invalid("An object has a name.")
    return Made(bucket, name, about.get("contentType", _UNKNOWN_TYPE), _conditions(request))


def _conditions(request: Request) -> Conditions:
    given = request.parameters
    return {name: int(given[name]) for name in _CONDITIONS if given.get(name, "").isdigit()}


def _shown(bucket: Bucket) -> Mapping[str, str]:
    return {"kind": "storage#bucket", "id": bucket.name, "name": bucket.name}
