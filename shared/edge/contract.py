"""The operations of the HTTP contract: one table for the functions and for the OpenAPI page."""

import functools
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from pydantic import BaseModel


class Caller(StrEnum):
    """Who may call. The scheduler's calls are private: the cloud's IAM lets nobody else in."""

    ANYBODY = "anybody"
    HOLDER_OR_PUBLIC = "holder or public"
    HOLDER = "holder"
    OFFICER = "officer"
    SCHEDULER = "scheduler"


@dataclass(frozen=True, slots=True)
class Operation:
    """`body` and `form`: "module.Model" of JSON, and of a form posted instead; see `model`.

    `reply`: a model of `replies`.
    """

    name: str
    method: str
    path: str
    caller: Caller
    reply: str
    about: str
    body: str | None = None
    form: str | None = None
    status: int = 200


@functools.cache
def model(name: str) -> type[BaseModel]:
    """Models load with their first use: those of thirty actions would slow every cold start."""
    module, _, class_ = name.partition(".")
    found: type[BaseModel] = getattr(import_module(f"shared.edge.{module}"), class_)
    return found


FILE_REPORT = Operation(
    "file_report", "POST", "/api/reports", Caller.ANYBODY, "Filed",
    "File a report; the receipt is shown in this answer only.",
    body="messages.ReportForm", form="messages.BrowserForm", status=201,
)  # fmt: skip
FILE_ON_BEHALF = Operation(
    "file_on_behalf", "POST", "/api/desk/reports", Caller.OFFICER, "Filed",
    "An intake officer files for somebody else.",
    body="messages.IntakeForm", status=201,
)  # fmt: skip
READ_REPORT = Operation(
    "read_report", "GET", "/api/reports/<code>", Caller.HOLDER_OR_PUBLIC, "ReportView",
    "The public view; with the receipt, the reporter's.",
)  # fmt: skip
ACT_AS_REPORTER = Operation(
    "act_as_reporter", "POST", "/api/reports/<code>/actions", Caller.HOLDER, "ReportView",
    "What the reporter does: add, reply, confirm, object …",
    body="actions.ReporterActions",
)  # fmt: skip
SUPPORT = Operation(
    "support", "POST", "/api/reports/<code>/support", Caller.ANYBODY, "Supported",
    "“This affects me too”, once per browser.",
)  # fmt: skip
SEARCH = Operation(
    "search", "POST", "/api/desk/search", Caller.OFFICER, "Found",
    "A queue, sorted by nearest due time.",
    body="messages.SearchForm",
)  # fmt: skip
READ_AS_OFFICER = Operation(
    "read_as_officer", "GET", "/api/desk/reports/<code>", Caller.OFFICER, "DeskView",
    "The report as this officer may read it.",
)  # fmt: skip
ACT_AS_OFFICER = Operation(
    "act_as_officer", "POST", "/api/desk/reports/<code>/actions", Caller.OFFICER, "DeskView",
    "What officers do: classify, route, respond …",
    body="actions.OfficerActions",
)  # fmt: skip
LIST_AGENCIES = Operation(
    "list_agencies", "GET", "/api/desk/agencies", Caller.OFFICER, "Agencies",
    "Agencies and outside bodies of the region, for choosing one.",
)  # fmt: skip
DIRECTORY = Operation(
    "directory", "GET", "/api/directory", Caller.ANYBODY, "DirectoryView",
    "Categories, agencies and areas of the region.",
)  # fmt: skip
OPENAPI = Operation(
    "openapi", "GET", "/api/openapi.json", Caller.ANYBODY, "Document", "This description.",
)  # fmt: skip
HEALTH = Operation(
    "health", "GET", "/health", Caller.ANYBODY, "Health", "Whether the store answers.",
)  # fmt: skip

SWEEP_OUTBOX = Operation(
    "sweep_outbox", "POST", "/", Caller.SCHEDULER, "Swept", "Publish what the outbox still holds.",
)  # fmt: skip

OPERATIONS: tuple[Operation, ...] = tuple(
    value for value in dict(globals()).values() if isinstance(value, Operation)
)
