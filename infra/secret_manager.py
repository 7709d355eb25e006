"""Google's Secret Manager, over its REST interface: two calls need no library of their own."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from infra.rings import RingFault

ENDPOINT = "https://secretmanager.googleapis.com/v1"
_SECONDS = 20
_NOT_FOUND = 404


@dataclass(frozen=True, slots=True)
class SecretManager:
    """`session` signs its requests; see `signed_in`."""

    project: str
    session: Any
    endpoint: str = ENDPOINT

    def latest(self, name: str) -> str | None:
        """None: it has no version yet. Raises RingFault."""
        answer = _sent(self.session.get, f"{self._of(name)}/versions/latest:access")
        if answer.status_code == _NOT_FOUND:
            return None
        return base64.b64decode(_content(answer)["payload"]["data"]).decode()

    def add(self, name: str, text: str) -> str:
        """The number of the new version. Raises RingFault."""
        body = {"payload": {"data": base64.b64encode(text.encode()).decode()}}
        answer = _sent(self.session.post, f"{self._of(name)}:addVersion", json=body)
        return str(_content(answer)["name"]).rpartition("/")[2]

    def _of(self, name: str) -> str:
        return f"{self.endpoint}/projects/{self.project}/secrets/{name}"


def signed_in() -> Any:
    """As whoever `gcloud auth application-default login` signed in. Raises RingFault."""
    import google.auth  # noqa: PLC0415 only who turns keys pays for it
    from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415
    from google.auth.transport.requests import AuthorizedSession  # noqa: PLC0415

    try:
        credentials, _ = google.auth.default(["https://www.googleapis.com/auth/cloud-platform"])
    except GoogleAuthError:
        raise RingFault("not signed in: gcloud auth application-default login") from None
    return AuthorizedSession(credentials)  # type: ignore[no-untyped-call]


def _sent(call: Callable[..., Any], url: str, **more: Any) -> Any:
    """Raises RingFault: what went wrong, never with what was sent."""
    import requests  # noqa: PLC0415
    from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415

    try:
        return call(url, timeout=_SECONDS, **more)
    except (requests.RequestException, GoogleAuthError) as fault:
        raise RingFault(f"Secret Manager cannot be asked ({type(fault).__name__})") from None


def _content(answer: Any) -> dict[str, Any]:
    if not answer.ok:
        raise RingFault(f"Secret Manager answers {answer.status_code}; may you read this secret?")
    found: dict[str, Any] = answer.json()
    return found
