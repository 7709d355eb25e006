"""The methods that clients of this package call, and how each one's request is read."""

from typing import Any

from emulator.firestore.limits import check_request
from emulator.firestore.protocol import message_class
from emulator.rpc.calls import Calls, Parse, Watched, answering_many, unary

SERVICE = "google.firestore.v1.Firestore"
_ANSWERING_MANY = {
    "BatchGetDocuments": "batch_get_documents",
    "RunQuery": "run_query",
    "RunAggregationQuery": "run_aggregation_query",
}
_UNARY = {
    "GetDocument": "get_document",
    "ListDocuments": "list_documents",
    "CreateDocument": "create_document",
    "UpdateDocument": "update_document",
    "DeleteDocument": "delete_document",
    "BeginTransaction": "begin_transaction",
    "Commit": "commit",
    "Rollback": "rollback",
    "BatchWrite": "batch_write",
    "PartitionQuery": "partition_query",
    "ListCollectionIds": "list_collection_ids",
}


def calls(service: Any, watched: Watched) -> Calls:
    return Calls(
        {
            f"/{SERVICE}/{name}": kind(name, _request_of(name), getattr(service, method), watched)
            for kind, methods in ((unary, _UNARY), (answering_many, _ANSWERING_MANY))
            for name, method in methods.items()
        }
    )


def _request_of(name: str) -> Parse:
    parse: Parse = message_class(f"{name}Request").FromString

    def checked(data: bytes) -> Any:
        check_request(len(data))
        return parse(data)

    return checked
