"""What the local cloud itself asks the store: what waits, and since when.

It names the one field that it wants; by that `faults` tells its questions from the functions'.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from google.cloud.firestore import FieldFilter

from infra.manifest import Due

# Before all times, and after everything that is no time: a field may be null while nothing is due.
_BEGINNING = datetime.min.replace(tzinfo=UTC)


def earliest(client: Any, due: Due) -> datetime | None:
    """From when there is something to do."""
    timed = client.collection(due.collection).where(filter=FieldFilter(due.field, ">", _BEGINNING))
    for found in timed.order_by(due.field).limit(1).select([due.field]).get():
        since: datetime = found.get(due.field)
        return since + timedelta(seconds=due.after)
    return None
