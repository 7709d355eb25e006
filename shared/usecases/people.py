"""Edit the directory: officers are added, changed and ended, never removed; contacts amended."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shared.domain.directory import Agency, Directory, Officer
from shared.domain.events import Stamp
from shared.domain.people import (
    Amendment,
    Edit,
    amended,
    amendment_of,
    changes_between,
    check_admin,
    check_amendment,
    check_deputy,
    check_officer,
    check_own_record,
    officer_id,
    version_of,
)
from shared.domain.plain import plain
from shared.domain.refusals import UnableTo, require
from shared.domain.scene import Person, Rules
from shared.domain.statuses import Role
from shared.usecases.failures import NoSuchEntry, StillChanging
from shared.usecases.people_ports import People
from shared.usecases.places import place_of, written
from shared.usecases.views import Reading

_TRIES = 3
_LINES = 25


@dataclass(frozen=True, slots=True)
class Office:
    """Who edits under which rules, and where the records are kept."""

    person: Person
    rules: Rules
    stamp: Stamp
    people: People

    @property
    def today(self) -> date:
        return self.rules.today(self.stamp.at)

    def edit(self, subject: str, before: Any, after: Any) -> Edit:
        return Edit(
            id=self.stamp.random_hex("edit", 0),
            at=self.stamp.at,
            by=self.person.officer or "",
            subject=subject,
            changes=changes_between(before, after),
        )


def add_officer(wanted: Officer, office: Office) -> Officer:
    """The same record added again is the first one. Raises UnableTo."""
    check_admin(office.person)
    officer = replace(wanted, id=officer_id(wanted.email), subject=None)
    _check(officer, office)
    there = office.people.by_email(officer.email)
    if there is None:
        edit = office.edit(f"officers/{officer.id}", None, officer)
        if office.people.add(officer, edit):
            return officer
        there = office.people.by_id(officer.id)
    if there is None or changes_between(there, replace(officer, email=there.email)):
        raise UnableTo("email-taken")
    return there


def change_officer(id_: str, wanted: Officer, version: str, office: Office) -> Officer:
    """All but address and account as wanted. Raises NoSuchEntry and UnableTo."""
    check_admin(office.person)
    for _ in range(_TRIES):
        before = office.people.by_id(id_)
        if before is None:
            raise NoSuchEntry
        after = replace(wanted, id=id_, email=before.email, subject=before.subject)
        if not changes_between(before, after):
            return before
        require(version == version_of(before), "stale-record")
        check_own_record(before, after, office.person)
        _check(after, office)
        if office.people.change(before, after, office.edit(f"officers/{id_}", before, after)):
            return after
    raise StillChanging


def amend_agency(wanted: Amendment, version: str, office: Office) -> Agency:
    """The agency as it is from now on. Raises NoSuchEntry and UnableTo."""
    check_admin(office.person)
    check_amendment(wanted)
    for _ in range(_TRIES):
        kept = office.people.amendment(wanted.agency)
        agency = _agency(wanted.agency, kept, office.rules.directory)
        before = amendment_of(agency)
        if not changes_between(before, wanted):
            return agency
        require(version == version_of(before), "stale-record")
        edit = office.edit(f"agencies/{wanted.agency}", before, wanted)
        if office.people.amend(kept, wanted, edit):
            return amended(agency, wanted)
    raise StillChanging


def agency_now(id_: str, office: Office) -> dict[str, Any]:
    """As the store has it. Raises NoSuchEntry."""
    check_admin(office.person)
    return agency_view(_agency(id_, office.people.amendment(id_), office.rules.directory))


def officers_at(agency: str | None, office: Office) -> tuple[Officer, ...]:
    """In service first, then by name. None: those who work for the whole region."""
    check_admin(office.person)
    found = office.people.of_agency(agency) if agency else office.people.without_agency()
    return tuple(sorted(found, key=lambda each: (not each.serves(office.today), each.name)))


def officer_view(officer: Officer, directory: Directory) -> dict[str, Any]:
    """`version` goes back with what is changed."""
    return {
        "id": officer.id,
        "name": officer.name,
        "email": officer.email,
        "roles": [role for role in Role if role in officer.roles],
        "agency": _named(officer.agency, directory),
        "head": officer.head,
        "until": plain(officer.until),
        "deputy": plain(officer.deputy),
        "has_signed_in": officer.subject is not None,
        "version": version_of(officer),
    }


def agency_view(agency: Agency) -> dict[str, Any]:
    return {
        "id": agency.id,
        "name": agency.name,
        "contact": dict(agency.contact),
        "paper": agency.paper,
        "version": version_of(amendment_of(agency)),
    }


def edits_view(cursor: str | None, office: Office, reading: Reading) -> dict[str, Any]:
    """Who changed what when, the newest first. Raises BadCursor."""
    check_admin(office.person)
    found = office.people.edits(place_of(cursor), _LINES + 1)
    last = found[_LINES - 1] if len(found) > _LINES else None
    return {
        "edits": [_edit_view(edit, office, reading) for edit in found[:_LINES]],
        "next_cursor": written((last.at, last.id)) if last else None,
    }


def _edit_view(edit: Edit, office: Office, reading: Reading) -> dict[str, Any]:
    changes = [
        {"field": name, "before": before, "after": after}
        for name, (before, after) in sorted(edit.changes.items())
    ]
    return {
        "at": reading.local(edit.at),
        "by": edit.by,
        "by_name": _name(f"officers/{edit.by}", office),
        "subject": edit.subject,
        "subject_name": _name(edit.subject, office),
        "changes": changes,
    }


def _name(subject: str, office: Office) -> str:
    kind, _, id_ = subject.partition("/")
    if kind == "agencies":
        return office.rules.directory.agency_name(id_) or id_
    found = office.people.by_id(id_)
    return found.name if found else id_


def _check(officer: Officer, office: Office) -> None:
    check_officer(officer, office.rules.directory)
    if officer.deputy:
        deputy = office.people.by_id(officer.deputy.officer)
        check_deputy(officer, deputy, office.today)


def _agency(id_: str, kept: Amendment | None, directory: Directory) -> Agency:
    """As the store has it: the directory in this process may be a minute old."""
    agency = directory.agencies.get(id_)
    if agency is None:
        raise NoSuchEntry
    return amended(agency, kept)


def _named(agency: str | None, directory: Directory) -> dict[str, str] | None:
    return {"id": agency, "name": directory.agency_name(agency)} if agency else None
