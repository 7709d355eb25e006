"""Admins keep the directory: who works at the desk, how agencies are reached, who changed what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from shared.domain.directory import Officer
from shared.domain.people import DESK_ROLES, account_mark, check_admin
from shared.domain.scene import Rules
from shared.edge.bodies import message_from
from shared.edge.problems import Fault, FieldFaults
from shared.edge.web import desk_choices
from shared.edge.web.desk_pages import (
    ADD_PERSON,
    AGENCIES,
    AGENCY,
    CHANGE_AGENCY,
    CHANGE_PERSON,
    EDITS,
    PEOPLE,
    PERSON,
    RELEASE_ACCOUNT,
)
from shared.edge.web.forms import Form, apart
from shared.edge.web.pages import Page
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases import people as records
from shared.usecases.failures import NoSuchEntry
from shared.usecases.people import Office
from shared.usecases.people_ports import People
from shared.usecases.ports import BadCursor
from shared.usecases.reading import acting_viewer
from shared.usecases.releasing import release_account
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    rules: Callable[[], Rules]
    people: Callable[[], People]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {
            PEOPLE: self._list,
            ADD_PERSON: self._add,
            PERSON: self._one,
            CHANGE_PERSON: self._change,
            RELEASE_ACCOUNT: self._release,
            AGENCIES: self._agencies,
            AGENCY: self._agency,
            CHANGE_AGENCY: self._amend,
            EDITS: self._edits,
        }

    def _list(self, visit: Visit) -> Shown:
        asked: Any = message_from(visit.request.args, "people_forms.OfficersQuestion")
        office = self._office(visit)
        found = records.officers_at(asked.agency, office)
        values = self._choices(office) | {
            "asked": asked.agency or "",
            "officers": [self._view(each, office) for each in found],
        }
        return Shown("people.html", values)

    def _add(self, visit: Visit) -> Moved:
        added = records.add_officer(visit.message.wanted(), self._office(visit))
        return Moved(_list_of(added), flash="person-added")

    def _one(self, visit: Visit) -> Shown:
        office = self._office(visit)
        check_admin(office.person)
        officer = office.people.by_id(visit.path["id"])
        if officer is None:
            raise NoSuchEntry
        view = self._view(officer, office)
        is_release = "account" in visit.form.typed
        record = apart(visit.form, "record", sent=False) if is_release else visit.form
        values = self._choices(office) | {
            "one": view,
            "form": _filled(record, _typed_officer(view)),
            "release": apart(visit.form, "release", sent=is_release),
            "account": account_mark(officer),
            "colleagues": _colleagues(officer, office),
        }
        return Shown("people_one.html", values)

    def _change(self, visit: Visit) -> Moved:
        asked = visit.message
        changed = records.change_officer(
            visit.path["id"], asked.wanted(), asked.version, self._office(visit)
        )
        return Moved(_list_of(changed), flash="person-changed")

    def _release(self, visit: Visit) -> Moved:
        asked, id_ = visit.message, visit.path["id"]
        release_account(id_, asked.account, asked.reason, self._office(visit))
        return Moved(f"{PEOPLE.path}/{id_}", flash="account-released")

    def _agencies(self, visit: Visit) -> Shown:
        office = self._office(visit)
        check_admin(office.person)
        agencies = office.rules.directory.agencies.values()
        return Shown("people_agencies.html", {"agencies": list(agencies)})

    def _agency(self, visit: Visit) -> Shown:
        view = records.agency_now(visit.path["id"], self._office(visit))
        typed = {f"contact.{way}": value for way, value in view["contact"].items()}
        typed |= {"version": view["version"]} | ({"paper": "true"} if view["paper"] else {})
        return Shown("people_agency.html", {"one": view, "form": _filled(visit.form, typed)})

    def _amend(self, visit: Visit) -> Moved:
        asked = visit.message
        records.amend_agency(asked.wanted(visit.path["id"]), asked.version, self._office(visit))
        return Moved(AGENCIES.path, flash="agency-changed")

    def _edits(self, visit: Visit) -> Shown:
        asked: Any = message_from(visit.request.args, "people_forms.EditsQuestion")
        person = visit.person
        reading = Reading(
            acting_viewer(person), person, self.rules(), visit.stamp.at, visit.language
        )
        try:
            view = records.edits_view(asked.cursor, self._office(visit), reading)
        except BadCursor as failure:
            raise FieldFaults(Fault("cursor", "invalid")) from failure
        return Shown("people_edits.html", view)

    def _office(self, visit: Visit) -> Office:
        return Office(visit.person, self.rules(), visit.stamp, self.people())

    def _choices(self, office: Office) -> dict[str, Any]:
        agencies = desk_choices.agencies(office.rules.directory)
        return {"agencies": agencies, "roles": DESK_ROLES, "today": office.today}

    def _view(self, officer: Officer, office: Office) -> dict[str, Any]:
        view = records.officer_view(officer, office.rules.directory)
        return view | {"serves": officer.serves(office.today)}


def _list_of(officer: Officer) -> str:
    return f"{PEOPLE.path}?agency={officer.agency}" if officer.agency else PEOPLE.path


def _colleagues(officer: Officer, office: Office) -> list[dict[str, str]]:
    """Who may stand in: those at the same place who are there today."""
    return [
        {"id": each.id, "name": each.name}
        for each in records.officers_at(officer.agency, office)
        if each.id != officer.id and each.serves(office.today)
    ]


def _filled(form: Form, typed: Mapping[str, str]) -> Form:
    """What stands in the fields before anybody types."""
    return form if form.typed else replace(form, typed=typed)


def _typed_officer(view: Mapping[str, Any]) -> dict[str, str]:
    typed = {
        "name": view["name"],
        "agency": view["agency"]["id"] if view["agency"] else "",
        "until": view["until"] or "",
        "version": view["version"],
    }
    typed |= {f"roles.{role}": "true" for role in view["roles"]}
    typed |= {f"deputy.{name}": value for name, value in (view["deputy"] or {}).items()}
    return typed | ({"head": "true"} if view["head"] else {})
