"""Documents read as a console reads them: by calls of their own, which no function makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import grpc  # type: ignore[import-untyped]
from google.api_core.exceptions import NotFound
from google.cloud.firestore_v1.services.firestore import FirestoreClient
from google.cloud.firestore_v1.services.firestore.transports import FirestoreGrpcTransport
from google.protobuf.json_format import MessageToDict  # type: ignore[import-untyped]

from emulator.environment import PROJECT

_ROOT = f"projects/{PROJECT}/databases/(default)/documents"
_PAGE = 100
_OWNER = (("authorization", "Bearer owner"),)
_NUMBERS = frozenset({"integerValue"})


@dataclass(frozen=True, slots=True)
class Page:
    """`following`: where the next page begins, empty after the last."""

    ids: tuple[str, ...]
    following: str


class Console:
    """Paths below the database, without a slash at either end; the root is empty."""

    def __init__(self, host: str) -> None:
        channel = grpc.insecure_channel(host)
        self._client: Any = FirestoreClient(transport=FirestoreGrpcTransport(channel=channel))

    def collections(self, document: str = "") -> tuple[str, ...]:
        name = f"{_ROOT}/{document}" if document else _ROOT
        return tuple(self._client.list_collection_ids(parent=name, metadata=_OWNER))

    def documents(self, collection: str, after: str = "") -> Page:
        parent, _, id_ = f"{_ROOT}/{collection}".rpartition("/")
        request = {
            "parent": parent, "collection_id": id_, "page_size": _PAGE, "page_token": after,
            "mask": {"field_paths": ["__name__"]}, "show_missing": True,
        }  # fmt: skip
        listed = next(self._client.list_documents(request=request, metadata=_OWNER).pages)
        ids = tuple(document.name.rpartition("/")[2] for document in listed.documents)
        return Page(ids, listed.next_page_token)

    def document(self, path: str) -> Mapping[str, Any] | None:
        try:
            found = self._client.get_document(request={"name": f"{_ROOT}/{path}"}, metadata=_OWNER)
        except NotFound:
            return None
        return {name: _plain(value) for name, value in _fields(MessageToDict(found._pb))}


def _fields(message: Mapping[str, Any]) -> Any:
    return sorted(message.get("fields", {}).items())


def _plain(value: Mapping[str, Any]) -> Any:
    """Without the names of the types; times and bytes as text."""
    ((kind, content),) = value.items()
    if kind == "mapValue":
        return {name: _plain(inner) for name, inner in _fields(content)}
    if kind == "arrayValue":
        return [_plain(inner) for inner in content.get("values", ())]
    return int(content) if kind in _NUMBERS else content
