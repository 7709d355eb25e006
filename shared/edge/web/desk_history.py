"""What one report's page tells of the past: events, notes with their writers, messages sent."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from shared.domain.events import Event
from shared.edge.web.attached import File, beside
from shared.edge.web.visits import Visit
from shared.usecases.desk_views import changed_since

_STALE = "stale-revision"
_NOTE = "noted"


def history(
    entries: Sequence[Mapping[str, Any]],
    events: Sequence[Event],
    files: Collection[File],
    visit: Visit,
    name_of: Callable[[str | None], str],
) -> dict[str, Any]:
    """Notes stand apart, with their writers; after a stale send, what changed meanwhile.

    Each entry has the files it is about: proof beside the reporter's photo, others in `files`.
    """
    entries = [_with_files(each, files) for each in entries]
    writers = {event.seq: event.officer for event in events if event.type == _NOTE}
    names = {id_: name_of(id_) for id_ in set(writers.values())}
    unseen = _unseen(events, visit)
    return {
        "timeline": [each for each in entries if each["seq"] not in writers],
        "notes": [
            {**each, "writer": names[writers[each["seq"]]]}
            for each in entries
            if each["seq"] in writers
        ],
        "changed": [each for each in entries if each["seq"] in unseen],
    }


def _with_files(entry: Mapping[str, Any], files: Collection[File]) -> Mapping[str, Any]:
    named = entry.get("attachments", ())
    pair = beside(files, named)
    told = {*named, entry.get("attachment")}
    others = [each for each in files if each["id"] in told and each not in pair["after"]]
    return {**entry, "files": others, "pair": pair}


def _unseen(events: Sequence[Event], visit: Visit) -> frozenset[int]:
    """A form whose revision is no number never came as far as being stale."""
    if visit.form.problem is None or visit.form.problem["code"] != _STALE:
        return frozenset()
    return changed_since(events, int(visit.form.typed["revision"]))
