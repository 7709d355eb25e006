"""What the service is: its OpenAPI page, the region's directory, its deadlines, its health."""

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_health, firestore_region
from shared.edge.contract import DIRECTORY, EXPLAIN_DUE, HEALTH, OPENAPI
from shared.edge.http import Call, Reply, serve
from shared.edge.problems import Fault, FieldFaults
from shared.usecases.calendar import DueQuestion, NoSuchClock, OutsideCalendar, explain_due
from shared.usecases.directory import public_directory


@functions_framework.http
def describe_service(request: Request) -> Response:
    handlers = {
        OPENAPI: _openapi,
        DIRECTORY: _directory,
        EXPLAIN_DUE: _explain_due,
        HEALTH: _health,
    }
    return serve(request, handlers, origins=firestore_region.origins)


def _openapi(_call: Call) -> Reply:
    # Only this one operation needs the models of every answer.
    from shared.edge.openapi import document

    return Reply(document(), headers=_PUBLIC)


def _directory(call: Call) -> Reply:
    directory = firestore_region.region().rules().directory
    return Reply(public_directory(directory, call.language), headers=_PUBLIC)


def _explain_due(call: Call) -> Reply:
    question = DueQuestion(**call.message.model_dump())
    try:
        found = explain_due(question, firestore_region.region().rules())
    except NoSuchClock as failure:
        raise FieldFaults(Fault("kind", "no-such-clock")) from failure
    except OutsideCalendar as failure:
        raise FieldFaults(Fault("start", "outside-calendar", failure.years)) from failure
    return Reply(found, headers=_PUBLIC)


def _health(_call: Call) -> Reply:
    firestore_health.answer()
    return Reply({"status": "ok"})


_PUBLIC = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Language"}
