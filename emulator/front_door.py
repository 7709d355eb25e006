"""One address for everything, as the cloud's load balancer gives: paths from the manifest."""

import secrets
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from emulator.problems import problem
from emulator.traffic import Traffic
from infra.manifest import Manifest

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTROL = "/_emulator"
_PUSH = "/_push/"
# Of the balancer itself, the last hop in X-Forwarded-For.
_OWN_ADDRESS = "127.0.0.1"


class FrontDoor:
    def __init__(
        self,
        manifest: Manifest,
        apps: Mapping[str, "WSGIApplication"],
        control: "WSGIApplication",
        traffic: Traffic,
    ) -> None:
        self._manifest = manifest
        self._apps = apps
        self._control = control
        self._traffic = traffic
        # Stands for the token that IAM checks: whoever does not know it is not Pub/Sub.
        self._push_token = secrets.token_urlsafe(16)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith(CONTROL + "/"):
            return self._control(environ, start_response)
        if path.startswith(_PUSH):
            return self._push(environ)(environ, start_response)
        name = self._manifest.function_at(path)
        if name is None:
            return _not_found(path)(environ, start_response)
        environ["HTTP_X_FORWARDED_FOR"] = _hops(environ)
        environ["tanggap.function"] = name
        return self._apps[name](environ, start_response)

    def push_path(self, function: str) -> str:
        return f"{_PUSH}{self._push_token}/{function}"

    def _push(self, environ: "WSGIEnvironment") -> Response:
        token, _, name = environ["PATH_INFO"].removeprefix(_PUSH).partition("/")
        function = self._manifest.functions.get(name)
        if not secrets.compare_digest(token.encode(), self._push_token.encode()):
            return problem(403, "not-pubsub", "Only the Pub/Sub emulator may push.")
        if function is None or function.event is None:
            return problem(404, "no-such-subscriber", "No event function of this name.")
        with self._traffic.push():
            return inside(self._apps, name, {**environ, "PATH_INFO": "/"})


def inside(
    apps: Mapping[str, "WSGIApplication"], function: str, environ: "WSGIEnvironment"
) -> Response:
    """The complete answer of a private function."""
    environ["tanggap.function"] = function
    return Response.from_app(apps[function], environ, buffered=True)


def _hops(environ: "WSGIEnvironment") -> str:
    """What the client claims stays, at the left; the balancer adds whom it saw, and itself."""
    claimed = environ.get("HTTP_X_FORWARDED_FOR")
    return ", ".join(filter(None, (claimed, environ.get("REMOTE_ADDR"), _OWN_ADDRESS)))


def _not_found(path: str) -> Response:
    hint = "See GET /api/openapi.json for the API." if path.startswith("/api") else ""
    return problem(404, "not-found", f"Nothing is served at this path. {hint}".strip())
