"""Files of whoever follows a report as its reporter: announced by a script, or sent with a form;
and taken back."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Response

from shared.domain.attachment import FileState
from shared.domain.report import Report
from shared.domain.scene import REPORTER, Rules
from shared.domain.statuses import Role
from shared.domain.visibility import Viewer
from shared.edge import uploads
from shared.edge.bodies import MAX_FILES_BYTES
from shared.edge.headers import NO_PAGE
from shared.edge.problems import Fault, FieldFaults
from shared.edge.web import attached
from shared.edge.web.attached import File
from shared.edge.web.follow_ports import FollowPorts, code_of
from shared.edge.web.visits import Visit
from shared.usecases.attaching import Slot, announce, slot_of
from shared.usecases.erasing_files import take_back
from shared.usecases.file_views import invitation_view
from shared.usecases.taking_in import take_in
from shared.usecases.views import Reading


def announced(visit: Visit, ports: FollowPorts) -> Response:
    """Where the script is to send the file."""
    rules, now = ports.rules(), visit.stamp.at
    file, invitation = announce(
        visit.message.announcement(),
        _slot(visit, ports, rules),
        rules.file_limits(now),
        shelves=ports.desk().shelves,
        bucket=ports.bucket(),
    )
    reading = Reading(Viewer.REPORTER, REPORTER, rules, now, visit.language)
    said = json.dumps(invitation_view(file, invitation, reading))
    return Response(said, 201, NO_PAGE, content_type="application/json")


def taken(visit: Visit, ports: FollowPorts) -> list[dict[str, Any]]:
    """What became of each file that came with the form."""
    rules = ports.rules()
    slot = _slot(visit, ports, rules)
    brought = uploads.brought(visit.request, public=visit.message.public)
    if not brought:
        raise FieldFaults(Fault("files", "required"))
    limits, shelves = rules.file_limits(visit.stamp.at), ports.desk().shelves
    found = take_in(brought, slot, limits, shelves=shelves, bucket=ports.bucket())
    return uploads.answer_of(found, visit.language)


def taken_back(visit: Visit, ports: FollowPorts) -> None:
    report = ports.needed_holder(visit, code_of(visit))
    directory, shelves = ports.rules().directory, ports.desk().shelves
    id_, bucket = visit.message.file, ports.bucket()
    take_back(report, id_, REPORTER, directory, shelves=shelves, bucket=bucket)


def asked_of(report: Report, rules: Rules, now: datetime) -> dict[str, Any]:
    """What the field says: the limits, whether all may see it, and what is ticked at first.

    As open as the report is: of a secret one nobody is asked. `keeps`: whether this device may
    keep what waits for a connection; nothing about an official, for whoever finds it there.
    """
    return {
        "limits": attached.said(rules.file_limits(now)),
        "may_be_public": not report.secret,
        "is_open": not (report.secret or report.anonymous or report.supervisory),
        "keeps": not report.supervisory,
        "at_once": MAX_FILES_BYTES // attached.MIB,
    }


def own(report: Report, files: Sequence[File]) -> dict[str, Any]:
    """The reporter's: `loose` ones that no words name yet, and `photo`, which says where it was
    taken while the report does not."""
    mine = [file for file in files if file["by"] == Role.REPORTER]
    placed = (file for file in mine if _tells_where(file["place"]))
    return {
        "loose": [f for f in mine if not f["seq"] and f["state"] != FileState.REJECTED],
        "photo": next(placed, None) if _is_nowhere(report) else None,
    }


def _slot(visit: Visit, ports: FollowPorts, rules: Rules) -> Slot:
    report = ports.needed_holder(visit, code_of(visit))
    return slot_of(report, REPORTER, rules.directory, visit.stamp, visit.attempt)


def _is_nowhere(report: Report) -> bool:
    return report.location is None or report.location.lat is None


def _tells_where(place: Mapping[str, Any] | None) -> bool:
    return place is not None and place["lat"] is not None and place["lon"] is not None
