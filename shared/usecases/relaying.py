"""Sweep the outbox: what a crash or an outage left unpublished goes out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.usecases.ports import Outbox, Publisher

# Younger entries are still in the hands of the request that made them.
_OLD_ENOUGH = timedelta(seconds=60)
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Swept:
    published: int
    left: int


def sweep(now: datetime, *, outbox: Outbox, publisher: Publisher) -> Swept:
    """One page a tick. An entry that Pub/Sub refuses stays, the ones behind it still go out."""
    waiting = outbox.before(now - _OLD_ENOUGH, _AT_ONCE)
    published = publisher.publish(waiting)
    outbox.forget(published)
    return Swept(published=len(published), left=len(waiting) - len(published))
