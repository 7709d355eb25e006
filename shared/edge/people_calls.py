"""The directory of people over HTTP: each operation, its use case, and what both need."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shared.edge.contract import (
    ADD_OFFICER,
    AMEND_AGENCY,
    CHANGE_OFFICER,
    LIST_EDITS,
    LIST_LOOKS,
    LIST_OFFICERS,
    Operation,
)
from shared.edge.http import Call, Reply
from shared.edge.problems import Fault, FieldFaults
from shared.usecases.looks import looks_view
from shared.usecases.people import (
    Office,
    add_officer,
    agency_view,
    amend_agency,
    change_officer,
    edits_view,
    officer_view,
    officers_at,
)
from shared.usecases.people_ports import Looks
from shared.usecases.ports import BadCursor
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class Registry:
    office: Office
    looks: Looks
    reading: Reading


def _officers(call: Call, registry: Registry) -> Reply:
    office = registry.office
    found = officers_at(call.message.agency, office)
    return Reply({"officers": [officer_view(each, office.rules.directory) for each in found]})


def _add(call: Call, registry: Registry) -> Reply:
    added = add_officer(call.message.wanted(), registry.office)
    return Reply(officer_view(added, registry.office.rules.directory), 201)


def _change(call: Call, registry: Registry) -> Reply:
    asked, id_ = call.message, call.path["id"]
    changed = change_officer(id_, asked.wanted(), asked.version, registry.office)
    return Reply(officer_view(changed, registry.office.rules.directory))


def _amend(call: Call, registry: Registry) -> Reply:
    asked = call.message
    agency = amend_agency(asked.wanted(call.path["id"]), asked.version, registry.office)
    return Reply(agency_view(agency))


def _edits(call: Call, registry: Registry) -> Reply:
    try:
        return Reply(edits_view(call.message.cursor, registry.office, registry.reading))
    except BadCursor as failure:
        raise FieldFaults(Fault("cursor", "invalid")) from failure


def _looks(call: Call, registry: Registry) -> Reply:
    asked, people = call.message, registry.office.people
    try:
        view = looks_view(
            asked.agency, asked.cursor, registry.reading, looks=registry.looks, officers=people
        )
    except BadCursor as failure:
        raise FieldFaults(Fault("cursor", "invalid")) from failure
    return Reply(view)


CALLS: Mapping[Operation, Callable[[Call, Registry], Reply]] = {
    LIST_OFFICERS: _officers,
    ADD_OFFICER: _add,
    CHANGE_OFFICER: _change,
    AMEND_AGENCY: _amend,
    LIST_EDITS: _edits,
    LIST_LOOKS: _looks,
}
