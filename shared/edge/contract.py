"""The operations of the HTTP contract: one table for the functions and for the OpenAPI page."""

import functools
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module

from pydantic import BaseModel

JSON, CSV, BYTES = "application/json", "text/csv", "application/octet-stream"


class Caller(StrEnum):
    """Who may call. The scheduler's calls are private: the cloud's IAM lets nobody else in.

    A contact is whoever reads what is sent to the contact on file; a provider signs what it posts;
    a link stands in an answer of ours, and says by itself what it opens.
    """

    ANYBODY = "anybody"
    CONTACT = "contact"
    HOLDER_OR_PUBLIC = "holder or public"
    HOLDER = "holder"
    HOLDER_OR_OFFICER = "holder or officer"
    HOLDER_OFFICER_OR_PUBLIC = "holder, officer or public"
    OFFICER = "officer"
    SCHEDULER = "scheduler"
    PROVIDER = "provider"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Operation:
    """`body` and `form`: "module.Model" of JSON, and of a form posted instead; see `model`.

    `query`: the same of what stands in the address after the question mark.
    `reply`: "module.Model" of `replies`; of a table for spreadsheets, what it is made
    of; None: an answer without content. `also`: further good answers, by status. `page`: the
    template of what a browser gets.
    `files`: whether a form of several parts may bring some.
    """

    name: str
    method: str
    path: str
    caller: Caller
    reply: str | None
    about: str
    body: str | None = None
    form: str | None = None
    query: str | None = None
    status: int = 200
    media: str = JSON
    page: str | None = None
    also: tuple[tuple[int, str], ...] = ()
    files: bool = False


@functools.cache
def model(name: str) -> type[BaseModel]:
    """Models load with their first use: those of thirty actions would slow every cold start."""
    module, _, class_ = name.rpartition(".")
    found: type[BaseModel] = getattr(import_module(f"shared.edge.{module}"), class_)
    return found


