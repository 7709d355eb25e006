"""A log read backwards, a page at a time: the newest first, by time and id."""

from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import bounded, reaching_the_store

if TYPE_CHECKING:
    from google.cloud.firestore import Query

    from shared.usecases.people_ports import Place


def newest(log: "Query | Any", before: "Place | None", size: int) -> list[dict[str, Any]]:
    """Of two with the same time the id decides, so that no page leaves one out."""
    ordered = log.order_by("at", direction="DESCENDING").order_by(
        "__name__", direction="DESCENDING"
    )
    if before:
        ordered = ordered.start_after({"at": before[0], "__name__": before[1]})
    with reaching_the_store():
        found = ordered.limit(size).get(**bounded())
    return [snapshot.to_dict() or {} for snapshot in found]
