"""Officers work: queues, one report, every command, the directory they choose agencies from."""

from collections.abc import Callable
from functools import partial
from typing import Any

import functions_framework
from flask import Request, Response

from shared.adapters import (
    firestore_looks,
    firestore_notices,
    firestore_officers,
    firestore_people,
    firestore_region,
    firestore_supporters,
    token_verifier,
)
from shared.adapters.desk import desk
from shared.domain.codes import parse_code
from shared.domain.plain import plain
from shared.domain.report import Report
from shared.domain.scene import Person
from shared.domain.visibility import Viewer
from shared.edge.callers import officer_of, person_of
from shared.edge.contract import ACT_AS_OFFICER, LIST_AGENCIES, READ_AS_OFFICER, SEARCH, Operation
from shared.edge.http import Call, Reply, serve
from shared.edge.people_calls import CALLS, Registry
from shared.edge.problems import Fault, FieldFaults
from shared.usecases.acting import Order, act, loaded
from shared.usecases.directory import officers_directory
from shared.usecases.notice_views import notices_view
from shared.usecases.people import Office
from shared.usecases.ports import BadCursor
from shared.usecases.reading import Search, acting_viewer, full_view, search, viewer_for
from shared.usecases.views import Reading


@functions_framework.http
def handle_report(request: Request) -> Response:
    handlers: dict[Operation, Callable[[Call], Reply]] = {
        SEARCH: _search,
        READ_AS_OFFICER: _read,
        ACT_AS_OFFICER: _act,
        LIST_AGENCIES: _agencies,
        **{operation: partial(_with_records, answer) for operation, answer in CALLS.items()},
    }
    return serve(request, handlers, origins=firestore_region.origins)


def _search(call: Call) -> Reply:
    person = _person(call)
    asked = Search(**call.message.model_dump())
    try:
        return Reply(search(asked, _reading(call, person, acting_viewer(person)), desk().reports))
    except BadCursor as failure:
        raise FieldFaults(Fault("cursor", "invalid")) from failure


def _read(call: Call) -> Reply:
    person = _person(call)
    report = loaded(desk().reports, parse_code(call.path["code"]))
    return Reply(_view(report, call, person, viewer_for(report, person)))


def _act(call: Call) -> Reply:
    person = _person(call)
    asked = call.message.root
    order = Order(
        parse_code(call.path["code"]),
        asked.command(),
        person,
        asked.revision,
        call.attempt_of(person.officer),
    )
    rules = firestore_region.region().rules()
    report = act(order, rules=rules, stamp=call.stamp, desk=desk())
    view = _view(report, call, person, acting_viewer(person, order.command))
    if asked.action == "reveal":
        # A repeated request is answered as the first was, but only while it is still theirs.
        viewer_for(loaded(desk().reports, report.code), person)
        view["identity"] = plain(desk().reports.identity(report.code))
    return Reply(view)


def _agencies(call: Call) -> Reply:
    _person(call)
    directory = firestore_region.region().rules().directory
    return Reply(officers_directory(directory, call.language))


def _with_records(answer: Callable[[Call, Registry], Reply], call: Call) -> Reply:
    person = _person(call)
    rules = firestore_region.region().rules()
    office = Office(person, rules, call.stamp, firestore_people.people())
    reading = _reading(call, person, acting_viewer(person))
    return answer(call, Registry(office, firestore_looks.looks(), reading))


def _person(call: Call) -> Person:
    officers, today = firestore_officers.officers(), firestore_region.today(call.stamp.at)
    return person_of(officer_of(call.request, token_verifier.tokens(), officers, today))


def _view(report: Report, call: Call, person: Person, viewer: Viewer) -> dict[str, Any]:
    reading = _reading(call, person, viewer)
    supporters = firestore_supporters.supporters().count(report.code)
    view = full_view(report, reading, desk(), supporters=supporters)
    sent = firestore_notices.notices().of_report(report.code)
    return {**view, "notices": notices_view(sent, reading)}


def _reading(call: Call, person: Person, viewer: Viewer) -> Reading:
    rules = firestore_region.region().rules()
    return Reading(viewer, person, rules, call.stamp.at, call.language)
