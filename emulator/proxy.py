"""A function in another process, as a WSGI application."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import httpx
from werkzeug.wrappers import Request, Response

from emulator.problems import problem

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

# Longer than any function may take.
_SECONDS = 600
# What concerns one connection only (RFC 9110, 7.6.1), and the length, which is counted anew.
_OF_THE_CONNECTION = frozenset({
    "connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length",
})  # fmt: skip


class Proxy:
    def __init__(self, url: str, name: str) -> None:
        self._name = name
        self._client = httpx.Client(base_url=url, timeout=_SECONDS, trust_env=False)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        request = Request(environ)
        try:
            response = self._answer(request)
        except httpx.TransportError:
            response = problem(502, "function-away", f"{self._name} does not answer.")
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        sent = self._client.build_request(
            request.method,
            request.full_path.removesuffix("?"),
            headers=_forwarded(request.headers),
            content=request.get_data(),
        )
        got = self._client.send(sent, stream=True)
        try:
            # Raw: what the function compressed stays compressed, as its headers say.
            return Response(
                b"".join(got.iter_raw()), got.status_code, _forwarded(got.headers.multi_items())
            )
        finally:
            got.close()


def _forwarded(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in headers if name.lower() not in _OF_THE_CONNECTION]
