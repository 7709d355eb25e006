"""Messages that SNS posts: whether they are its own, and agreeing to get them.

What is signed and how: docs.aws.amazon.com, "Verifying the signatures of Amazon SNS messages".
"""

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from shared.adapters.settings import setting
from shared.usecases.ports import BadToken, IssuerAway

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

# Elsewhere anybody could keep a certificate of their own.
_HOST = re.compile(r"sns\.[a-z0-9-]+\.amazonaws\.com(\.cn)?")
_SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type",
    ),
}  # fmt: skip
_HASHES = {"1": "SHA1", "2": "SHA256"}
_SECONDS = 5
_LONGEST_ANSWER = 100_000
# SNS changes its certificate about once a year.
_MOST_KEYS = 8

Fetch = Callable[[str], bytes]


class SnsMessages:
    def __init__(self, topic: str, fetch: Fetch) -> None:
        self._topic = topic
        self._fetch = fetch
        self._keys: dict[str, RSAPublicKey] = {}

    def check(self, message: Mapping[str, str]) -> None:
        """Raises BadToken where it is not SNS's, or of another topic; IssuerAway."""
        if not self._topic or message.get("TopicArn") != self._topic:
            raise BadToken
        hash_ = _HASHES.get(message.get("SignatureVersion", ""))
        if message.get("Type") not in _SIGNED or hash_ is None:
            raise BadToken
        key = self._key(message.get("SigningCertURL", ""))
        _verify(key, message.get("Signature", ""), _signed_part(message), hash_)

    def confirm(self, message: Mapping[str, str]) -> None:
        """Of a checked message: from here on SNS posts what the topic gets."""
        self._fetch(_amazon(message["SubscribeURL"]))

    def _key(self, url: str) -> "RSAPublicKey":
        key = self._keys.get(url)
        if key is None:
            key = _key_of(self._fetch(_amazon(url)))
            if len(self._keys) >= _MOST_KEYS:
                self._keys.clear()
            self._keys[url] = key
        return key


def _amazon(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not _HOST.fullmatch(parts.netloc):
        raise BadToken
    return url


def _signed_part(message: Mapping[str, str]) -> bytes:
    names = (name for name in _SIGNED[message["Type"]] if name in message)
    return "".join(f"{name}\n{message[name]}\n" for name in names).encode()


def _key_of(certificate: bytes) -> "RSAPublicKey":
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.x509 import load_pem_x509_certificate

    try:
        key = load_pem_x509_certificate(certificate).public_key()
    except ValueError as error:
        raise BadToken from error
    if not isinstance(key, RSAPublicKey):
        raise BadToken
    return key


def _verify(key: "RSAPublicKey", signature: str, signed: bytes, hash_: str) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15

    try:
        key.verify(b64decode(signature), signed, PKCS1v15(), getattr(hashes, hash_)())
    except (InvalidSignature, ValueError) as error:
        raise BadToken from error


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Only the address that was checked."""


def _fetched(url: str) -> bytes:
    try:
        with build_opener(_NoRedirects).open(Request(url), timeout=_SECONDS) as answer:  # noqa: S310 - an address of SNS
            body: bytes = answer.read(_LONGEST_ANSWER)
    except OSError as error:
        raise IssuerAway from error
    return body


@cache
def sns_messages() -> SnsMessages:
    return SnsMessages(setting("SNS_TOPIC_ARN", ""), _fetched)
