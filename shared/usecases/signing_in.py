"""Who signs in, by whichever way: the officer on record whose account it is."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from shared.domain.directory import Officer
from shared.usecases.ports import Claims, Officers


@dataclass(frozen=True, slots=True)
class Trip:
    """One journey to the issuer and back, all random: RFC 6749 state, OIDC nonce, RFC 7636."""

    state: str
    nonce: str
    verifier: str


class SignIns(Protocol):
    def address(self, trip: Trip) -> str:
        """Where the issuer asks who it is. Raises IssuerAway."""
        ...

    def token(self, code: str, trip: Trip) -> str:
        """The ID token for the code that came back, unchecked. Raises BadToken and IssuerAway."""
        ...


def officer_of_account(claims: Claims, officers: Officers, today: date) -> Officer | None:
    """The first sign-in binds the record to the account that made it."""
    officer = officers.by_email(claims.email)
    if officer is None or not officer.serves(today):
        return None
    if officer.subject is None:
        officers.bind(officer, claims.subject)
        return officer
    return officer if officer.subject == claims.subject else None


def officer_still(id_: str, subject: str, officers: Officers, today: date) -> Officer | None:
    """Whoever signed in a while ago, as the record is now."""
    officer = officers.by_id(id_)
    if officer is None or officer.subject != subject:
        return None
    return officer if officer.serves(today) else None
