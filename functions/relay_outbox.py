"""Every minute: publish what a crash or an outage left in the outbox."""

import logging

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_outbox, pubsub_publisher
from shared.edge import log
from shared.edge.contract import SWEEP_OUTBOX
from shared.edge.http import Call, Reply, serve
from shared.usecases.relaying import sweep, waited


@functions_framework.http
def relay_outbox(request: Request) -> Response:
    return serve(request, {SWEEP_OUTBOX: _sweep})


def _sweep(call: Call) -> Reply:
    outbox = firestore_outbox.outbox()
    swept = sweep(call.stamp.at, outbox=outbox, publisher=pubsub_publisher.publisher())
    counts = {"published": swept.published, "left": swept.left}
    seconds = round(waited(call.stamp.at, outbox=outbox).total_seconds())
    # The alarm on the outbox's age reads this line.
    log.write(logging.INFO, "outbox swept", {**counts, "oldest_seconds": seconds})
    return Reply(counts)
