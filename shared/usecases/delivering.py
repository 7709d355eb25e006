"""What became of a message, as its provider says: late, twice, in any order."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from shared.domain.answer_links import left_notice
from shared.domain.notice import Audience, Notice, NoticeState
from shared.domain.notices import reporter_of
from shared.domain.sending import told
from shared.usecases.notice_ports import Bounces, Notices
from shared.usecases.ports import Keys, Reports

# A result may be here before our own note of having sent; later it will not become ours any more.
_MAY_STILL_APPEAR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Result:
    """`notice`: its id, where the provider kept our tag. `refused`: addresses to leave alone."""

    provider_id: str
    state: NoticeState
    at: datetime
    notice: str | None = None
    reason: str | None = None
    refused: tuple[str, ...] = field(default=(), repr=False)


class Recorded(Enum):
    DONE = "done"
    NOT_OURS = "not ours"
    NOT_YET = "not yet"


def record(result: Result, *, notices: Notices, bounces: Bounces, now: datetime) -> Recorded:
    """Whatever is killed between two lines here, the same result comes again."""
    for address in result.refused:
        bounces.refuse(address, result.reason or "", now)
    notice = _notice_of(result, notices)
    if notice is None:
        is_young = now - result.at < _MAY_STILL_APPEAR
        return Recorded.NOT_YET if is_young and result.notice is None else Recorded.NOT_OURS
    after = told(notice, result.state, result.provider_id, result.reason)
    if after != notice and notices.change(notice, after) is None:
        return Recorded.NOT_YET
    return Recorded.DONE


def leave(
    token: str, *, notices: Notices, bounces: Bounces, reports: Reports, keys: Keys, now: datetime
) -> bool:
    """One click of whoever wants no more mail. False: not a link of ours."""
    id_ = left_notice(token, keys=keys.secrets.values())
    notice = notices.load(id_) if id_ else None
    if notice is None or notice.audience is not Audience.REPORTER:
        return False
    if email := reports.identity(reporter_of(notice)).email:
        bounces.refuse(email, "left", now)
    return True


def _notice_of(result: Result, notices: Notices) -> Notice | None:
    """By the tag also where the answer that held the provider's id was lost."""
    if result.notice:
        return notices.load(result.notice)
    return notices.by_provider_id(result.provider_id)
