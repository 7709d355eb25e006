"""What officers see of the messages about a report: which, to whom, how far. Never an address."""

from collections.abc import Iterable
from typing import Any

from shared.domain.notice import Audience, Notice, NoticeState
from shared.domain.visibility import Viewer
from shared.usecases.views import Reading


def notices_view(notices: Iterable[Notice], reading: Reading) -> list[dict[str, Any]]:
    """Oldest first. What was spread is seen in the notices that took its place."""
    return [
        _line(notice, reading)
        for notice in notices
        if notice.state is not NoticeState.SPREAD and _may_see(notice, reading)
    ]


def _may_see(notice: Notice, reading: Reading) -> bool:
    """An agency need not know whom else the ladder told."""
    if reading.viewer is Viewer.OFFICE or notice.audience is Audience.REPORTER:
        return True
    return notice.unit is not None and notice.unit == reading.person.agency


def _line(notice: Notice, reading: Reading) -> dict[str, Any]:
    return {
        "kind": notice.kind,
        "to": notice.audience,
        "unit": notice.unit if notice.audience is not Audience.REPORTER else None,
        "state": notice.state,
        "reason": notice.reason,
        "queued_at": reading.local(notice.created_at),
        "sent_at": notice.sent_at and reading.local(notice.sent_at),
        "next_attempt_at": notice.next_attempt_at and reading.local(notice.next_attempt_at),
    }
