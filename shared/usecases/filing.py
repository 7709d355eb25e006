"""File a report: once, however often the same request arrives."""

from dataclasses import dataclass

from shared.domain.acts.filing import Filing
from shared.domain.codes import make_code
from shared.domain.events import Stamp
from shared.domain.receipts import ReceiptMark, derived_receipt, mark_receipt, random_receipt
from shared.domain.report import Report
from shared.domain.scene import Person, Rules
from shared.domain.statuses import Role
from shared.domain.workflow import submit
from shared.usecases.failures import StillChanging
from shared.usecases.ports import (
    Commit,
    Committed,
    Identity,
    Keys,
    Repeatable,
    Reporter,
    StoreAway,
)
from shared.usecases.saving import Attempt, Desk

# Entropy of one request is cut into pieces that must not overlap: code, receipt, event ids.
_CODE = slice(0, 8)
_RECEIPT = slice(8, 32)
_EVENTS = slice(32, 64)


@dataclass(frozen=True, slots=True)
class Filed:
    """The receipt is shown in this answer and never again, unless the same request is repeated.

    `mark`: what the store keeps in its place.
    """

    report: Report
    receipt: str
    mark: ReceiptMark


def file_report(
    filing: Filing,
    identity: Identity,
    *,
    person: Person,
    role: Role,
    attempt: Attempt | None,
    rules: Rules,
    stamp: Stamp,
    desk: Desk,
) -> Filed:
    earlier = desk.earlier(attempt, stamp.at)
    if attempt and earlier and earlier.is_fresh(stamp.at):
        return _as_before(earlier, attempt, desk)
    code = make_code(stamp.entropy[_CODE])
    decision = submit(
        filing,
        code=code,
        person=person,
        role=role,
        rules=rules,
        stamp=Stamp(stamp.at, stamp.entropy[_EVENTS]),
    )
    receipt = _receipt(desk.keys, code, attempt, stamp.entropy)
    mark = _mark(desk.keys, code, receipt)
    commit = Commit((decision,), reporter=Reporter(identity, mark))
    answer = desk.commit(commit, attempt=attempt, expired=earlier, now=stamp.at)
    if answer is Committed.NOW:
        return Filed(decision.report, receipt, mark)
    # The same request arrived twice at the same time, and the other one was first.
    first = desk.earlier(attempt, stamp.at)
    if attempt and first:
        return _as_before(first, attempt, desk)
    # Nothing stands in the place of what is new: too many wrote at once, or the code was taken.
    raise StoreAway


def _as_before(record: Repeatable, attempt: Attempt, desk: Desk) -> Filed:
    report = desk.as_it_was(record)
    _, mark = desk.reports.load_with_receipt(record.code)
    if mark is None:
        raise StillChanging
    secret = desk.keys.secrets[mark.key_id]
    receipt = derived_receipt(secret, code=record.code, idempotency_key=attempt.key)
    return Filed(report, receipt, mark)


def _receipt(keys: Keys, code: str, attempt: Attempt | None, entropy: bytes) -> str:
    if attempt:
        return derived_receipt(keys.secret, code=code, idempotency_key=attempt.key)
    return random_receipt(entropy[_RECEIPT])


def _mark(keys: Keys, code: str, receipt: str) -> ReceiptMark:
    return mark_receipt(receipt, code=code, key_id=keys.current, key=keys.secret)
