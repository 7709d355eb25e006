"""A file that came in is looked at and cleaned; only then anybody gets to see it."""

import logging

import functions_framework
from cloudevents.http import CloudEvent

from shared.adapters import firestore_parked, firestore_region, place_seals
from shared.adapters.workshop import workshop
from shared.domain.events import Stamp
from shared.edge import log
from shared.edge.events import UPLOADED, UploadMessage, consume_as
from shared.usecases.covering import cover_pictures
from shared.usecases.processing import process

_CONSUMER = "process_upload"


@functions_framework.cloud_event
def process_upload(event: CloudEvent) -> None:
    parked, types = firestore_parked.parked(), frozenset({UPLOADED})
    consume_as(UploadMessage, event, _process, consumer=_CONSUMER, types=types, parked=parked)


def _process(message: UploadMessage, stamp: Stamp) -> None:
    accepted = firestore_region.region().rules().file_limits(stamp.at).types
    file = process(
        message.code,
        message.file,
        accepted=accepted,
        now=stamp.at,
        workshop=workshop(),
        seals=place_seals.seals(),
    )
    fields = {"code": message.code, "file": message.file}
    if file is None:
        log.write(logging.INFO, "upload", fields | {"outcome": "not expected"})
        return
    log.write(logging.INFO, "upload", fields | {"outcome": file.state, "reason": file.reason})
    # What was covered before it was there is made up for now.
    cover_pictures(message.code, now=stamp.at, workshop=workshop())
