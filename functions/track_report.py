"""Anybody follows a report; the holder of its receipt acts as its reporter."""

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_region, firestore_supporters, firestore_tries
from shared.adapters.desk import desk
from shared.domain.codes import parse_code
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.domain.visibility import Viewer
from shared.edge import limits
from shared.edge.callers import kept_by_browser, receipt_of, supporter_of
from shared.edge.contract import ACT_AS_REPORTER, READ_REPORT, SUPPORT
from shared.edge.http import Call, Reply, serve
from shared.edge.problems import NoCredentials
from shared.usecases.access import report_of_holder
from shared.usecases.acting import Order, act, loaded
from shared.usecases.reading import full_view
from shared.usecases.supporting import support
from shared.usecases.views import Reading


@functions_framework.http
def track_report(request: Request) -> Response:
    handlers = {READ_REPORT: _read, ACT_AS_REPORTER: _act, SUPPORT: _support}
    return serve(request, handlers, origins=firestore_region.origins)


def _read(call: Call) -> Reply:
    code = parse_code(call.path["code"])
    receipt = receipt_of(call.request)
    if receipt is None:
        report = loaded(desk().reports, code)
        return _reply(report, call, Viewer.PUBLIC)
    return _reply(_held(code, receipt, call), call, Viewer.REPORTER)


def _act(call: Call) -> Reply:
    code = parse_code(call.path["code"])
    receipt = receipt_of(call.request)
    if receipt is None:
        raise NoCredentials
    _held(code, receipt, call)
    order = Order(code, call.message.root.command(), REPORTER, attempt=call.attempt)
    rules = firestore_region.region().rules()
    report = act(order, rules=rules, stamp=call.stamp, desk=desk())
    return _reply(report, call, Viewer.REPORTER)


def _support(call: Call) -> Reply:
    limits.count_post(call.address, call.stamp.at)
    supporter = supporter_of(call.request)
    number = support(
        parse_code(call.path["code"]),
        supporter,
        reports=desk().reports,
        supporters=firestore_supporters.supporters(),
    )
    return Reply({"supporters": number}, headers=kept_by_browser(supporter))


def _held(code: str, receipt: str, call: Call) -> Report:
    return report_of_holder(
        code,
        receipt,
        address=call.address,
        now=call.stamp.at,
        reports=desk().reports,
        keys=desk().keys,
        tries=firestore_tries.tries(),
    )


def _reply(report: Report, call: Call, viewer: Viewer) -> Reply:
    rules = firestore_region.region().rules()
    reading = Reading(viewer, REPORTER, rules, call.stamp.at, call.language)
    supporters = firestore_supporters.supporters().count(report.code)
    view = full_view(report, reading, desk().reports, supporters=supporters)
    return Reply(view)