FILE_REPORT = Operation(
    "file_report", "POST", "/api/reports", Caller.ANYBODY, "reports.Filed",
    "File a report; the receipt is shown in this answer only.",
    body="messages.ReportForm", form="messages.BrowserForm", status=201, page="filed.html",
    files=True,
)  # fmt: skip
FILE_ON_BEHALF = Operation(
    "file_on_behalf", "POST", "/api/desk/reports", Caller.OFFICER, "reports.Filed",
    "An intake officer files for somebody else.",
    body="messages.IntakeForm", status=201,
)  # fmt: skip
READ_REPORT = Operation(
    "read_report", "GET", "/api/reports/<code>", Caller.HOLDER_OR_PUBLIC, "reports.ReportView",
    "The public view; with the receipt, the reporter's.",
)  # fmt: skip
ACT_AS_REPORTER = Operation(
    "act_as_reporter", "POST", "/api/reports/<code>/actions", Caller.HOLDER, "reports.ReportView",
    "What the reporter does: add, reply, confirm, object …",
    body="actions.ReporterActions",
)  # fmt: skip
SUPPORT = Operation(
    "support", "POST", "/api/reports/<code>/support", Caller.ANYBODY, "reports.Supported",
    "“This affects me too”, once per browser.",
)  # fmt: skip
RENEW_RECEIPT = Operation(
    "renew_receipt", "POST", "/api/reports/<code>/receipt", Caller.CONTACT, "own.Asked",
    "A lost receipt: the contact on file gets a one-time code, the code gets a new receipt.",
    body="messages.ReceiptForm", status=202, also=((200, "own.Renewed"),),
)  # fmt: skip
READ_OVERSIGHT_FILE = Operation(
    "read_oversight_file", "GET", "/api/reports/<code>/oversight-file", Caller.HOLDER,
    "own.OversightFile",
    "All an oversight body needs to know, and how to check it; for the reporter to send.",
    query="messages.OversightQuestion", page="oversight_file.html",
)  # fmt: skip
ATTACH_FILE = Operation(
    "attach_file", "POST", "/api/reports/<code>/attachments", Caller.HOLDER_OR_OFFICER,
    "files.Invited", "Announce a file; the answer says where to upload it within a day.",
    body="file_forms.AttachmentForm", status=201,
)  # fmt: skip
LIST_FILES = Operation(
    "list_files", "GET", "/api/reports/<code>/attachments", Caller.HOLDER_OFFICER_OR_PUBLIC,
    "files.AttachedFiles", "The files of a report that this caller may see.",
)  # fmt: skip
TAKE_BACK_FILE = Operation(
    "take_back_file", "DELETE", "/api/reports/<code>/attachments/<string(length=22):id>",
    Caller.HOLDER_OR_OFFICER, None,
    "Take back a file of one's own that no event names; again: nothing more.",
    status=204,
)  # fmt: skip
SERVE_FILE = Operation(
    "serve_file", "GET", "/berkas/<token>", Caller.LINK, "files.FileContent",
    "A file, by a link of a list: pictures as webp, all else as a download.",
    media=BYTES,
)  # fmt: skip
SEARCH = Operation(
    "search", "POST", "/api/desk/search", Caller.OFFICER, "reports.Found",
    "A queue, sorted by nearest due time.",
    body="messages.SearchForm",
)  # fmt: skip
READ_AS_OFFICER = Operation(
    "read_as_officer", "GET", "/api/desk/reports/<code>", Caller.OFFICER, "reports.DeskView",
    "The report as this officer may read it.",
)  # fmt: skip
ACT_AS_OFFICER = Operation(
    "act_as_officer", "POST", "/api/desk/reports/<code>/actions", Caller.OFFICER,
    "reports.DeskView", "What officers do: classify, route, respond …",
    body="actions.OfficerActions",
)  # fmt: skip
LIST_AGENCIES = Operation(
    "list_agencies", "GET", "/api/desk/agencies", Caller.OFFICER, "service.Agencies",
    "Agencies and outside bodies of the region, for choosing one.",
)  # fmt: skip
LIST_OFFICERS = Operation(
    "list_officers", "GET", "/api/desk/officers", Caller.OFFICER, "people.Officers",
    "An admin lists those of an agency, or those who work for the whole region.",
    query="people_forms.OfficersQuestion",
)  # fmt: skip
ADD_OFFICER = Operation(
    "add_officer", "POST", "/api/desk/officers", Caller.OFFICER, "people.Officer",
    "An admin adds an officer; the first sign-in binds the account.",
    body="people_forms.NewOfficer", status=201,
)  # fmt: skip
CHANGE_OFFICER = Operation(
    "change_officer", "POST", "/api/desk/officers/<id>", Caller.OFFICER, "people.Officer",
    "An admin changes a record as a whole; whoever leaves gets a last day, nobody is removed.",
    body="people_forms.ChangedOfficer",
)  # fmt: skip
AMEND_AGENCY = Operation(
    "amend_agency", "POST", "/api/desk/agencies/<id>", Caller.OFFICER,
    "people.AmendedAgency",
    "An admin says how an agency is reached; no seeding overwrites it.",
    body="people_forms.AgencyForm",
)  # fmt: skip
LIST_EDITS = Operation(
    "list_edits", "GET", "/api/desk/edits", Caller.OFFICER, "people.Edits",
    "Who changed what in the directory, the newest first; for admins.",
    query="people_forms.EditsQuestion",
)  # fmt: skip
LIST_LOOKS = Operation(
    "list_looks", "GET", "/api/desk/looks", Caller.OFFICER, "people.Looks",
    "Who looked at whose identity and why: a head's own agency, the coordinator's region.",
    query="people_forms.LogQuestion",
)  # fmt: skip
DIRECTORY = Operation(
    "directory", "GET", "/api/directory", Caller.ANYBODY, "service.DirectoryView",
    "Categories, agencies and areas of the region.",
)  # fmt: skip
EXPLAIN_DUE = Operation(
    "explain_due", "GET", "/api/calendar/due", Caller.ANYBODY, "service.DueView",
    "When a clock would be due, its days counted one by one.",
    query="questions.DueQuestion",
)  # fmt: skip
SCOREBOARD = Operation(
    "scoreboard", "GET", "/api/scoreboard", Caller.ANYBODY, "scoreboard.ScoreboardView",
    "How the response deadlines of a period were kept, by group.",
    query="messages.ScoreboardQuestion",
)  # fmt: skip
SCOREBOARD_SHEET = Operation(
    "scoreboard_sheet", "GET", "/api/scoreboard.csv", Caller.ANYBODY, "scoreboard.ScoreboardView",
    "The same groups as a table for spreadsheets.",
    query="messages.ScoreboardQuestion", media=CSV,
)  # fmt: skip
DAY_ROOT = Operation(
    "day_root", "GET", "/api/scoreboard/roots", Caller.ANYBODY, "scoreboard.DayRoot",
    "One hash over the heads of every report that was touched on a day that is over.",
    query="messages.DayQuestion",
)  # fmt: skip
OPENAPI = Operation(
    "openapi", "GET", "/api/openapi.json", Caller.ANYBODY, "service.Document", "This description.",
)  # fmt: skip
HEALTH = Operation(
    "health", "GET", "/health", Caller.ANYBODY, "service.Health", "Whether the store answers.",
)  # fmt: skip

RECORD_DELIVERY = Operation(
    "record_delivery", "POST", "/api/deliveries", Caller.PROVIDER, "runs.Recorded",
    "What became of a mail, as SNS posts it.",
)  # fmt: skip
LEAVE = Operation(
    "leave", "POST", "/api/deliveries/<token>", Caller.PROVIDER, "runs.Recorded",
    "One click, made by the reader's mail program: no more such mails (RFC 8058).",
)  # fmt: skip

SWEEP_OUTBOX = Operation(
    "sweep_outbox", "POST", "/", Caller.SCHEDULER, "runs.Swept",
    "Publish what the outbox still holds.",
)  # fmt: skip
SWEEP_LADDER = Operation(
    "sweep_ladder", "POST", "/", Caller.SCHEDULER, "runs.LadderSwept",
    "Remind, escalate and expire what is due.",
)  # fmt: skip
WRITE_DIGESTS = Operation(
    "write_digests", "POST", "/", Caller.SCHEDULER, "runs.DigestsWritten",
    "Write the day's digests, once.",
)  # fmt: skip

OPERATIONS: tuple[Operation, ...] = tuple(
    value for value in dict(globals()).values() if isinstance(value, Operation)
)
