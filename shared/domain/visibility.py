"""Who may read what of a report. Nothing reads a report except through these tables."""

from enum import StrEnum

from shared.domain.events import Event
from shared.domain.report import Report
from shared.domain.scene import Person
from shared.domain.scrubbing import find_personal_data, mask, scrub
from shared.domain.statuses import Role, Status


class Viewer(StrEnum):
    PUBLIC = "public"
    REPORTER = "reporter"
    AGENCY = "agency"
    OFFICE = "office"  # verifiers, coordinators and the oversight: the region


OFFICE = frozenset({Role.VERIFIER, Role.COORDINATOR, Role.OVERSIGHT})

_OF_SECRET = frozenset({"code", "status", "status_label", "clocks"})
_ALWAYS = _OF_SECRET | {
    "kind",
    "outcome",
    "category",
    "agency",
    "area",
    "submitted_at",
    "supporters",
    "revision",
    "head",
    "timeline",
    "merged_into",
    "referred_to",
    "archive_reason",
    "attachments",
}
_TEXTS = frozenset({"title", "body"})
_OWN = (
    _ALWAYS
    | _TEXTS
    | {
        "language",
        "occurred_on",
        "location",
        "anonymous",
        "secret",
        "supervisory",
        "links",
        "satisfaction",
        "actions",
        "oversight_offered",
    }
)
_WORK = _OWN | {"channel", "assignee", "held_days", "suggestion", "named_agency"}

# Whose words the public reads without anybody ticking a box: the agency's promises and answers.
_SPOKEN_IN_PUBLIC = frozenset({"planned", "answered"})
_INTERNAL = frozenset({"noted"})


def viewer_of(report: Report, person: Person) -> Viewer | None:
    """As whom this officer or reporter reads the report; None: not theirs to read."""
    if person.agency in report.excluded:
        return None
    if Role.REPORTER in person.roles:
        return Viewer.REPORTER
    if person.roles & OFFICE:
        return Viewer.OFFICE
    if Role.AGENCY in person.roles and person.agency and person.agency == report.agency:
        return Viewer.AGENCY
    return None


def fields(report: Report, viewer: Viewer) -> frozenset[str]:
    if viewer is Viewer.PUBLIC:
        return _public_fields(report)
    return _OWN if viewer is Viewer.REPORTER else _WORK


def may_read(event: Event, report: Report, viewer: Viewer) -> bool:
    """Whether the texts of the event are for this viewer."""
    if viewer is Viewer.PUBLIC:
        spoken = event.type in _SPOKEN_IN_PUBLIC or event.public
        return spoken and has_public_texts(report)
    return viewer is not Viewer.REPORTER or event.type not in _INTERNAL


def has_public_texts(report: Report) -> bool:
    """A person took it on; of an archived report only the reason is shown."""
    return report.published and not report.secret and report.status is not Status.ARCHIVED


def is_veiled(report: Report, viewer: Viewer) -> bool:
    """Whether not even the nature of the report is for this viewer."""
    return viewer is Viewer.PUBLIC and report.secret


def may_see_identity(report: Report, role: Role) -> bool:
    """Through a reveal only, and never the agency of an anonymous reporter."""
    return role in OFFICE or (role is Role.AGENCY and not report.anonymous)


def readable(text: str, report: Report, viewer: Viewer, *, seq: int, field: str = "text") -> str:
    """A text of event `seq` as this viewer may read it. The stored text is never changed."""
    if viewer is Viewer.PUBLIC:
        place = (seq, field)
        cuts = [(cut.start, cut.end) for cut in report.masks if (cut.seq, cut.field) == place]
        return scrub(mask(text, _whole_numbers(text, cuts)))
    if viewer is Viewer.AGENCY and report.anonymous:
        return scrub(text)
    return text


def _whole_numbers(text: str, cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A cut through a phone number takes all of it: half a number would no longer be recognised."""
    if not cuts:
        return []
    found = find_personal_data(text)
    touched = [(span.start, span.end) for span in found if _touches((span.start, span.end), cuts)]
    return cuts + touched


def _touches(span: tuple[int, int], cuts: list[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in cuts)


def _public_fields(report: Report) -> frozenset[str]:
    if report.secret:
        return _OF_SECRET
    return _ALWAYS | _TEXTS if has_public_texts(report) else _ALWAYS
