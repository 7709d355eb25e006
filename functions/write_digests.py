"""On the morning of a working day: one mail for each agency with work, one for the verifiers."""

from functools import partial

import functions_framework
from flask import Request, Response

from shared.adapters import (
    firestore_client,
    firestore_notices,
    firestore_outbox,
    firestore_region,
    firestore_search,
    pubsub_publisher,
)
from shared.edge.contract import WRITE_DIGESTS
from shared.edge.http import Call, Reply, serve
from shared.usecases.digests import add_digests
from shared.usecases.notice_ports import queued
from shared.usecases.saving import publish


@functions_framework.http
def write_digests(request: Request) -> Response:
    return serve(request, {WRITE_DIGESTS: _write})


def _write(call: Call) -> Reply:
    rules = firestore_region.region().rules()
    written = add_digests(
        call.stamp.at,
        rules=rules,
        notices=firestore_notices.notices(),
        count=partial(firestore_search.count, firestore_client.client()),
    )
    publish(map(queued, written), firestore_outbox.outbox(), pubsub_publisher.publisher())
    return Reply({"digests": len(written)})
