"""From a notice to the message it stands for."""

from collections.abc import Mapping
from datetime import datetime

from shared.domain.answer_links import Links
from shared.domain.events import Event
from shared.domain.languages import of_pair
from shared.domain.notice import Audience, Notice
from shared.domain.notice_texts import (
    agency,
    agency_head,
    coordinator,
    inspectorate,
    reporter,
    verifiers,
)
from shared.domain.notice_texts.blanks import Blanks
from shared.domain.notice_texts.enclosed import enclosed
from shared.domain.notice_texts.message import Message, Wording, mail
from shared.domain.notice_texts.officers import CONFIDENTIAL
from shared.domain.notice_texts.telling import Telling
from shared.domain.notice_texts.texting import texted
from shared.domain.notices import UNREACHABLE, reporter_of
from shared.domain.report import Report
from shared.domain.scene import Rules

TEXTS: Mapping[Audience, Mapping[str, Wording]] = {
    Audience.REPORTER: reporter.TEXTS,
    Audience.AGENCY: agency.TEXTS,
    Audience.AGENCY_HEAD: agency_head.TEXTS,
    Audience.VERIFIERS: verifiers.TEXTS,
    Audience.COORDINATOR: coordinator.TEXTS,
    Audience.INSPECTORATE: inspectorate.TEXTS,
}
_LINKS = ("link", "answer", "desk", "queue")


def compose(
    notice: Notice,
    report: Report | None,
    event: Event | None,
    rules: Rules,
    links: Links,
    now: datetime,
    language: str,
    one_time_code: str | None = None,
) -> Message:
    """`report` as it is at `now`, and `event`: of the notice's code and seq. Raises Unfilled."""
    is_to_reporter = notice.audience is Audience.REPORTER
    code = reporter_of(notice) if is_to_reporter else notice.code or ""
    telling = Telling(notice, code, report, event, rules, links, now, language, one_time_code)
    wording = _wording(telling)
    footer = reporter.FOOTER if is_to_reporter else ()
    blanks = Blanks(telling)
    subject, *paragraphs = (
        of_pair(pair, language).format_map(blanks)
        for pair in (wording.subject, *wording.paragraphs, *enclosed(telling), *footer)
    )
    clickable = [blanks[name] for name in _LINKS if name in blanks]
    sms = texted(wording, telling) if is_to_reporter else None
    return mail(subject, paragraphs, links=clickable, language=language, sms=sms)


def _wording(telling: Telling) -> Wording:
    """Mails about confidential reports tell officers where to look, and nothing else."""
    notice = telling.notice
    is_open = notice.audience is Audience.REPORTER or notice.kind == UNREACHABLE
    if telling.is_confidential and not is_open:
        return CONFIDENTIAL
    return TEXTS[notice.audience][notice.kind]
