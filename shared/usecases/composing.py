"""What a notice tells of, looked up when its turn comes; and its words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.answer_links import Links, answer_token, leave_token, may_be_answered
from shared.domain.events import Event
from shared.domain.notice import Audience, Notice
from shared.domain.notice_texts import Message, compose, compose_digest
from shared.domain.notice_truth import Claim, is_still_true
from shared.domain.notices import UNREACHABLE, reporter_of
from shared.domain.renewal import one_time_code
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.usecases.digests import work_of
from shared.usecases.ports import Keys, Reports
from shared.usecases.receipt_ports import Renewals

__all__ = ["Composer", "Draft", "Message"]

_OFFICERS_READ = "id"


@dataclass(frozen=True, slots=True)
class Draft:
    """`report`: what the notice tells of; None of a digest. `message` raises Unfilled."""

    report: Report | None
    message: Callable[[], Message]


@dataclass(frozen=True, slots=True)
class Composer:
    """`site`: where people reach the region: scheme and host."""

    reports: Reports
    renewals: Renewals
    keys: Keys
    site: str

    def draft(self, notice: Notice, rules: Rules, now: datetime) -> Draft | None:
        """None when there is nothing to tell, or when it is no longer so."""
        if notice.kind == UNREACHABLE:
            links = Links(self.site)
            return Draft(
                None, lambda: compose(notice, None, None, rules, links, now, _OFFICERS_READ)
            )
        if notice.code is None:
            return self._of_the_morning(notice, rules, now)
        report = self.reports.load(notice.code)
        if report is None:
            return None
        if notice.seq is None:
            return self._of_a_renewal(notice, report, rules, now)
        return self._of_an_event(notice, notice.seq, report, rules, now)

    def unsubscribe(self, notice: Notice) -> str | None:
        """Officers' mails are their work: nobody leaves those by a click."""
        if notice.audience is not Audience.REPORTER:
            return None
        return f"{self.site}/api/deliveries/{leave_token(notice.id, key=self.keys.secret)}"

    def _of_the_morning(self, notice: Notice, rules: Rules, now: datetime) -> Draft | None:
        work = work_of(notice, self.reports)
        message = compose_digest(notice, work, rules, Links(self.site), now, _OFFICERS_READ)
        return Draft(None, lambda: message) if message else None

    def _of_an_event(
        self, notice: Notice, seq: int, report: Report, rules: Rules, now: datetime
    ) -> Draft | None:
        events = self.reports.timeline(report.code, report.seq)
        event, since = events[seq - 1], events[seq:]
        if not is_still_true(Claim(notice, event, since, report)):
            return None
        language = self._language(notice, report)
        links = self._links(notice, event, report, now)
        return Draft(report, lambda: compose(notice, report, event, rules, links, now, language))

    def _of_a_renewal(
        self, notice: Notice, report: Report, rules: Rules, now: datetime
    ) -> Draft | None:
        renewal = self.renewals.load(report.code)
        if renewal is None or not renewal.nonce or now >= renewal.expires_at:
            return None
        code = one_time_code(report.code, renewal.nonce, self.keys.secret)
        links = Links(self.site)
        return Draft(
            report, lambda: compose(notice, report, None, rules, links, now, report.language, code)
        )

    def _links(self, notice: Notice, event: Event, report: Report, now: datetime) -> Links:
        """Only the reporter answers, and only for the report that the event happened to."""
        own = notice.audience is Audience.REPORTER and reporter_of(notice) == report.code
        if not own or not may_be_answered(report, event.type):
            return Links(self.site)
        token = answer_token(report.code, event.seq, key=self.keys.secret, now=now)
        return Links(self.site, token)

    def _language(self, notice: Notice, report: Report) -> str:
        """A merged report's reporter reads in their own."""
        if notice.audience is not Audience.REPORTER:
            return _OFFICERS_READ
        code = reporter_of(notice)
        mine = report if code == report.code else self.reports.load(code)
        return mine.language if mine else _OFFICERS_READ
