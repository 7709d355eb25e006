"""Who works at the desk, and how agencies are reached: what is edited there, and its record."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from shared.domain.directory import Agency, Directory, Officer
from shared.domain.plain import plain
from shared.domain.refusals import NotAllowed, require
from shared.domain.scene import Person
from shared.domain.statuses import Role

DESK_ROLES = (
    Role.INTAKE,
    Role.VERIFIER,
    Role.AGENCY,
    Role.COORDINATOR,
    Role.OVERSIGHT,
    Role.ADMIN,
)
# Which account it is, is nobody's decision: the first sign-in binds it. It can only be released.
_NOT_EDITED = frozenset({"id", "subject"})


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a region says of one of its agencies in the place of what was seeded."""

    agency: str
    contact: Mapping[str, str]
    paper: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changed what when. `subject`: officers/{id} or agencies/{id}.

    `changes`: field → before and after, as JSON knows them.
    """

    id: str
    at: datetime
    by: str
    subject: str
    changes: Mapping[str, tuple[Any, Any]]


def check_admin(person: Person) -> None:
    if Role.ADMIN not in person.roles:
        raise NotAllowed


def officer_id(email: str) -> str:
    """Of somebody new: whoever adds the same address twice meets the first record."""
    return "p" + sha256(email.strip().lower().encode()).hexdigest()[:15]


def check_officer(officer: Officer, directory: Directory) -> None:
    """Raises UnableTo. Whether the deputy exists is not looked at: see `check_deputy`."""
    require(officer.roles, "role-needed")
    require(officer.agency in {None, *directory.agencies}, "unknown-agency")
    if Role.AGENCY in officer.roles:
        require(officer.agency, "agency-needed")
    require(not officer.head or Role.AGENCY in officer.roles, "head-of-what")
    if away := officer.deputy:
        require(away.since <= away.until, "days-reversed")


def check_deputy(officer: Officer, deputy: Officer | None, today: date) -> None:
    """Somebody else at the same place who may do the same."""
    fits = deputy and deputy.id != officer.id and deputy.agency == officer.agency
    require(fits and deputy and deputy.roles >= officer.roles, "unknown-deputy")
    require(deputy and deputy.serves(today), "unknown-deputy")


def check_own_record(before: Officer, after: Officer, person: Person) -> None:
    """Whoever keeps the directory cannot lock themselves out of it."""
    if before.id == person.officer:
        require(Role.ADMIN in after.roles and after.until == before.until, "not-yourself")


def amendment_of(agency: Agency) -> Amendment:
    """What stands now, amended or as seeded."""
    return Amendment(agency.id, dict(agency.contact), agency.paper)


def amended(agency: Agency, amendment: Amendment | None) -> Agency:
    if amendment is None:
        return agency
    return replace(agency, contact=dict(amendment.contact), paper=amendment.paper)


def check_amendment(amendment: Amendment) -> None:
    """Printed sheets find their way by hand; all else goes by mail."""
    require(amendment.paper or amendment.contact.get("email"), "address-needed")


def version_of(record: Officer | Amendment) -> str:
    """What an edit was made upon; the account bound meanwhile makes none stale."""
    text = json.dumps(_edited(record), sort_keys=True)
    return sha256(text.encode()).hexdigest()[:16]


def account_mark(officer: Officer) -> str | None:
    """Stands for the account that is bound, and does not tell which it is."""
    return sha256(officer.subject.encode()).hexdigest()[:16] if officer.subject else None


def changes_of_release(reason: str) -> dict[str, tuple[Any, Any]]:
    return {"account": (True, False), "reason": (None, reason)}


def changes_between(
    before: Officer | Amendment | None, after: Officer | Amendment
) -> dict[str, tuple[Any, Any]]:
    old, new = _edited(before) if before else {}, _edited(after)
    return {name: (old.get(name), value) for name, value in new.items() if old.get(name) != value}


def _edited(record: Officer | Amendment) -> dict[str, Any]:
    fields = {name: getattr(record, name) for name in record.__slots__ if name not in _NOT_EDITED}
    if isinstance(record, Officer):
        fields["roles"] = sorted(record.roles)
    return {name: plain(value) for name, value in fields.items()}
