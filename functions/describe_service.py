"""What the service is: its OpenAPI description, the region's directory, and whether it is well."""

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_health, firestore_region
from shared.edge.contract import DIRECTORY, HEALTH, OPENAPI
from shared.edge.http import Call, Reply, serve
from shared.usecases.directory import public_directory


@functions_framework.http
def describe_service(request: Request) -> Response:
    handlers = {OPENAPI: _openapi, DIRECTORY: _directory, HEALTH: _health}
    return serve(request, handlers, origins=firestore_region.origins)


def _openapi(_call: Call) -> Reply:
    # Only this one operation needs the models of every answer.
    from shared.edge.openapi import document

    return Reply(document(), headers=_PUBLIC)


def _directory(call: Call) -> Reply:
    directory = firestore_region.region().rules().directory
    return Reply(public_directory(directory, call.language), headers=_PUBLIC)


def _health(_call: Call) -> Reply:
    firestore_health.answer()
    return Reply({"status": "ok"})


_PUBLIC = {"Cache-Control": "public, max-age=300", "Vary": "Accept-Language"}
