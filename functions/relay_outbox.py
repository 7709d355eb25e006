"""Every minute: publish what a crash or an outage left in the outbox."""

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_outbox, pubsub_publisher
from shared.edge.contract import SWEEP_OUTBOX
from shared.edge.http import Call, Reply, serve
from shared.usecases.relaying import sweep


@functions_framework.http
def relay_outbox(request: Request) -> Response:
    return serve(request, {SWEEP_OUTBOX: _sweep})


def _sweep(call: Call) -> Reply:
    swept = sweep(
        call.stamp.at,
        outbox=firestore_outbox.outbox(),
        publisher=pubsub_publisher.publisher(),
    )
    return Reply({"published": swept.published, "left": swept.left})
