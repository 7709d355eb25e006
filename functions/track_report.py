"""Anybody follows a report; whoever holds the receipt acts as its reporter, and may renew it."""

import functions_framework
from flask import Request, Response

from shared.adapters import (
    bucket,
    firestore_officers,
    firestore_region,
    firestore_renewals,
    firestore_supporters,
    firestore_tries,
    token_verifier,
)
from shared.adapters.desk import desk
from shared.domain.codes import parse_code
from shared.domain.report import Report
from shared.domain.scene import REPORTER, Person, Rules
from shared.domain.visibility import Viewer
from shared.edge import callers, contract, limits
from shared.edge.file_calls import FileCalls
from shared.edge.http import Call, Reply, serve
from shared.edge.receipt_calls import renewed
from shared.usecases.access import report_of_holder
from shared.usecases.acting import Order, act, loaded
from shared.usecases.answering import check_answer
from shared.usecases.oversight_file import oversight_file_of
from shared.usecases.reading import full_view
from shared.usecases.supporting import support
from shared.usecases.views import Reading


@functions_framework.http
def track_report(request: Request) -> Response:
    handlers = {
        contract.READ_REPORT: _read,
        contract.ACT_AS_REPORTER: _act,
        contract.SUPPORT: _support,
        contract.RENEW_RECEIPT: _renew,
        contract.READ_OVERSIGHT_FILE: _oversight_file,
        **FileCalls(_rules, desk, bucket.bucket, _held, _officer).handlers,
    }
    return serve(request, handlers, origins=firestore_region.origins)


def _read(call: Call) -> Reply:
    if callers.receipt_of(call.request) is None:
        return _reply(loaded(desk().reports, _code(call)), call, Viewer.PUBLIC)
    return _reply(_held(call), call, Viewer.REPORTER)


def _act(call: Call) -> Reply:
    viewer = _entitled(call)
    order = Order(_code(call), call.message.root.command(), REPORTER, attempt=call.attempt)
    report = act(order, rules=_rules(), stamp=call.stamp, desk=desk())
    return _reply(report, call, viewer)


def _entitled(call: Call) -> Viewer:
    """The link in a message answers just that, and opens no reading."""
    if token := callers.answer_of(call.request):
        check_answer(token, _code(call), call.message.root.action, desk=desk(), now=call.stamp.at)
        return Viewer.PUBLIC
    _held(call)
    return Viewer.REPORTER


def _support(call: Call) -> Reply:
    limits.count_post(call.address, call.stamp.at)
    supporter = callers.supporter_of(call.request)
    supporters = firestore_supporters.supporters()
    number = support(_code(call), supporter, reports=desk().reports, supporters=supporters)
    return Reply({"supporters": number}, headers=callers.kept_by_browser(supporter))


def _renew(call: Call) -> Reply:
    limits.count_post(call.address, call.stamp.at)
    renewals, tries = firestore_renewals.renewals(), firestore_tries.tries()
    return renewed(call, renewals, tries, _rules(), desk())


def _oversight_file(call: Call) -> Reply:
    report, named = _held(call), call.message.identity == "yes"
    reading = _reading(call, Viewer.REPORTER)
    return Reply(oversight_file_of(report, reading, desk().reports, with_identity=named))


def _officer(call: Call) -> Person:
    officers, today = firestore_officers.officers(), firestore_region.today(call.stamp.at)
    tokens = token_verifier.tokens()
    return callers.person_of(callers.officer_of(call.request, tokens, officers, today))


def _held(call: Call) -> Report:
    return report_of_holder(
        _code(call),
        callers.needed_receipt_of(call.request),
        address=call.address,
        now=call.stamp.at,
        reports=desk().reports,
        keys=desk().keys,
        tries=firestore_tries.tries(),
    )


def _reply(report: Report, call: Call, viewer: Viewer) -> Reply:
    supporters = firestore_supporters.supporters().count(report.code)
    return Reply(full_view(report, _reading(call, viewer), desk(), supporters=supporters))


def _reading(call: Call, viewer: Viewer) -> Reading:
    return Reading(viewer, REPORTER, _rules(), call.stamp.at, call.language)


def _rules() -> Rules:
    return firestore_region.region().rules()


def _code(call: Call) -> str:
    return parse_code(call.path["code"])
