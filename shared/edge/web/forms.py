"""Forms of pages: whether one is ours, what was typed, and what is wrong with it, by field.

What is posted is checked by the same models as the API's. Ours is a form that carries the mark of
the visitor whose cookie comes with it (a signed double submit), and that no other site posted.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Request
from werkzeug.datastructures import MultiDict

from shared.domain.languages import Pair, of_pair
from shared.edge import bodies
from shared.edge.problems import Fault, ForeignForm, Problem, StaleForm, message
from shared.edge.sentences import FAULTS
from shared.edge.web import session
from shared.usecases.ports import Keys

VISITOR = "visitor"
_MARK = "mark"
_KEY = "idempotency_key"
_LONGEST_KEY = 128
_NAME = re.compile(r"[A-Za-z0-9_-]{22}")
_OWN = frozenset({"same-origin", "none"})

_NOT_ON_THE_LIST = (
    "Pilihan ini sudah tidak ada; pilih yang lain.",
    "This is gone; choose another.",
)
# Where the sentence for programs would not tell a person what to do.
_FOR_PEOPLE: Mapping[tuple[str, str], Pair] = {
    ("advised", "required"): (
        "Baca anjuran itu, lalu centang bila laporan ini tetap Anda kirim.",
        "Read the advice, then tick this if you still send the report.",
    ),
    ("occurred_on", "invalid"): FAULTS["not-a-day"],
    ("website", "not-an-option"): (
        "Kolom ini terisi oleh peramban Anda dan sudah kami kosongkan. Kirim sekali lagi.",
        "Your browser filled this in; we have emptied it. Send once more.",
    ),
    ("agency", "not-in-directory"): _NOT_ON_THE_LIST,
    ("category", "not-in-directory"): _NOT_ON_THE_LIST,
}


@dataclass(frozen=True, slots=True)
class Form:
    """`typed`, and `faults` in the reader's words, by the API's dotted field names.

    `key` makes a post that is sent twice one post. `at` goes before the ids of its fields, where
    a page has several forms.
    """

    mark: str
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    problem: Mapping[str, Any] | None = None
    at: str = ""


def visitor_of(request: Request) -> str:
    """The random name this browser has here until it is closed, or a new one."""
    name = session.kept(request, VISITOR)
    return name if _NAME.fullmatch(name) else secrets.token_urlsafe(16)


def empty(visitor: str, keys: Keys) -> Form:
    return Form(mark=session.seal(visitor, _MARK, keys), key=secrets.token_urlsafe(24))


def apart(form: Form, name: str, *, sent: bool) -> Form:
    """One of several forms of a page; what was typed stays in the one that was sent."""
    if sent:
        return replace(form, at=f"{name}-")
    return Form(mark=form.mark, key=f"{form.key}-{name}"[-_LONGEST_KEY:], at=f"{name}-")


def with_faults(form: Form, typed: Mapping[str, str], problem: Problem, language: str) -> Form:
    """Shown once more. A post that may still arrive keeps its key; a decided one gets a new one."""
    decided = problem.code == "idempotency-mismatch"
    return Form(
        mark=form.mark,
        key=form.key if decided else typed.get(_KEY) or form.key,
        typed=typed,
        faults={fault.field: _said(fault, problem, language) for fault in problem.faults},
        problem=problem.body(language),
    )


def _said(fault: Fault, problem: Problem, language: str) -> str:
    """Beside the field that the rules refuse stands their own sentence."""
    refused = problem.detail if fault.code == "refused" else None
    pair = _FOR_PEOPLE.get((fault.field, fault.code)) or refused
    return of_pair(pair, language) if pair else message(fault, language)


def posted(
    request: Request, visitor: str, keys: Keys, *, files: bool = False
) -> "MultiDict[str, str]":
    """The fields of a form of ours, which may bring `files`. Raises ForeignForm and StaleForm."""
    if request.headers.get("Sec-Fetch-Site", "none") not in _OWN:
        raise ForeignForm
    fields = MultiDict(bodies.fields_of(request, files=files))
    mark = fields.pop(_MARK, "")
    if session.unseal(mark, _MARK, keys) != visitor:
        raise StaleForm
    return fields


def typed(request: Request) -> dict[str, str]:
    """What stands in the fields, right or wrong; nothing when it could not be read."""
    return {name: value for name, value in bodies.typed_in(request).items() if name != _MARK}


def written(request: Request) -> str:
    """The long text of a form, for its writer to keep when even the form cannot be shown."""
    kept = typed(request)
    return kept.get("body") or kept.get("text") or ""
