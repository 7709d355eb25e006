"""One notice goes out when it is queued; each minute also those that are due again."""

import logging

import functions_framework
from cloudevents.http import CloudEvent

from shared.adapters import firestore_parked, firestore_region
from shared.adapters.post_office import post_office
from shared.domain.events import Stamp
from shared.edge import log
from shared.edge.clock import lasting
from shared.edge.events import NoticeMessage, consume_as
from shared.usecases.sending import Sweep, send

_CONSUMER = "send_notice"
_TICK = "notice.due"
_TYPES = frozenset({"notice.queued", _TICK})
# Within the time limit of the manifest, with room for those that are then under way.
_SECONDS = 30


@functions_framework.cloud_event
def send_notice(event: CloudEvent) -> None:
    parked = firestore_parked.parked()
    consume_as(NoticeMessage, event, _send, consumer=_CONSUMER, types=_TYPES, parked=parked)


def _send(message: NoticeMessage, stamp: Stamp) -> None:
    if message.type == _TICK:
        _sweep(stamp)
        return
    rules = firestore_region.region().rules()
    outcome = send(message.id, rules=rules, stamp=stamp, office=post_office())
    log.write(logging.INFO, "notice", {"notice": message.id, "outcome": outcome})


def _sweep(stamp: Stamp) -> None:
    outcomes = Sweep(
        rules=firestore_region.region().rules(),
        stamp=stamp,
        office=post_office(),
        is_over=lasting(_SECONDS),
        tell=_tell,
    ).run()
    counts = {outcome.value: number for outcome, number in outcomes.items()}
    log.write(logging.INFO, "notices", {"outcomes": counts})


def _tell(notice: str, failure: Exception) -> None:
    log.write(logging.ERROR, "notice failed", {"notice": notice, "where": log.where(failure)})
