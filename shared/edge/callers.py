"""Who calls: the holder of a receipt, or an officer with a token of the region's issuer."""

from flask import Request

from shared.domain.directory import Officer
from shared.domain.scene import Person
from shared.edge.problems import NoCredentials
from shared.usecases.ports import Officers, Tokens


def receipt_of(request: Request) -> str | None:
    """`Authorization: Receipt 4821903477152206`; None without one."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "receipt":
        return None
    # A header arrives as Latin-1; what was typed is UTF-8.
    return value.encode("latin-1", "replace").decode("utf-8", "replace")


def officer_of(request: Request, tokens: Tokens, officers: Officers) -> Officer:
    """The officer on record. The first sign-in binds the record to the account that made it."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NoCredentials
    claims = tokens.verify(token)
    officer = officers.by_email(claims.email)
    if officer is None:
        raise NoCredentials
    if officer.subject is None:
        officers.bind(officer, claims.subject)
    elif officer.subject != claims.subject:
        raise NoCredentials
    return officer


def person_of(officer: Officer) -> Person:
    return Person(officer.roles, officer.id, officer.agency, officer.head)
