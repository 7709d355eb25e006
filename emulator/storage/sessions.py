"""A session's address, which both APIs give out and take the bytes at."""

from collections.abc import Callable
from http import HTTPStatus

from emulator.storage.messages import Request, Response
from emulator.storage.objects import Made
from emulator.storage.ranges import sent
from emulator.storage.refusals import unimplemented
from emulator.storage.resources import headers_of
from emulator.storage.stored import Stored
from emulator.storage.unfinished import Limits
from emulator.storage.uploads import Uploads

_CANCELLED = 499


class Sessions:
    """`done`: called when an upload is complete, before that is said."""

    def __init__(self, uploads: Uploads, done: Callable[[], None]) -> None:
        self._uploads = uploads
        self._done = done

    def start(
        self, request: Request, made: Made, total: int | None, limits: Limits | None = None
    ) -> str:
        id_ = self._uploads.start(made, total, limits)
        query = f"{request.query}&" if request.query else ""
        return f"http://{request.headers['host']}{request.path}?{query}upload_id={id_}"

    def answer(self, request: Request, *, shown: Callable[[Stored], bytes]) -> Response:
        """`shown`: the object when it is complete."""
        id_ = request.parameters["upload_id"]
        if request.method == "DELETE":
            self._uploads.cancel(id_)
            return Response(_CANCELLED)
        if request.method not in ("PUT", "POST"):
            unimplemented(f"{request.method} of an upload")
        asked = sent(request.headers.get("content-range"), request.length)
        found = self._uploads.receive(id_, asked, request.receive)
        if isinstance(found, Stored):
            self._done()
            return Response(HTTPStatus.OK, _about(found), shown(found))
        if found is None:
            return Response(HTTPStatus.OK)
        return Response(HTTPStatus.PERMANENT_REDIRECT, _so_far(found))


def _so_far(received: int) -> dict[str, str]:
    return {"Range": f"bytes=0-{received - 1}"} if received else {}


def _about(stored: Stored) -> dict[str, str]:
    headers = headers_of(stored)
    kept = ("ETag", "X-Goog-Generation", "X-Goog-Hash", "X-Goog-Stored-Content-Length")
    return {
        "Content-Type": "application/json; charset=UTF-8",
        **{name: headers[name] for name in kept},
    }
