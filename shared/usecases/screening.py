"""Whether a notice is still to be sent, to whom, and in which words."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain import sending
from shared.domain.notice import Audience, Channel, Notice, NoticeState
from shared.domain.notice_texts import Unfilled
from shared.domain.notices import UNREACHABLE, notice_id
from shared.domain.scene import Rules
from shared.usecases.addressing import AddressBook, Recipient, is_listed
from shared.usecases.composing import Draft, Message
from shared.usecases.post_office import Decided, Outcome, PostOffice

# Somebody waits for these now: at any hour, also where no other mail is wanted.
_ASKED_FOR = frozenset({"one_time_code"})


@dataclass(frozen=True, slots=True)
class Ready:
    recipient: Recipient
    message: Message


@dataclass(frozen=True, slots=True)
class Screen:
    rules: Rules
    now: datetime
    office: PostOffice

    def passed(self, notice: Notice) -> Decided | Ready:
        if notice.state is NoticeState.FAILED:
            return Decided(Outcome.FAILED, notice)
        if self.now >= notice.expires_at:
            return _expired(notice, "too-late")
        if self.rules.directory.notices == "off":
            return _expired(notice, "notices-off")
        draft = self.office.composer.draft(notice, self.rules, self.now)
        return self._drafted(notice, draft) if draft else _expired(notice, "no-longer-true")

    def _drafted(self, notice: Notice, draft: Draft) -> Decided | Ready:
        found = self._book(draft).recipients(notice)
        if not found:
            return self._unaddressed(notice)
        recipient, *_ = found
        if recipient.officer and notice.officer is None:
            return self._spread(notice, found)
        if kept := self._kept_from(notice, recipient):
            return kept
        try:
            message = draft.message()
        except Unfilled:
            # Time fills no blank: said once and for an alarm to count, not tried for a week.
            return Decided(Outcome.FAILED, sending.failed(notice, "unfilled"))
        if recipient.channel is Channel.SMS and message.sms is None:
            return _expired(notice, "by-mail-only")
        return Ready(recipient, message)

    def _book(self, draft: Draft) -> AddressBook:
        return AddressBook(
            self.rules.directory,
            self.office.reports,
            self.office.officers,
            self.rules.today(self.now),
            draft.report,
        )

    def _kept_from(self, notice: Notice, recipient: Recipient) -> Decided | None:
        """None: nothing stands between it and this address."""
        directory = self.rules.directory
        listed = is_listed(recipient.address, directory.notice_allowlist)
        if not directory.writes_to_everybody and not listed:
            return _expired(notice, "not-on-allowlist")
        if notice.kind in _ASKED_FOR:
            return None
        if self.office.bounces.is_refused(recipient.address):
            return self._unreachable(notice, "address-refused")
        is_sms = recipient.channel is Channel.SMS
        morning = sending.quiet_until(self.now, directory.zone) if is_sms else None
        return Decided(Outcome.PUT_OFF, sending.put_off(notice, morning)) if morning else None

    def _spread(self, notice: Notice, found: tuple[Recipient, ...]) -> Decided:
        """One notice each: a kill between two of them cannot write to anybody twice."""
        copies = tuple(
            replace(self._anew(notice, "to", each.officer or ""), officer=each.officer)
            for each in found
        )
        return Decided(Outcome.SPREAD, sending.spread(notice), copies)

    def _unaddressed(self, notice: Notice) -> Decided:
        """A reporter without a contact wants none."""
        if notice.audience is Audience.REPORTER:
            return _expired(notice, "no-contact")
        return self._unreachable(notice, "no-address")

    def _unreachable(self, notice: Notice, reason: str) -> Decided:
        """Of an agency that hears nothing somebody must know."""
        failed = sending.failed(notice, reason)
        if notice.audience is not Audience.AGENCY:
            return Decided(Outcome.FAILED, failed)
        anew = self._anew(notice, UNREACHABLE)
        told = replace(anew, kind=UNREACHABLE, audience=Audience.COORDINATOR)
        return Decided(Outcome.FAILED, failed, (told,))

    def _anew(self, notice: Notice, *name: str) -> Notice:
        """The same at the start of its way; the name makes the id, so that it is added once."""
        return Notice(
            id=notice_id(notice.id, *name),
            kind=notice.kind,
            audience=notice.audience,
            created_at=self.now,
            next_attempt_at=self.now,
            expires_at=notice.expires_at,
            code=notice.code,
            seq=notice.seq,
            unit=notice.unit,
        )


def _expired(notice: Notice, reason: str) -> Decided:
    return Decided(Outcome.EXPIRED, sending.expired(notice, reason))
