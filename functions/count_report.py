"""A report counts on the scoreboard as what it is now, whatever it counted as before."""

import functions_framework
from cloudevents.http import CloudEvent

from shared.adapters import (
    firestore_parked,
    firestore_region,
    firestore_reports,
    firestore_scoreboard,
)
from shared.domain.events import Stamp
from shared.edge.events import WireMessage, consume
from shared.usecases import counting


@functions_framework.cloud_event
def count_report(event: CloudEvent) -> None:
    parked = firestore_parked.parked()
    consume(event, _count, consumer=counting.CONSUMER, types=counting.COUNTED, parked=parked)


def _count(message: WireMessage, _stamp: Stamp) -> None:
    counting.count_report(
        message.code,
        rules=firestore_region.region().rules(),
        reports=firestore_reports.without_identities(),
        tallies=firestore_scoreboard.tallies(),
    )
