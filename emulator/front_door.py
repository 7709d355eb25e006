"""One address for everything, as the cloud's load balancer gives: paths from the manifest."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from emulator.iam import PRIVATE, Gate
from emulator.problems import problem
from emulator.traffic import Traffic
from infra.manifest import Manifest

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTROL = "/_emulator"
# Of the balancer itself, the last hop in X-Forwarded-For.
_OWN_ADDRESS = "127.0.0.1"


class FrontDoor:
    def __init__(
        self,
        manifest: Manifest,
        apps: Mapping[str, "WSGIApplication"],
        control: "WSGIApplication",
        *,
        gate: Gate,
        traffic: Traffic,
    ) -> None:
        self._manifest = manifest
        self._apps = apps
        self._control = control
        self._gate = gate
        self._traffic = traffic

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == CONTROL or path.startswith(CONTROL + "/"):
            return self._control(environ, start_response)
        if path.startswith(PRIVATE):
            return self._private(environ)(environ, start_response)
        name = self._manifest.function_at(path)
        if name is None:
            return _not_found(path)(environ, start_response)
        environ["HTTP_X_FORWARDED_FOR"] = _hops(environ)
        environ["tanggap.function"] = name
        with self._traffic.request():
            return self._apps[name](environ, start_response)

    def _private(self, environ: "WSGIEnvironment") -> Response:
        proof, _, name = environ["PATH_INFO"].removeprefix(PRIVATE).rpartition("/")
        function = self._manifest.functions.get(name)
        if function is None or not self._gate.lets_in(function, proof, environ):
            return problem(403, "not-allowed", "Only its own service account may call this.")
        with self._traffic.call():
            inner = {**environ, "PATH_INFO": "/", "tanggap.function": name}
            return Response.from_app(self._apps[name], inner, buffered=True)


def _hops(environ: "WSGIEnvironment") -> str:
    """What the client claims stays, at the left; the balancer adds whom it saw, and itself."""
    claimed = environ.get("HTTP_X_FORWARDED_FOR")
    return ", ".join(filter(None, (claimed, environ.get("REMOTE_ADDR"), _OWN_ADDRESS)))


def _not_found(path: str) -> Response:
    hint = "See GET /api/openapi.json for the API." if path.startswith("/api") else ""
    return problem(404, "not-found", f"Nothing is served at this path. {hint}".strip())
