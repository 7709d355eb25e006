"""Officers' ID tokens, against an issuer on this machine."""

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shared.adapters.token_verifier import TokenVerifier
from shared.usecases.ports import BadToken, Claims, IssuerAway
from tests.contract.issuer import AUDIENCE, Issuer, key, running_issuer
from tests.emulators import silence

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running_issuer() as issuer:
        yield issuer


@pytest.fixture
def verifier(issuer: Issuer) -> TokenVerifier:
    return TokenVerifier(issuer.address, AUDIENCE)


def part(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def forged(issuer: Issuer, algorithm: str, secret: bytes = b"") -> str:
    """A token that asks to be checked in a way that needs no private key."""
    claims = issuer.claims(iat=1, exp=4102444800)
    signed = f"{part({'alg': algorithm, 'kid': 'rsa1'})}.{part(claims)}"
    mac = hmac.digest(secret, signed.encode(), "sha256") if secret else b""
    return f"{signed}.{urlsafe_b64encode(mac).decode().rstrip('=')}"


@pytest.mark.parametrize("signed_by", ["rsa1", "ec1"])
def test_a_good_token_names_the_account(
    issuer: Issuer, verifier: TokenVerifier, signed_by: str
) -> None:
    """The subject is bound to its issuer."""
    claims = verifier.verify(issuer.token(signed_by))

    assert claims == Claims(f"{issuer.address}|109", "Wayan@badung.example")


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": LONG_AGO},
        {"exp": None},
        {"aud": "another"},
        {"aud": None},
        {"iss": "https://another.example"},
        {"iss": None},
        {"sub": None},
        {"email": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
        {"nbf": datetime.now(UTC) + timedelta(hours=1)},
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(
    issuer: Issuer, verifier: TokenVerifier, claims: dict[str, Any]
) -> None:
    """However well it is signed."""
    with pytest.raises(BadToken):
        verifier.verify(issuer.token(**claims))


def test_a_key_that_the_issuer_does_not_show_signs_nothing(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    """Nor does a strange key under a known name."""
    strange = jwt.encode(issuer.claims(), key("rsa2"), "RS256", headers={"kid": "rsa1"})

    for token in (issuer.token("rsa2"), strange):
        with pytest.raises(BadToken):
            verifier.verify(token)


def test_the_token_does_not_choose_how_it_is_checked(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    """Neither unsigned, nor with the public key taken for a shared secret."""
    public = key("rsa1").public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    for token in (forged(issuer, "none"), forged(issuer, "HS256", pem)):
        with pytest.raises(BadToken):
            verifier.verify(token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é.é.é", "e30.e30.e30", "\ud800"])
def test_what_is_no_token_is_refused(verifier: TokenVerifier, token: str) -> None:
    """Whatever was sent in its place."""
    with pytest.raises(BadToken):
        verifier.verify(token)


def test_a_refusal_does_not_repeat_the_token(issuer: Issuer, verifier: TokenVerifier) -> None:
    """Messages reach logs, and an expired token still names a person."""
    token = issuer.token(exp=LONG_AGO)

    with pytest.raises(BadToken) as refused:
        verifier.verify(token)

    assert not any(piece in str(refused.value) for piece in token.split("."))


def test_a_new_key_of_the_issuer_is_looked_up(issuer: Issuer) -> None:
    """And the one that it no longer shows is refused."""
    verifier = TokenVerifier(issuer.address, AUDIENCE, seconds_between_looks=0)
    verifier.verify(issuer.token("rsa1"))
    issuer.published = ["rsa2"]

    assert verifier.verify(issuer.token("rsa2"))
    with pytest.raises(BadToken):
        verifier.verify(issuer.token("rsa1"))


def test_the_keys_are_asked_for_once(issuer: Issuer, verifier: TokenVerifier) -> None:
    """Unknown names do not make every request a request to the issuer."""
    for signed_by in ("rsa1", "ec1", "rsa1"):
        verifier.verify(issuer.token(signed_by))
    with pytest.raises(BadToken):
        verifier.verify(issuer.token("rsa2"))

    assert issuer.asked == 1


def test_an_issuer_that_is_away_is_told_from_a_bad_token(issuer: Issuer) -> None:
    """Time may heal it; a silent one is given up within seconds."""
    with silence() as address:
        for away in ("http://127.0.0.1:1", f"http://{address}"):
            with pytest.raises(IssuerAway):
                TokenVerifier(away, AUDIENCE).verify(issuer.token(iss=away))


def test_an_address_that_answers_for_another_issuer_is_not_trusted(
    issuer: Issuer, verifier: TokenVerifier
) -> None:
    """Its keys are not the issuer's."""
    issuer.claims_to_be = "https://another.example"

    with pytest.raises(IssuerAway):
        verifier.verify(issuer.token())
