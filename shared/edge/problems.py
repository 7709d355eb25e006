"""Every failure and what the caller reads of it: RFC 9457, two languages, never the value."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from werkzeug import exceptions as w

from shared.domain.codes import UnreadableCode
from shared.domain.languages import Pair, of_pair
from shared.domain.refusals import NotAllowed, Refusal
from shared.edge.sentences import DETAILS, FAULTS, TITLES
from shared.usecases.failures import (
    IdempotencyMismatch,
    NoSuchEntry,
    NoSuchReport,
    StillChanging,
    TooManyAsked,
    TooManyTries,
    WrongLink,
    WrongOneTimeCode,
    WrongReceipt,
)
from shared.usecases.file_ports import NoSuchObject
from shared.usecases.ports import BadToken, IssuerAway, StoreAway

_RETRY_SOON = "5"
_RETRY_LATER = "3600"


@dataclass(frozen=True, slots=True)
class Fault:
    """One field and what is wrong with it; `limit` is ours, never what was sent."""

    field: str
    code: str
    limit: str = ""


class FieldFaults(Exception):
    def __init__(self, *faults: Fault) -> None:
        super().__init__(", ".join(f"{fault.field}: {fault.code}" for fault in faults))
        self.faults = faults


class MalformedBody(Exception):
    """Neither JSON nor a form."""


class NoCredentials(Exception):
    """No, or no valid, receipt or token."""


class StaleForm(Exception):
    """A form that this browser was not given, or was given before it was last closed."""


class ForeignForm(Exception):
    """Another site posts a form of ours."""


class NotYet(Exception):
    """What it is about may not be here yet; the same may come again."""


class NoSuchLink(Exception):
    """A link that we did not make."""


class EndedLink(Exception):
    """A link to a file that has ended, or that we did not make."""


class TooManyRequests(Exception):
    """More than one address may send within a minute."""


@dataclass(frozen=True, slots=True)
class Problem:
    status: int
    code: str
    headers: dict[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    detail: Pair | None = None

    def body(self, language: str) -> dict[str, Any]:
        title, detail = self._sentences(language)
        body: dict[str, Any] = {
            "type": f"urn:tanggap:problem:{self.code}",
            "title": title,
            "status": self.status,
            "code": self.code,
            "detail": detail,
        }
        if self.faults:
            body["errors"] = [
                {"field": fault.field, "code": fault.code, "message": message(fault, language)}
                for fault in self.faults
            ]
        return body

    def _sentences(self, language: str) -> tuple[str, str]:
        title = TITLES[self.status]
        detail = self.detail or DETAILS.get(self.code) or title
        return of_pair(title, language), of_pair(detail, language)


def problem_of(failure: Exception) -> Problem | None:
    """None: not foreseen, a bug."""
    if isinstance(failure, FieldFaults):
        return Problem(422, "field-faults", faults=failure.faults)
    if isinstance(failure, Refusal) and not isinstance(failure, NotAllowed):
        return _of_refusal(failure)
    if isinstance(failure, w.MethodNotAllowed):
        allow = ", ".join(sorted({*(failure.valid_methods or ()), "OPTIONS"}))
        return Problem(405, "method-not-allowed", {"Allow": allow})
    return next((problem for kind, problem in _FORESEEN if isinstance(failure, kind)), None)


def message(fault: Fault, language: str) -> str:
    return of_pair(FAULTS[fault.code], language).format(limit=fault.limit)


_FORESEEN: tuple[tuple[type[Exception], Problem], ...] = (
    (MalformedBody, Problem(400, "malformed-body")),
    (w.BadRequest, Problem(400, "malformed-body")),
    (NoCredentials, Problem(401, "no-credentials", {"WWW-Authenticate": "Bearer, Receipt"})),
    (BadToken, Problem(401, "no-credentials", {"WWW-Authenticate": "Bearer"})),
    (WrongReceipt, Problem(401, "wrong-receipt", {"WWW-Authenticate": "Receipt"})),
    (WrongLink, Problem(401, "wrong-link", {"WWW-Authenticate": "Receipt"})),
    (NotAllowed, Problem(403, "not-yours")),
    (WrongOneTimeCode, Problem(403, "wrong-one-time-code")),
    (StaleForm, Problem(403, "stale-form")),
    (ForeignForm, Problem(403, "foreign-form")),
    (NoSuchReport, Problem(404, "no-such-report")),
    (UnreadableCode, Problem(404, "no-such-report")),
    (NoSuchLink, Problem(404, "no-such-path")),
    (EndedLink, Problem(404, "ended-link")),
    (NoSuchObject, Problem(404, "ended-link")),
    (NoSuchEntry, Problem(404, "no-such-entry")),
    (w.NotFound, Problem(404, "no-such-path")),
    (IdempotencyMismatch, Problem(409, "idempotency-mismatch")),
    (StillChanging, Problem(409, "stale-revision")),
    (w.RequestEntityTooLarge, Problem(413, "too-large")),
    (w.UnsupportedMediaType, Problem(415, "unsupported-media-type")),
    (TooManyTries, Problem(429, "too-many-tries", {"Retry-After": _RETRY_LATER})),
    (TooManyAsked, Problem(429, "too-many-asked", {"Retry-After": _RETRY_LATER})),
    (TooManyRequests, Problem(429, "too-many-requests", {"Retry-After": "60"})),
    (StoreAway, Problem(503, "store-away", {"Retry-After": _RETRY_SOON})),
    (NotYet, Problem(503, "not-yet", {"Retry-After": _RETRY_SOON})),
    (IssuerAway, Problem(503, "issuer-away", {"Retry-After": _RETRY_SOON})),
)

BUG = Problem(500, "internal-error")

# Refusals that are about one field of what was sent.
_FIELD_OF = {
    "unknown-agency": "agency",
    "agency-replaced": "agency",
    "unknown-body": "body",
    "unknown-category": "category",
    "unknown-officer": "officer",
    "unknown-cause": "cause",
    "unknown-report": "into",
    "unknown-text": "start",
    "proof-needed": "proof",
    "role-needed": "roles",
    "agency-needed": "agency",
    "head-of-what": "head",
    "days-reversed": "deputy.until",
    "unknown-deputy": "deputy.officer",
    "email-taken": "email",
    "address-needed": "contact.email",
}

# pydantic's error types → our stable codes.
_CODES = {
    "missing": "required",
    "string_too_short": "too-short",
    "too_short": "too-short",
    "too_long": "too-long",
    "string_too_long": "too-long",
    "extra_forbidden": "unknown-field",
    "literal_error": "not-an-option",
    "enum": "not-an-option",
    "union_tag_invalid": "not-an-option",
    "union_tag_not_found": "required",
    "not_an_email": "not-an-email",
    "not_a_phone": "not-a-phone",
    "either_or": "either-or",
    "not_a_time": "not-a-time",
    "not_a_day": "not-a-day",
}
# A number is no name of ours: it may be somebody's telephone.
_A_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_-]{0,29}")
_NOT_JSON = frozenset(
    {"json_invalid", "model_type", "model_attributes_type", "dict_type", "recursion_loop"}
)


def _of_refusal(refusal: Refusal) -> Problem:
    field_ = _FIELD_OF.get(refusal.code)
    if field_ is None:
        return Problem(409, refusal.code, detail=refusal.sentence)
    return Problem(422, refusal.code, faults=(Fault(field_, "refused"),), detail=refusal.sentence)


def unfit(failure: ValidationError) -> MalformedBody | FieldFaults:
    """What is wrong with a body. Only there: a stored value that fits no model is a bug."""
    errors = failure.errors(include_url=False, include_input=False)
    if any(error["type"] in _NOT_JSON and len(error["loc"]) == 0 for error in errors):
        return MalformedBody()
    # In a choice of actions pydantic names the action first; people know the field only.
    skipped = 1 if failure.title.endswith("Actions") else 0
    return FieldFaults(*(_fault(error, error["loc"][skipped:]) for error in errors))


def _fault(error: Any, path: Iterable[str | int]) -> Fault:
    limits = error.get("ctx", {})
    return Fault(
        field=".".join(named(str(part)) for part in path) or "action",
        code=_CODES.get(error["type"], "invalid"),
        limit=str(limits.get("min_length") or limits.get("max_length") or ""),
    )


def named(part: str) -> str:
    """A name like ours is repeated; anything else is somebody's text, and is not."""
    return part if _A_NAME.fullmatch(part) else "?"
