"""Answering by the link in a message: just what it tells of, and only while it is the latest."""

from datetime import datetime

from shared.domain.answer_links import ANSWERS, answered_event, may_be_answered
from shared.usecases.acting import loaded
from shared.usecases.failures import WrongLink
from shared.usecases.saving import Desk


def check_answer(token: str, code: str, action: str, *, desk: Desk, now: datetime) -> None:
    """Raises WrongLink. Whether the report still waits for it is the workflow's to say."""
    if action not in answers_of(token, code, desk=desk, now=now):
        raise WrongLink


def answers_of(token: str, code: str, *, desk: Desk, now: datetime) -> frozenset[str]:
    """The actions that the link is for. Raises WrongLink."""
    seq = answered_event(token, code, keys=desk.keys.secrets.values(), now=now)
    report = loaded(desk.reports, code)
    if seq is None or seq > report.seq:
        raise WrongLink
    event, *since = desk.reports.timeline(code, report.seq)[seq - 1 :]
    # "Solved" was said of the older answer, not of the newer one.
    is_latest = all(later.type != event.type for later in since)
    if not (is_latest and may_be_answered(report, event.type)):
        raise WrongLink
    return ANSWERS[event.type]
