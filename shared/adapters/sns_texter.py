"""SMS through SNS. It tells nobody what became of one: `sent` is the last we know."""

from collections.abc import Callable
from functools import cache
from typing import Any

from shared.adapters.aws_client import aws_client, handing_over
from shared.adapters.settings import setting
from shared.usecases.notice_ports import Text, TryAgain


class SnsTexter:
    def __init__(self, client: Callable[[], Any], sender_id: str) -> None:
        self._client = client
        self._sender_id = sender_id

    def send(self, to: str, message: Text) -> str:
        if not self._sender_id:
            raise TryAgain("not-set-up")
        with handing_over():
            answer = self._client().publish(
                PhoneNumber=to,
                Message=message.text,
                MessageAttributes={
                    # Before advertisements, for there are deadlines in it.
                    "AWS.SNS.SMS.SMSType": _attribute("Transactional"),
                    "AWS.SNS.SMS.SenderID": _attribute(self._sender_id),
                    "kind": _attribute(message.kind),
                },
            )
        return str(answer["MessageId"])


def _attribute(value: str) -> dict[str, str]:
    return {"DataType": "String", "StringValue": value}


@cache
def texter() -> SnsTexter:
    return SnsTexter(lambda: aws_client("sns"), setting("SMS_SENDER_ID", ""))
