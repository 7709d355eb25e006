"""What the functions find in their environment here; the region's Terraform sets the same names."""

import json
import os
from base64 import b64encode
from collections.abc import Mapping

from emulator.aws import AWS_REGION, SENDER

PROJECT = "tanggap-local"
AUDIENCE = "tanggap"
CLIENT_SECRET = "development only"  # noqa: S105 as all that is secret here
# Enough for a demonstration that files hundreds of reports from one machine.
_REPORTS_PER_MINUTE = "600"


def environment(
    control_url: str, google: Mapping[str, str], *, site: str = "", aws: str = ""
) -> dict[str, str]:
    """FIRESTORE_DATABASE stays unset: Google's emulator has the default database only.

    `site`: the front door; `aws`: where SES and SNS are. moto takes any credentials.
    """
    return {
        **google,
        "PUBLIC_URL": site,
        "AWS_ENDPOINT_URL": aws,
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": AWS_REGION,
        "AWS_ROLE_ARN": "",
        "AWS_AUDIENCE": "",
        "SENDER": SENDER,
        "SES_CONFIGURATION_SET": "",
        "SMS_SENDER_ID": "TANGGAP",
        "SNS_TOPIC_ARN": "",
        "NOTICES_TOPIC": "notices",
        "GOOGLE_CLOUD_PROJECT": PROJECT,
        "EVENTS_TOPIC": "report-events",
        "ATTACHMENTS_BUCKET": f"{PROJECT}-attachments",
        "TOKEN_ISSUER": f"{control_url}/_emulator/issuer",
        "TOKEN_AUDIENCE": AUDIENCE,
        "REPORTS_PER_MINUTE": os.environ.get("REPORTS_PER_MINUTE", _REPORTS_PER_MINUTE),
        "RECEIPT_KEYS": _development_keys(b"receipt"),
        "IDENTITY_KEYS": _development_keys(b"identity"),
        "SESSION_KEYS": _development_keys(b"session"),
        "OIDC_CLIENT_SECRET": CLIENT_SECRET,
        "CLOCK_URL": f"{control_url}/_emulator/clock",
    }


def _development_keys(purpose: bytes) -> str:
    """Known to everybody who reads this line: for invented data only."""
    secret = b"development only " + purpose.ljust(15, b".")
    key_id = "development-only"
    return json.dumps({"current": key_id, "secrets": {key_id: b64encode(secret).decode()}})
