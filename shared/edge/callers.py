"""Who calls: the holder of a receipt, an officer with a token of the region's issuer, a browser."""

import re
import secrets
from datetime import date

from flask import Request

from shared.domain.directory import Officer
from shared.domain.scene import Person
from shared.edge.problems import NoCredentials
from shared.usecases.ports import Officers, Tokens
from shared.usecases.signing_in import officer_of_account

_COOKIE = "tanggap_supporter"
# What somebody else made up would go back into a header.
_OUR_COOKIE = re.compile(r"[A-Za-z0-9_-]{22}")
_A_YEAR = 365 * 24 * 3600


def receipt_of(request: Request) -> str | None:
    """`Authorization: Receipt 4821903477152206`; None without one."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "receipt":
        return None
    # A header arrives as Latin-1; what was typed is UTF-8.
    return value.encode("latin-1", "replace").decode("utf-8", "replace")


def needed_receipt_of(request: Request) -> str:
    """Raises NoCredentials without one."""
    receipt = receipt_of(request)
    if receipt is None:
        raise NoCredentials
    return receipt


def answer_of(request: Request) -> str | None:
    """`Authorization: Notice 5.aiqs.…`, from the link in a message; None without one."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "notice" and token else None


def officer_of(request: Request, tokens: Tokens, officers: Officers, today: date) -> Officer:
    """The officer on record whose account it is. Raises NoCredentials."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NoCredentials
    officer = officer_of_account(tokens.verify(token), officers, today)
    if officer is None:
        raise NoCredentials
    return officer


def has_credentials(request: Request) -> bool:
    return has_token(request) or receipt_of(request) is not None


def has_token(request: Request) -> bool:
    return request.headers.get("Authorization", "").lower().startswith("bearer ")


def person_of(officer: Officer) -> Person:
    return Person(officer.roles, officer.id, officer.agency, officer.head)


def supporter_of(request: Request) -> str:
    """The random name that this browser keeps, or a new one."""
    kept = request.cookies.get(_COOKIE, "")
    return kept if _OUR_COOKIE.fullmatch(kept) else secrets.token_urlsafe(16)


def kept_by_browser(supporter: str) -> dict[str, str]:
    attributes = f"Max-Age={_A_YEAR}; Path=/; Secure; HttpOnly; SameSite=Lax"
    return {"Set-Cookie": f"{_COOKIE}={supporter}; {attributes}"}
