"""ListDocuments, ListCollectionIds and PartitionQuery: pages of names, and of what they name."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from emulator.firestore.documents import collection_ids, document_ids
from emulator.firestore.paths import NAME, Path, check_id, parent_path
from emulator.firestore.projection import masked
from emulator.firestore.protocol import Cursor, Document, Value, message_class
from emulator.firestore.query import Query, parse
from emulator.firestore.reads import Reading, Readings
from emulator.firestore.store import Store
from emulator.rpc.status import invalid, unimplemented

_PAGE = 300
_ORDERS = {"", "__name__", "__name__ asc"}
ListDocumentsResponse = message_class("ListDocumentsResponse")
ListCollectionIdsResponse = message_class("ListCollectionIdsResponse")
PartitionQueryResponse = message_class("PartitionQueryResponse")


class Listing:
    def __init__(self, store: Store, readings: Readings) -> None:
        self._store = store
        self._readings = readings

    def list_documents(self, request: Any) -> Any:
        """By name; `show_missing` adds those that only have documents below them."""
        if request.order_by not in _ORDERS or not request.collection_id:
            unimplemented("ListDocuments with order_by, or without collection_id")
        check_id(request.collection_id)
        collection = parent_path(request.parent).below(request.collection_id)
        size = _page_size(request.page_size)
        with self._readings.reading(request, collection.database) as reading:
            listed = self._listed(reading, collection, request)
            page = list(islice(listed, size))
            more = next(listed, None) is not None
        token = page[-1].name.rpartition("/")[2] if more else ""
        documents = [masked(each, request) for each in page]
        return ListDocumentsResponse(documents=documents, next_page_token=token)

    def _listed(self, reading: Reading, collection: Path, request: Any) -> Iterator[Document]:
        database = self._store.database(collection.database)
        ids = document_ids(reading.connection, database, collection, request.page_token or None)
        for path in (collection.below(id_) for id_ in ids):
            if found := reading.document(path):
                yield found.document
            elif request.show_missing:
                yield Document(name=path.name)

    def list_collection_ids(self, request: Any) -> Any:
        parent = parent_path(request.parent)
        size = _page_size(request.page_size)
        with self._readings.reading(request, parent.database) as reading:
            ids = collection_ids(reading.connection, self._store.database(parent.database), parent)
            following = (each for each in ids if each > request.page_token)
            page = list(islice(following, size + 1))
        token = page[size - 1] if len(page) > size else ""
        return ListCollectionIdsResponse(collection_ids=page[:size], next_page_token=token)

    def partition_query(self, request: Any) -> Any:
        """Names at even distances. All in one page, as there are fewer than asked for at most."""
        query = parse(parent_path(request.parent), request.structured_query)
        if request.partition_count < 1:
            invalid("partition_count must be above zero.")
        _check_partitioned(query)
        with self._readings.reading(request, query.parent.database, query) as reading:
            names = [each.document.name for each in reading.query(query)]
        step = max(1, len(names) // request.partition_count)
        points = names[step::step][: request.partition_count - 1]
        cursors = [Cursor(values=[Value(reference_value=name)], before=True) for name in points]
        return PartitionQueryResponse(partitions=cursors)


def _check_partitioned(query: Query) -> None:
    by_name = [each.path for each in query.orders] == [NAME]
    if not query.group or not by_name or query.disjuncts != ((),):
        invalid("Only a collection group by __name__, without filters, can be partitioned.")
    if query.start or query.end or query.offset or query.limit is not None:
        invalid("A query to be partitioned has no cursor, offset or limit.")


def _page_size(asked: int) -> int:
    if asked < 0:
        invalid("page_size is negative.")
    return asked or _PAGE
