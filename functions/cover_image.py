"""What an officer covered in a picture is gone from its public copy."""

import functions_framework
from cloudevents.http import CloudEvent

from shared.adapters import firestore_parked
from shared.adapters.workshop import workshop
from shared.domain.events import Stamp
from shared.edge.events import WireMessage, consume
from shared.usecases import covering

_TYPES = frozenset({"report.redacted"})


@functions_framework.cloud_event
def cover_image(event: CloudEvent) -> None:
    parked = firestore_parked.parked()
    consume(event, _cover, consumer=covering.CONSUMER, types=_TYPES, parked=parked)


def _cover(message: WireMessage, stamp: Stamp) -> None:
    covering.cover_pictures(message.code, now=stamp.at, workshop=workshop())
