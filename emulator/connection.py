"""HTTP with patience: what time may heal is tried again, everything else is an answer."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import httpx

Message = Mapping[str, Any]

_SECONDS = 30
# Half a minute altogether: longer than a restart of the emulator or of one function takes.
_PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
_LONGEST_PAUSE = 60.0
_TRY_AGAIN = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


class Unreachable(Exception):
    """One sentence for the person who started us."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Message

    @property
    def is_done(self) -> bool:
        return self.status < HTTPStatus.MULTIPLE_CHOICES

    @property
    def is_failure(self) -> bool:
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR

    @property
    def reason(self) -> str:
        """Stable codes only, each with the field it is about; never what was sent."""
        code = self.body.get("code", "no problem+json")
        if code == "field-faults":
            code = ", ".join(f"{fault['field']} {fault['code']}" for fault in self.body["errors"])
        return f"{self.status} {code}"


class Connection:
    """Threads may share it."""

    def __init__(self, url: str, *, connections: int, pauses: tuple[float, ...] = _PAUSES) -> None:
        self.url, self._pauses = url.rstrip("/"), pauses
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
        self._http = httpx.Client(
            base_url=self.url,
            timeout=_SECONDS,
            limits=limits,
            headers={"Accept": "application/json", "Accept-Language": "id"},
            trust_env=False,
        )

    def ask(
        self,
        method: str,
        path: str,
        message: Message | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Raises Unreachable when there is no answer at all after the last pause."""
        request = self._http.build_request(method, path, json=message, headers=headers)
        for pause in self._pauses:
            found = self._tried(request)
            if isinstance(found, httpx.Response) and found.status_code not in _TRY_AGAIN:
                return _answer(found)
            time.sleep(max(pause, _asked_to_wait(found)))
        last = self._tried(request)
        if isinstance(last, httpx.Response):
            return _answer(last)
        name = type(last).__name__
        raise Unreachable(f"{self.url} does not answer ({name}); is it running? make run")

    def _tried(self, request: httpx.Request) -> httpx.Response | httpx.TransportError:
        try:
            return self._http.send(request)
        except httpx.TransportError as failure:
            return failure


def _asked_to_wait(found: httpx.Response | httpx.TransportError) -> float:
    if isinstance(found, httpx.TransportError):
        return 0.0
    seconds = found.headers.get("Retry-After", "")
    return min(float(seconds), _LONGEST_PAUSE) if seconds.isdigit() else 0.0


def _answer(response: httpx.Response) -> Answer:
    """A gateway's own pages are no JSON; their status says enough."""
    if "json" not in response.headers.get("Content-Type", ""):
        return Answer(response.status_code, {})
    return Answer(response.status_code, response.json())
