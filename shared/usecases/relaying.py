"""Sweep the outbox: what a crash or an outage left unpublished goes out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from shared.usecases.ports import Outbox, Publisher

# Younger entries are still in the hands of the request that made them.
_OLD_ENOUGH = timedelta(seconds=60)
_PAGE = 100
# Within the function's time limit; what is left goes out at the next tick.
_PAGES = 10
# When Pub/Sub is away each page waits for it in vain.
_REFUSED_PAGES = 2


@dataclass(frozen=True, slots=True)
class Swept:
    published: int
    left: int


def sweep(now: datetime, *, outbox: Outbox, publisher: Publisher) -> Swept:
    """An entry that Pub/Sub refuses stays; the ones behind it still go out."""
    published = left = refused_pages = 0
    for page in islice(outbox.before(now - _OLD_ENOUGH, _PAGE), _PAGES):
        taken = publisher.publish(page)
        outbox.forget(taken)
        published += len(taken)
        left += len(page) - len(taken)
        # A page of entries that nobody can read is empty, not refused.
        refused_pages = refused_pages + 1 if page and not taken else 0
        if refused_pages == _REFUSED_PAGES:
            break
    return Swept(published, left)


def waited(now: datetime, *, outbox: Outbox) -> timedelta:
    """How long the oldest entry has been waiting: also one that nobody can read."""
    oldest = outbox.oldest()
    return now - oldest if oldest else timedelta(0)
