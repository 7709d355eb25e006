"""The pages for people. Each goes through the same use cases as the HTTP contract."""

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_region, firestore_supporters, keyring
from shared.adapters.desk import desk
from shared.domain.codes import UnreadableCode, parse_code, show_code
from shared.domain.scene import REPORTER
from shared.domain.statuses import Role
from shared.domain.visibility import Viewer
from shared.edge import filings, limits
from shared.edge.web.following import following_of
from shared.edge.web.own import OWN
from shared.edge.web.pages import FILE, FILING, LOOKUP, REPORT
from shared.edge.web.serving import serve
from shared.edge.web.visits import Frame, Moved, Shown, Visit
from shared.usecases.acting import loaded
from shared.usecases.directory import public_directory
from shared.usecases.filing import file_report
from shared.usecases.reading import full_view
from shared.usecases.views import Reading


@functions_framework.http
def serve_pages(request: Request) -> Response:
    handlers = {**OWN, FILING: _filing, FILE: _file, LOOKUP: _lookup, REPORT: _report}
    return serve(request, handlers, Frame(keyring.session_keys, _region))


def _region(language: str) -> str:
    return firestore_region.region().rules().directory.name_in(language)


def _filing(visit: Visit) -> Shown:
    rules = firestore_region.region().rules()
    directory = public_directory(rules.directory, visit.language)
    today = rules.today(visit.stamp.at)
    return Shown("filing.html", {"directory": directory, "today": today})


def _file(visit: Visit) -> Shown:
    limits.count_post(visit.address, visit.stamp.at)
    rules = firestore_region.region().rules()
    filing, identity = visit.message.filing(), visit.message.identity()
    filings.check(filing, rules, visit.stamp.at)
    filed = file_report(
        filing,
        identity,
        person=REPORTER,
        role=Role.REPORTER,
        attempt=visit.attempt,
        rules=rules,
        stamp=visit.stamp,
        desk=desk(),
    )
    answer = filings.answer_of(filed, rules, visit.language)
    page = filings.page_of(filed, identity, rules, visit.language)
    return Shown("filed.html", answer | page, 201)


def _lookup(visit: Visit) -> Shown | Moved:
    typed = visit.request.args.get("nomor", "")
    try:
        return Moved(f"/r/{show_code(parse_code(typed))}")
    except UnreadableCode:
        return Shown("lookup.html", {"typed": typed})


def _report(visit: Visit) -> Shown:
    rules = firestore_region.region().rules()
    report = loaded(desk().reports, parse_code(visit.path["code"]))
    reading = Reading(Viewer.PUBLIC, REPORTER, rules, visit.stamp.at, visit.language)
    supporters = firestore_supporters.supporters().count(report.code)
    view = full_view(report, reading, desk().reports, supporters=supporters)
    return Shown("report.html", following_of(report, view, reading))
