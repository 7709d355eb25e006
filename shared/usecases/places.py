"""Where a page of a log ended, as it travels in an address: a time and the id of a line."""

from datetime import datetime

from shared.usecases.people_ports import Place
from shared.usecases.ports import BadCursor


def written(place: Place) -> str:
    return f"{place[0].isoformat()}~{place[1]}"


def place_of(text: str | None) -> Place | None:
    """Raises BadCursor for what no page ended with."""
    if not text:
        return None
    at, _, id_ = text.partition("~")
    try:
        when = datetime.fromisoformat(at)
    except ValueError:
        raise BadCursor from None
    if when.tzinfo is None or not (id_.isascii() and id_.isalnum()):
        raise BadCursor
    return when, id_
