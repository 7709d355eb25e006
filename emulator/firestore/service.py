"""What each call does. Requests and responses are the protocol's own messages."""

import secrets
import string
from collections.abc import Iterator
from typing import Any

from google.protobuf.empty_pb2 import Empty  # type: ignore[import-untyped]

from emulator.firestore.aggregations import aggregate, parse_aggregations
from emulator.firestore.commits import Commits, statuses
from emulator.firestore.listing import Listing
from emulator.firestore.paths import Path, check_database, check_id, document_path, parent_path
from emulator.firestore.projection import masked, selected
from emulator.firestore.protocol import Document, Write, message_class, timestamp
from emulator.firestore.query import parse
from emulator.firestore.reads import Readings
from emulator.firestore.transactions import Transactions
from emulator.firestore.writes import Stored
from emulator.rpc.status import Refused, invalid, unimplemented

_AUTO_ID = string.ascii_letters + string.digits
_AUTO_ID_LENGTH = 20

BatchGetDocumentsResponse = message_class("BatchGetDocumentsResponse")
BatchWriteResponse = message_class("BatchWriteResponse")
BeginTransactionResponse = message_class("BeginTransactionResponse")
CommitResponse = message_class("CommitResponse")
RunAggregationQueryResponse = message_class("RunAggregationQueryResponse")
RunQueryResponse = message_class("RunQueryResponse")


class Service:
    def __init__(
        self, commits: Commits, readings: Readings, transactions: Transactions, listing: Listing
    ) -> None:
        self._commits = commits
        self._readings = readings
        self._transactions = transactions
        self.list_documents = listing.list_documents
        self.list_collection_ids = listing.list_collection_ids
        self.partition_query = listing.partition_query

    def get_document(self, request: Any) -> Document:
        path = document_path(request.name)
        with self._readings.reading(request, path.database) as reading:
            found = reading.document(path)
        if found is None:
            raise Refused("NOT_FOUND", f'Document "{path.name}" not found.')
        return masked(found.document, request)

    def batch_get_documents(self, request: Any) -> Iterator[Any]:
        """In the order asked, each once."""
        database = check_database(request.database)
        paths = [document_path(name) for name in dict.fromkeys(request.documents)]
        with self._readings.reading(request, database) as reading:
            time = timestamp(reading.time)
            if reading.begun:
                yield BatchGetDocumentsResponse(transaction=reading.begun)
            for path in paths:
                found = reading.document(path)
                if found is None:
                    yield BatchGetDocumentsResponse(missing=path.name, read_time=time)
                else:
                    document = masked(found.document, request)
                    yield BatchGetDocumentsResponse(found=document, read_time=time)

    def create_document(self, request: Any) -> Document:
        parent = parent_path(request.parent)
        check_id(request.collection_id)
        if request.document.name:
            invalid("document.name must not be set")
        id_ = request.document_id or _auto_id()
        check_id(id_)
        write = Write(update=request.document)
        write.current_document.exists = False
        return self._written(parent.below(request.collection_id, id_), write, request)

    def update_document(self, request: Any) -> Document:
        write = Write(update=request.document)
        if request.HasField("update_mask"):
            write.update_mask.CopyFrom(request.update_mask)
        if request.HasField("current_document"):
            write.current_document.CopyFrom(request.current_document)
        return self._written(document_path(request.document.name), write, request)

    def delete_document(self, request: Any) -> Any:
        path = document_path(request.name)
        write = Write(delete=path.name)
        if request.HasField("current_document"):
            write.current_document.CopyFrom(request.current_document)
        self._commits.commit(path.database, [write])
        return Empty()

    def begin_transaction(self, request: Any) -> Any:
        database = check_database(request.database)
        begun = self._transactions.begin(database, request.options)
        return BeginTransactionResponse(transaction=begun.id)

    def commit(self, request: Any) -> Any:
        database = check_database(request.database)
        results, time = self._commits.commit(database, request.writes, request.transaction)
        return CommitResponse(write_results=results, commit_time=timestamp(time))

    def rollback(self, request: Any) -> Any:
        self._transactions.rollback(request.transaction, check_database(request.database))
        return Empty()

    def batch_write(self, request: Any) -> Any:
        response = BatchWriteResponse()
        database = check_database(request.database)
        statuses(self._commits.batch_write(database, list(request.writes)), response)
        return response

    def run_query(self, request: Any) -> Iterator[Any]:
        """Documents, or one answer that says no more than when."""
        if request.HasField("explain_options"):
            unimplemented("RunQueryRequest.explain_options")
        query = parse(parent_path(request.parent), request.structured_query)
        with self._readings.reading(request, query.parent.database, query) as reading:
            time = timestamp(reading.time)
            if reading.begun:
                yield RunQueryResponse(transaction=reading.begun)
            answered = False
            for found in reading.query(query):
                document, answered = selected(found.document, query.select), True
                yield RunQueryResponse(document=document, read_time=time)
            if not answered:
                yield RunQueryResponse(read_time=time)

    def run_aggregation_query(self, request: Any) -> Iterator[Any]:
        if request.HasField("explain_options"):
            unimplemented("RunAggregationQueryRequest.explain_options")
        asked = request.structured_aggregation_query
        aggregations = parse_aggregations(asked)
        query = parse(parent_path(request.parent), asked.structured_query)
        query = query.also_ordered_by(each.path for each in aggregations if each.path)
        with self._readings.reading(request, query.parent.database, query) as reading:
            response = RunAggregationQueryResponse(
                read_time=timestamp(reading.time), transaction=reading.begun
            )
            for alias, value in aggregate(aggregations, reading.query(query)):
                response.result.aggregate_fields[alias].CopyFrom(value)
        yield response

    def _written(self, path: Path, write: Write, request: Any) -> Document:
        write.update.name = path.name
        self._commits.commit(path.database, [write])
        with self._readings.newest() as reading:
            found: Stored | None = reading.document(path)
        if found is None:
            raise Refused("ABORTED", "The document was deleted at once.")
        return masked(found.document, request)


def _auto_id() -> str:
    return "".join(secrets.choice(_AUTO_ID) for _ in range(_AUTO_ID_LENGTH))
