"""What happened becomes notices to whom it concerns; another function sends them."""

import functions_framework
from cloudevents.http import CloudEvent

from shared.adapters import (
    firestore_notices,
    firestore_outbox,
    firestore_parked,
    firestore_region,
    firestore_reports,
    pubsub_publisher,
)
from shared.domain.events import Stamp
from shared.edge.events import WireMessage, consume
from shared.usecases import noticing


@functions_framework.cloud_event
def write_notices(event: CloudEvent) -> None:
    parked = firestore_parked.parked()
    consume(event, _write, consumer=noticing.CONSUMER, types=noticing.TOLD, parked=parked)


def _write(message: WireMessage, stamp: Stamp) -> None:
    bureau = noticing.Bureau(
        reports=firestore_reports.without_identities(),
        notices=firestore_notices.notices(),
        outbox=firestore_outbox.outbox(),
        publisher=pubsub_publisher.publisher(),
    )
    noticing.write_notices(
        message.code,
        message.seq,
        event_id=message.id,
        rules=firestore_region.region().rules(),
        now=stamp.at,
        bureau=bureau,
    )
