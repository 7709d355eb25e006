"""SES and SNS on this machine: moto's server, and a list of what was handed to it.

Nothing goes out to anybody. moto loads with the first message, and forgets all at the end of the
process: reports and notices are kept, the messages themselves are not.
"""

import io
import json
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

AWS_REGION = "ap-southeast-3"
SENDER = "Tanggap <tanggap@tanggap.example>"
# moto's own, for whoever names no other.
_ACCOUNT = "123456789012"
_SEND_MAIL = "/v2/email/outbound-emails"


@dataclass(frozen=True, slots=True)
class SentMessage:
    """`at`: by the emulator's clock."""

    channel: str
    to: str
    text: str
    at: datetime
    kind: str
    subject: str | None = None

    def shown(self) -> dict[str, str]:
        subject = {"subject": self.subject} if self.subject is not None else {}
        named = {"channel": self.channel, "to": self.to, **subject, "text": self.text}
        return {**named, "at": self.at.isoformat(), "kind": self.kind}


class Aws:
    """A WSGI application. `is_away`: asked with every call."""

    def __init__(
        self, now: Callable[[], datetime], is_away: Callable[[], bool] = lambda: False
    ) -> None:
        self._now = now
        self._is_away = is_away
        self._moto: WSGIApplication | None = None
        self._loading = threading.Lock()
        self._sent: list[SentMessage] = []

    def messages(
        self, *, to: str | None = None, since: datetime | None = None
    ) -> list[SentMessage]:
        """Newest last."""
        return [
            each
            for each in tuple(self._sent)
            if (to is None or each.to.lower() == to.lower()) and (since is None or each.at >= since)
        ]

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if self._is_away():
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return []
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        inner = {**environ, "wsgi.input": io.BytesIO(body)}
        taken = True

        def started(status: str, *others: Any) -> Any:
            nonlocal taken
            taken = status.startswith("200")
            return start_response(status, *others)

        answer = b"".join(self._loaded()(inner, started))
        message = _read(environ["PATH_INFO"], body, self._now())
        if taken and message:
            self._sent.append(message)
        return [answer]

    def _loaded(self) -> "WSGIApplication":
        with self._loading:
            self._moto = self._moto or _moto()
        return self._moto


def _moto() -> "WSGIApplication":
    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415 half a second
        DomainDispatcherApplication,
        create_backend_app,
    )
    from moto.ses.models import ses_backends  # noqa: PLC0415

    ses_backends[_ACCOUNT][AWS_REGION].verify_email_identity(parseaddr(SENDER)[1])
    application: WSGIApplication = DomainDispatcherApplication(create_backend_app)
    return application


def _read(path: str, body: bytes, at: datetime) -> SentMessage | None:
    """None: a call that sends nothing."""
    if path == _SEND_MAIL:
        return _mail(json.loads(body), at)
    fields = {name: value for name, (value, *_) in parse_qs(body.decode()).items()}
    return _sms(fields, at) if "PhoneNumber" in fields else None


def _mail(asked: Mapping[str, Any], at: datetime) -> SentMessage:
    content = asked["Content"]["Simple"]
    tags = {tag["Name"]: tag["Value"] for tag in asked.get("EmailTags", ())}
    return SentMessage(
        channel="email",
        to=asked["Destination"]["ToAddresses"][0],
        subject=content["Subject"]["Data"],
        text=content["Body"]["Text"]["Data"],
        at=at,
        kind=tags.get("kind", ""),
    )


def _sms(fields: Mapping[str, str], at: datetime) -> SentMessage:
    """SNS numbers its attributes from 1: `MessageAttributes.entry.1.Name` and so on."""
    named = {value: name for name, value in fields.items() if name.endswith(".Name")}
    kind = named.get("kind", "").removesuffix("Name")
    return SentMessage(
        channel="sms",
        to=fields["PhoneNumber"],
        text=fields["Message"],
        at=at,
        kind=fields.get(f"{kind}Value.StringValue", ""),
    )
