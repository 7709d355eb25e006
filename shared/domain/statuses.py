"""Statuses of a report, their groups and the labels people read."""

from enum import StrEnum

from shared.domain.languages import Pair, of_pair


class Kind(StrEnum):
    COMPLAINT = "complaint"
    ASPIRATION = "aspiration"
    INFORMATION_REQUEST = "information_request"
    APPRECIATION = "appreciation"


class Status(StrEnum):
    SUBMITTED = "submitted"
    CONTESTED = "contested"
    ON_HOLD = "on_hold"
    ROUTED = "routed"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    REPLIED = "replied"
    REFERRED = "referred"
    CLOSED = "closed"
    ARCHIVED = "archived"
    MERGED = "merged"


class Outcome(StrEnum):
    SOLVED = "solved"
    ACCEPTED = "accepted"
    NO_REPLY = "no_reply"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed_on"


class AnswerKind(StrEnum):
    SOLVED = "solved"
    EXPLAINED = "explained"
    NOT_SOLVABLE = "not_solvable"


class ArchiveReason(StrEnum):
    INCOMPLETE = "incomplete"
    NOT_PUBLIC_SERVICE = "not_public_service"
    ABUSIVE = "abusive"
    TEST = "test"


class Role(StrEnum):
    REPORTER = "reporter"
    INTAKE = "intake"
    VERIFIER = "verifier"
    AGENCY = "agency"
    COORDINATOR = "coordinator"
    OVERSIGHT = "oversight"
    ADMIN = "admin"
    SYSTEM = "system"


FINAL = frozenset({Status.CLOSED, Status.ARCHIVED, Status.MERGED, Status.REFERRED})
OPEN = frozenset(Status) - FINAL
WITH_AGENCY = frozenset({Status.ROUTED, Status.IN_PROGRESS, Status.REPLIED})

# {agency}, {body} and {code} are filled in by `label`.
_LABELS: dict[str, Pair] = {
    Status.SUBMITTED: ("Belum Terverifikasi", "Awaiting verification"),
    Status.CONTESTED: ("Menunggu Keputusan Koordinator", "Awaiting the coordinator's decision"),
    Status.ON_HOLD: (
        "Ditunda – menunggu keterangan pelapor",
        "On hold: waiting for the reporter",
    ),
    Status.ROUTED: ("Terdisposisi ke {agency}", "Routed to {agency}"),
    Status.IN_PROGRESS: ("Dalam Proses", "In progress"),
    Status.ANSWERED: ("Ditindaklanjuti oleh Instansi", "Followed up by the agency"),
    Status.REPLIED: ("Ditanggapi oleh Pelapor", "Reporter replied"),
    Status.REFERRED: ("Diteruskan ke {body}", "Passed on to {body}"),
    Status.ARCHIVED: ("Diarsipkan", "Archived"),
    Status.MERGED: ("Digabungkan ke {code}", "Merged into {code}"),
    Outcome.SOLVED: ("Selesai", "Resolved"),
    Outcome.ACCEPTED: (
        "Ditutup – penjelasan diterima pelapor",
        "Closed: explanation accepted",
    ),
    Outcome.NO_REPLY: (
        "Ditutup – tanpa tanggapan pelapor",
        "Closed: no reply from the reporter",
    ),
    Outcome.WITHDRAWN: ("Dicabut oleh Pelapor", "Withdrawn"),
    Outcome.PASSED_ON: ("Diteruskan sebagai apresiasi", "Passed on as praise"),
}

# What a label says instead of a name that its reader may not know.
UNNAMED: dict[str, dict[str, str]] = {
    "id": {"agency": "instansi yang berwenang", "body": "lembaga lain", "code": "laporan lain"},
    "en": {"agency": "the responsible agency", "body": "another body", "code": "another report"},
}


def label(
    status: Status,
    outcome: Outcome | None,
    language: str,
    *,
    agency: str = "",
    body: str = "",
    code: str = "",
) -> str:
    pair = _LABELS[outcome if status is Status.CLOSED and outcome else status]
    return of_pair(pair, language).format(agency=agency, body=body, code=code)
