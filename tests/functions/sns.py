"""SNS as it signs and posts, with a certificate of the tests' own."""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from tests.functions.region import SNS_TOPIC

CERTIFICATE_URL = "https://sns.ap-southeast-3.amazonaws.com/SimpleNotificationService-0123.pem"
_HASHES = {"1": hashes.SHA1, "2": hashes.SHA256}
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type",
    ),
}  # fmt: skip


@cache
def key_of(_whose: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate(whose: str = "amazon") -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key_of(whose).public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=3650))
        .sign(key_of(whose), hashes.SHA256())
    )
    return built.public_bytes(serialization.Encoding.PEM)


def signed(message: Mapping[str, str], *, by: str = "amazon") -> dict[str, str]:
    names = [name for name in _SIGNED[message["Type"]] if name in message]
    text = "".join(f"{name}\n{message[name]}\n" for name in names).encode()
    hash_ = _HASHES[message["SignatureVersion"]]()
    signature = key_of(by).sign(text, padding.PKCS1v15(), hash_)
    return {**message, "Signature": b64encode(signature).decode()}


def notification(event: Mapping[str, Any] | str, **fields: str) -> dict[str, str]:
    """Unsigned."""
    text = event if isinstance(event, str) else json.dumps(event)
    return {
        "Type": "Notification",
        "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        "TopicArn": SNS_TOPIC,
        "Message": text,
        "Timestamp": "2026-11-21T01:13:00.000Z",
        "SignatureVersion": "2",
        "SigningCertURL": CERTIFICATE_URL,
        **fields,
    }


def ses(type_: str, **fields: Any) -> dict[str, Any]:
    """As event publishing tells it."""
    mail = {
        "messageId": "p1",
        "timestamp": "2026-11-21T01:12:00.000Z",
        "source": "tanggap@tanggap.example",
        "destination": ["sekar@example.org"],
        **fields.pop("mail", {}),
    }
    return {"eventType": type_, "mail": mail, **fields}


def bounce(kind: str = "Permanent", **fields: Any) -> dict[str, Any]:
    gone = [{"emailAddress": "sekar@example.org", "status": "5.1.1"}]
    return ses("Bounce", bounce={"bounceType": kind, "bouncedRecipients": gone}, **fields)


def complaint(**fields: Any) -> dict[str, Any]:
    by = [{"emailAddress": "sekar@example.org"}]
    return ses("Complaint", complaint={"complainedRecipients": by}, **fields)
