"""People of the desk, as edited there; seeding adds those who are missing."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import bounded, client, reaching_the_store, read
from shared.domain.directory import Deputy, Officer
from shared.domain.plain import plain
from shared.domain.statuses import Role
from shared.usecases.ports import StoreAway

if TYPE_CHECKING:
    from google.cloud.firestore import Client


def officer_document(officer: Officer) -> dict[str, Any]:
    """`email_key`: mail addresses are typed in any case, the query compares exactly."""
    roles = sorted(role.value for role in officer.roles)
    return {**plain(officer), "roles": roles, "email_key": _email_key(officer.email)}


def officer_of(document: Mapping[str, Any]) -> Officer:
    known = {name: document[name] for name in Officer.__slots__ if name in document}
    until, deputy = document.get("until"), document.get("deputy")
    parts = {
        "roles": frozenset(Role(role) for role in document["roles"]),
        "until": date.fromisoformat(until) if until else None,
        "deputy": _deputy_of(deputy) if deputy else None,
    }
    return Officer(**{**known, **parts})


def _deputy_of(document: Mapping[str, Any]) -> Deputy:
    since, until = (date.fromisoformat(document[name]) for name in ("since", "until"))
    return Deputy(document["officer"], since, until)


class FirestoreOfficers:
    def __init__(self, store: "Client") -> None:
        self._store = store

    def by_email(self, email: str) -> Officer | None:
        return next(iter(self._where("email_key", _email_key(email))), None)

    def by_id(self, id_: str) -> Officer | None:
        (found,) = read(self._store, self._store.document("officers", id_))
        return officer_of(found.to_dict() or {}) if found.exists else None

    def of_agency(self, agency: str) -> tuple[Officer, ...]:
        return self._where("agency", agency)

    def with_role(self, role: Role) -> tuple[Officer, ...]:
        return self._where("roles", role.value, "array_contains")

    def bind(self, officer: Officer, subject: str) -> None:
        """Of two accounts with the same address, the first one has the record."""
        from google.api_core.exceptions import FailedPrecondition

        reference = self._store.document("officers", officer.id)
        try:
            with reaching_the_store():
                found = reference.get(["subject"], **bounded())
                if found.get("subject") not in (None, subject):
                    raise StoreAway  # Repeated, the request meets the record as it is now.
                unchanged = self._store.write_option(last_update_time=found.update_time)
                reference.update({"subject": subject}, option=unchanged, **bounded())
        except FailedPrecondition as error:
            raise StoreAway from error

    def _where(self, field: str, value: str | None, how: str = "==") -> tuple[Officer, ...]:
        from google.cloud.firestore import FieldFilter

        matching = self._store.collection("officers").where(filter=FieldFilter(field, how, value))
        with reaching_the_store():
            found = matching.get(**bounded())
        return tuple(officer_of(snapshot.to_dict() or {}) for snapshot in found)


def _email_key(email: str) -> str:
    return email.strip().lower()


@cache
def officers() -> FirestoreOfficers:
    return FirestoreOfficers(client())
