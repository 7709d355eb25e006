"""The ports that change reports, joined once per process."""

from functools import cache

from shared.adapters import (
    firestore_officers,
    firestore_outbox,
    firestore_reports,
    firestore_shelves,
    keyring,
    place_seals,
    pubsub_publisher,
)
from shared.usecases.saving import Desk


@cache
def desk() -> Desk:
    return Desk(
        reports=firestore_reports.reports(),
        officers=firestore_officers.officers(),
        outbox=firestore_outbox.outbox(),
        publisher=pubsub_publisher.publisher(),
        keys=keyring.receipt_keys(),
        shelves=firestore_shelves.shelves(),
        seals=place_seals.seals(),
    )
