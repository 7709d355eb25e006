"""How agencies keep their deadlines, for everybody: as JSON, as a table, and a hash of each day."""

from typing import Any

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_heads, firestore_region, firestore_scoreboard
from shared.edge.contract import DAY_ROOT, SCOREBOARD, SCOREBOARD_SHEET
from shared.edge.http import Call, Reply, serve
from shared.edge.problems import Fault, FieldFaults
from shared.usecases.scoreboard import BadPeriod, DayNotOver, day_root, scoreboard, table


@functions_framework.http
def show_scoreboard(request: Request) -> Response:
    handlers = {SCOREBOARD: _show, SCOREBOARD_SHEET: _sheet, DAY_ROOT: _root}
    return serve(request, handlers, origins=firestore_region.origins)


def _show(call: Call) -> Reply:
    return Reply(_read(call), headers=_PUBLIC)


def _sheet(call: Call) -> Reply:
    """One line per group; the days in the name, for people keep such files."""
    found = _read(call)
    name = f"tanggap-{found['by']}-{found['from']}-{found['to']}.csv"
    attached = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Reply(table(found), headers=_PUBLIC | attached)


def _read(call: Call) -> dict[str, Any]:
    try:
        return scoreboard(
            call.message.asked(),
            rules=firestore_region.region().rules(),
            now=call.stamp.at,
            language=call.language,
            cells=firestore_scoreboard.cells(),
        )
    except BadPeriod as failure:
        raise FieldFaults(Fault("to", failure.code)) from failure


def _root(call: Call) -> Reply:
    rules, heads = firestore_region.region().rules(), firestore_heads.heads()
    try:
        found = day_root(call.message.day, rules=rules, now=call.stamp.at, heads=heads)
    except DayNotOver as failure:
        raise FieldFaults(Fault("day", "day-not-over")) from failure
    return Reply(found, headers=_FOR_EVER)


_PUBLIC = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Language"}
# A day that is over never changes.
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Language"}
