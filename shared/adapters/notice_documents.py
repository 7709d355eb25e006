"""How a notice lies in the store: times as native ones, for the order in which they are due."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from shared.adapters.commit_documents import outbox_document
from shared.domain.notice import Audience, Channel, Notice, NoticeState
from shared.usecases.notice_ports import queued

if TYPE_CHECKING:
    from google.cloud.firestore import Client, WriteBatch

# Officers look back at what was sent for as long as they work with the report, and a while longer.
_KEPT_FOR = timedelta(days=400)
_ENUMS: Mapping[str, Any] = {"audience": Audience, "state": NoticeState, "channel": Channel}
_FIELDS = tuple(part.name for part in fields(Notice) if part.name != "version")


def notice_document(notice: Notice) -> dict[str, Any]:
    document = {name: getattr(notice, name) for name in _FIELDS}
    enums = {name: document[name] and document[name].value for name in _ENUMS}
    return {**document, **enums, "kept_until": notice.created_at + _KEPT_FOR}


def notice_of(document: Mapping[str, Any], version: Any) -> Notice:
    known = {name: document[name] for name in _FIELDS if name in document}
    enums = {name: kind(known[name]) for name, kind in _ENUMS.items() if known.get(name)}
    return Notice(**{**known, **enums, "version": version})


def add_to(store: "Client", batch: "WriteBatch", notices: Iterable[Notice]) -> None:
    """With the outbox entries that tell the sender of them."""
    for notice in notices:
        batch.create(store.document("notices", notice.id), notice_document(notice))
        batch.create(store.document("outbox", notice.id), outbox_document(queued(notice)))
