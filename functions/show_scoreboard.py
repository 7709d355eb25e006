"""How agencies keep their deadlines, for everybody: as JSON, as a table, and a hash of each day."""

from typing import Any

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_heads, firestore_region, firestore_scoreboard
from shared.edge.contract import DAY_ROOT, SCOREBOARD, SCOREBOARD_SHEET
from shared.edge.http import Call, Reply, serve
from shared.edge.scoreboards import board, root
from shared.usecases.scoreboard import table


@functions_framework.http
def show_scoreboard(request: Request) -> Response:
    handlers = {SCOREBOARD: _show, SCOREBOARD_SHEET: _sheet, DAY_ROOT: _root}
    return serve(request, handlers, origins=firestore_region.origins)


def _show(call: Call) -> Reply:
    return Reply(_read(call), headers=_PUBLIC)


def _sheet(call: Call) -> Reply:
    """One line per group; the days in the name, for people keep such files."""
    found = _read(call)
    about = (found[name] for name in ("by", "agency", "from", "to") if found[name])
    name = f"tanggap-{'-'.join(about)}.csv"
    attached = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Reply(table(found), headers=_PUBLIC | attached)


def _read(call: Call) -> dict[str, Any]:
    return board(
        call.message.asked(),
        rules=firestore_region.region().rules(),
        now=call.stamp.at,
        language=call.language,
        cells=firestore_scoreboard.cells(),
    )


def _root(call: Call) -> Reply:
    rules, heads = firestore_region.region().rules(), firestore_heads.heads()
    found = root(call.message.day, rules=rules, now=call.stamp.at, heads=heads)
    return Reply(found, headers=_FOR_EVER)


_PUBLIC = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Language"}
# A day that is over never changes.
_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Language"}
