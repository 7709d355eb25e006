"""Every few minutes: the ladder reminds, escalates and ends what is due."""

import logging

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_due, firestore_region
from shared.adapters.desk import desk
from shared.edge import log
from shared.edge.clock import lasting
from shared.edge.contract import SWEEP_LADDER
from shared.edge.http import Call, Reply, serve
from shared.usecases.sweeping import Sweep

# Within the time limit of the manifest, with room for what is then under way.
_SECONDS = 240


@functions_framework.http
def remind_overdue(request: Request) -> Response:
    return serve(request, {SWEEP_LADDER: _sweep})


def _sweep(call: Call) -> Reply:
    rules = firestore_region.region().rules()
    swept = Sweep(
        rules=rules,
        stamp=call.stamp,
        desk=desk(),
        due=firestore_due.due_reports(),
        is_over=lasting(_SECONDS),
        tell=_tell,
    ).run()
    return Reply(
        {
            "reports": swept.reports,
            "events": dict(swept.events),
            "failed": swept.failed,
            "left": swept.left,
        }
    )


def _tell(code: str, failure: Exception) -> None:
    log.write(logging.ERROR, "report failed", {"report": code, "where": log.where(failure)})
