"""What Amazon allows: its accounts begin in a sandbox where only verified addresses are reached."""

from collections.abc import Callable, Iterator
from typing import Any

from infra.readiness.findings import AMAZON, OPERATOR, Case, Finding

# Mails of one day with a hundred reports: filed, routed, answered, closed and the digests.
_MAILS_A_DAY = 1000

Client = Callable[[str], Any]


def client_in(region: str) -> Client:
    """By the operator's own credentials; boto3 finds them."""
    import boto3  # noqa: PLC0415 only here
    from botocore.config import Config  # noqa: PLC0415

    hasty = Config(connect_timeout=5, read_timeout=10, retries={"total_max_attempts": 2})
    return lambda service: boto3.client(service, region_name=region, config=hasty)


def mail(case: Case, client: Client) -> Iterator[Finding]:
    why = "mail reaches nobody but the verified addresses of our own account"
    how = "AWS console, SES, Request production access; a day or two"
    account, fault = _asked(lambda: client("sesv2").get_account())
    if account is None:
        yield _unseen("the SES account", fault, why)
        return
    if not account["ProductionAccessEnabled"]:
        yield Finding("SES is still in its sandbox", why, AMAZON, how, blocks=not case.training)
    if not account["SendingEnabled"]:
        yield Finding("SES has paused the account", "no mail goes out", AMAZON, "SES console")
    if 0 <= (most := account["SendQuota"]["Max24HourSend"]) < _MAILS_A_DAY:
        yield Finding(
            f"SES allows {most:.0f} mails a day",
            f"a day with a hundred reports takes about {_MAILS_A_DAY}",
            AMAZON,
            "AWS console, Service Quotas, SES: sending quota",
            blocks=False,
        )


def sender_id(case: Case, client: Client) -> Iterator[Finding]:
    """Indonesian carriers deliver from registered sender ids only."""
    wanted = case.settings["mail"]["sms_sender"]
    why = "people without mail learn nothing: carriers drop an SMS of an unknown sender"
    asked = [{"SenderId": wanted, "IsoCountryCode": "ID"}]
    sms = client("pinpoint-sms-voice-v2")
    found, fault = _asked(lambda: sms.describe_sender_ids(SenderIds=asked))
    if fault == "ResourceNotFoundException":
        found = {"SenderIds": []}
    if found is None:
        yield _unseen(f"the sender id {wanted}", fault, why)
    elif not any(each.get("Registered") for each in found["SenderIds"]):
        how = "AWS console, End User Messaging, Registrations: Indonesia; it takes weeks"
        said = f"the sender id {wanted} is not registered in Indonesia"
        yield Finding(said, why, AMAZON, how, blocks=not case.training)


def sms(case: Case, client: Client) -> Iterator[Finding]:
    why = "an SMS reaches only our own verified numbers"
    found, fault = _asked(lambda: client("sns").get_sms_sandbox_account_status())
    if found is None:
        yield _unseen("the SMS sandbox", fault, why)
    elif found["IsInSandbox"]:
        how = "AWS console, SNS, Text messaging, Exit SMS sandbox"
        yield Finding("SMS is still in its sandbox", why, AMAZON, how, blocks=not case.training)


def _asked(ask: Callable[[], Any]) -> tuple[Any, str]:
    """What it said; or None, and why it said nothing."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 only here

    try:
        return ask(), ""
    except ClientError as fault:
        return None, str(fault.response["Error"]["Code"])
    except BotoCoreError as fault:
        return None, type(fault).__name__


def _unseen(what: str, fault: str, why: str) -> Finding:
    how = "sign in to AWS (aws sso login, AWS_PROFILE) and run this again"
    return Finding(f"{what} could not be looked at ({fault})", why, OPERATOR, how)


CHECKS = (mail, sender_id, sms)
