"""A new report goes to the one agency that is responsible, or waits for a verifier."""

import functions_framework
from cloudevents.http import CloudEvent

from shared.adapters import firestore_parked, firestore_region
from shared.adapters.desk import desk
from shared.domain.events import Stamp
from shared.edge.events import WireMessage, consume
from shared.usecases import routing

_TYPES = frozenset({"report.submitted"})


@functions_framework.cloud_event
def route_report(event: CloudEvent) -> None:
    parked = firestore_parked.parked()
    consume(event, _route, consumer=routing.CONSUMER, types=_TYPES, parked=parked)


def _route(message: WireMessage, stamp: Stamp) -> None:
    rules = firestore_region.region().rules()
    routing.route_report(message.code, event_id=message.id, rules=rules, stamp=stamp, desk=desk())
