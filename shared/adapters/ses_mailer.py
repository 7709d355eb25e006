"""Mail through SES v2."""

from collections.abc import Callable
from functools import cache
from typing import Any

from shared.adapters.aws_client import aws_client, handing_over
from shared.adapters.settings import setting
from shared.usecases.notice_ports import Mail, TryAgain

_UTF8 = "UTF-8"


class SesMailer:
    def __init__(self, client: Callable[[], Any], sender: str, configuration_set: str) -> None:
        self._client = client
        self._sender = sender
        self._set = {"ConfigurationSetName": configuration_set} if configuration_set else {}

    def send(self, to: str, message: Mail) -> str:
        """SES knows no key against doubles: what it is asked twice it sends twice."""
        if not self._sender:
            raise TryAgain("not-set-up")
        with handing_over():
            answer = self._client().send_email(
                FromEmailAddress=self._sender,
                Destination={"ToAddresses": [to]},
                Content={"Simple": _content(message)},
                EmailTags=[
                    {"Name": "notice", "Value": message.notice},
                    {"Name": "kind", "Value": message.kind},
                ],
                **self._set,
            )
        return str(answer["MessageId"])


def _content(message: Mail) -> dict[str, Any]:
    parts = {"Text": message.text, "Html": message.html}
    return {
        "Subject": {"Data": message.subject, "Charset": _UTF8},
        "Body": {name: {"Data": text, "Charset": _UTF8} for name, text in parts.items()},
        "Headers": [{"Name": name, "Value": value} for name, value in _headers(message)],
    }


def _headers(message: Mail) -> list[tuple[str, str]]:
    """Away-messages are not to answer; one click ends such mails (RFC 3834, RFC 8058)."""
    automatic = [("Auto-Submitted", "auto-generated")]
    if message.unsubscribe is None:
        return automatic
    return [
        *automatic,
        ("List-Unsubscribe", f"<{message.unsubscribe}>"),
        ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    ]


@cache
def mailer() -> SesMailer:
    """Until a region has set up mail its notices wait."""
    sender, results = setting("SENDER", ""), setting("SES_CONFIGURATION_SET", "")
    return SesMailer(lambda: aws_client("sesv2"), sender, results)
