"""Whom an event is told to, and as which kind of message: one table. The texts are elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain import notice_conditions as when
from shared.domain.notice import Audience
from shared.domain.notice_conditions import Story

_REPORTER, _AGENCY, _HEAD = Audience.REPORTER, Audience.AGENCY, Audience.AGENCY_HEAD
_VERIFIERS, _COORDINATOR = Audience.VERIFIERS, Audience.COORDINATOR
_INSPECTORATE = Audience.INSPECTORATE


@dataclass(frozen=True, slots=True)
class Line:
    event: str
    audience: Audience
    kind: str
    when: Callable[[Story], bool] = when.always


# Of the lines for one event and one audience, the first that fits is told. An agency's own rungs
# have no line: it reads of them in its digest, each working day.
TABLE: tuple[Line, ...] = (
    Line("submitted", _REPORTER, "received_on_behalf", when.filed_by_intake),
    Line("submitted", _REPORTER, "received"),
    Line("classified", _REPORTER, "classified"),
    Line("routed", _REPORTER, "passed_on", when.is_passed_on),
    Line("routed", _REPORTER, "appeal_upheld", when.decides_appeal),
    Line("routed", _REPORTER, "routed"),
    Line("routed", _AGENCY, "praise", when.is_passed_on),
    Line("routed", _AGENCY, "new_report"),
    *(
        Line("routed", audience, "routed_unchecked", when.goes_on_unchecked(audience))
        for audience in (_COORDINATOR, _INSPECTORATE)
    ),
    Line("referred", _REPORTER, "referred"),
    Line("held", _REPORTER, "question", when.verifier_asks),
    Line("held", _REPORTER, "agency_question"),
    Line("forwarded", _REPORTER, "forwarded"),
    Line("forwarded", _AGENCY, "new_report"),
    Line("reassigned", _REPORTER, "reassigned"),
    Line("reassigned", _AGENCY, "new_report"),
    Line("transferred", _AGENCY, "new_report", when.is_agencys_turn),
    Line("contested", _COORDINATOR, "to_decide"),
    Line("contested", _REPORTER, "oversight_offered", when.oversight_is_offered),
    Line("planned", _REPORTER, "planned"),
    Line("extended", _REPORTER, "extended"),
    Line("rescheduled", _REPORTER, "rescheduled", when.date_moved),
    Line("answered", _REPORTER, "answered_on_behalf", when.is_on_behalf),
    Line("answered", _REPORTER, "answered"),
    Line("confirmed", _REPORTER, "closed_for_good", when.objections_are_used),
    Line("confirmed", _REPORTER, "closed"),
    Line("withdrawn", _REPORTER, "closed_for_good", when.objections_are_used),
    Line("withdrawn", _REPORTER, "closed"),
    Line("expired", _REPORTER, "archived_for_good", when.is_archived_after_appeal),
    Line("expired", _REPORTER, "archived_unanswered", when.is_archived),
    Line("expired", _REPORTER, "closed_for_good", when.is_closed_after_objections),
    Line("expired", _REPORTER, "closed", when.is_closed),
    Line("expired", _AGENCY, "hold_ended", when.agencys_hold_ended),
    Line("resumed", _AGENCY, "hold_ended", when.coordinator_ends_agencys_hold),
    Line("archived", _REPORTER, "appeal_rejected", when.is_archived_after_appeal),
    Line("archived", _REPORTER, "archived"),
    Line("appealed", _VERIFIERS, "appeal"),
    Line("merged", _REPORTER, "merged", when.is_merged),
    Line("reopened", _REPORTER, "reopened"),
    Line("reopened", _AGENCY, "returned", when.is_agencys_turn),
    Line("directed", _AGENCY, "directed"),
    Line("revealed", _REPORTER, "identity_seen"),
    Line("receipt_renewed", _REPORTER, "receipt_renewed"),
    # What the reporter wrote goes to who has to read it
    *(
        Line(event, audience, "reporter_wrote", condition)
        for event in ("added", "replied", "objected", "supplemented")
        for audience, condition in (
            (_AGENCY, when.is_agencys_turn),
            (_COORDINATOR, when.coordinator_reads),
        )
    ),
    Line("added", _AGENCY, "reporter_added", when.agency_waits),
    Line("supplemented", _VERIFIERS, "supplement", when.verifiers_read),
    Line("added", _VERIFIERS, "reporter_wrote", when.verifiers_read),
    Line("objected", _VERIFIERS, "reporter_wrote", when.verifiers_read),
    # Rungs of the ladder
    Line("reminded", _REPORTER, "about_to_close", when.reporter_is_asked_to_confirm),
    Line("reminded", _REPORTER, "question_waiting", when.reporter_is_asked_to_answer),
    Line("escalated", _REPORTER, "legal_over", when.oversight_is_offered),
    Line("escalated", _REPORTER, "escalated", when.another_rung_follows),
    Line("escalated", _REPORTER, "escalated_last", when.an_office_is_told),
    *(
        Line(event, audience, kind, when.is_told(audience))
        for event, kind in (("reminded", "reminder"), ("escalated", "late"))
        for audience in (_HEAD, _VERIFIERS, _COORDINATOR, _INSPECTORATE)
    ),
)

TYPES = frozenset(line.event for line in TABLE)
