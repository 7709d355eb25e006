"""What Amazon does not allow yet, as its own services answer."""

from collections.abc import Mapping
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from infra.commands import preflight
from infra.readiness import amazon
from tests.infra.readiness.cases import case, said

MAIL = {"region": "ap-southeast-3", "sms_sender": "TANGGAP"}
READY = {
    "ProductionAccessEnabled": True,
    "SendingEnabled": True,
    "SendQuota": {"Max24HourSend": 50000.0},
}
REGISTERED = {
    "SenderIdArn": "arn",
    "SenderId": "TANGGAP",
    "IsoCountryCode": "ID",
    "MessageTypes": ["TRANSACTIONAL"],
    "MonthlyLeasingPrice": "0",
    "DeletionProtectionEnabled": False,
    "Registered": True,
}
OPEN: dict[str, Any] = {
    "sesv2": READY,
    "sns": {"IsInSandbox": False},
    "pinpoint_sms_voice_v2": {"SenderIds": [REGISTERED]},
}
_CALLS = {
    "sesv2": "get_account",
    "sns": "get_sms_sandbox_account_status",
    "pinpoint-sms-voice-v2": "describe_sender_ids",
}


def account(**answers: Mapping[str, Any] | str) -> amazon.Client:
    """Each service answers once; a text is the code of its refusal."""

    def client(service: str) -> Any:
        made = boto3.client(
            service, region_name="ap-southeast-3", aws_access_key_id="a", aws_secret_access_key="s"
        )
        stub, call, answer = Stubber(made), _CALLS[service], answers[service.replace("-", "_")]
        if isinstance(answer, str):
            stub.add_client_error(call, answer)
        else:
            stub.add_response(call, dict(answer))
        stub.activate()
        return made

    return client


@pytest.mark.parametrize(
    ("service", "answer", "words"),
    [
        ("sesv2", READY, ""),
        ("sesv2", {**READY, "ProductionAccessEnabled": False}, "SES is still in its sandbox"),
        ("sesv2", {**READY, "SendingEnabled": False}, "SES has paused the account"),
        ("sesv2", {**READY, "SendQuota": {"Max24HourSend": 200.0}}, "SES allows 200 mails a day"),
        ("sesv2", "AccessDenied", "the SES account could not be looked at (AccessDenied)"),
        ("sns", {"IsInSandbox": True}, "SMS is still in its sandbox"),
        (
            "pinpoint_sms_voice_v2",
            {"SenderIds": [{**REGISTERED, "Registered": False}]},
            "the sender id TANGGAP is not registered in Indonesia",
        ),
        (
            "pinpoint_sms_voice_v2",
            "ResourceNotFoundException",
            "the sender id TANGGAP is not registered in Indonesia",
        ),
    ],
)
def test_what_amazon_does_not_allow_yet_is_found(
    service: str, answer: Mapping[str, Any] | str, words: str
) -> None:
    """That alone: the other services are open."""
    findings = preflight.amazon_findings(case(mail=MAIL), account(**{**OPEN, service: answer}))

    assert said(findings) == words


def test_a_region_without_mail_asks_amazon_nothing() -> None:
    """The files say already that there is none."""
    assert said(preflight.amazon_findings(case(), account())) == ""
