"""From what was written to what goes out: the words as they are composed for a recipient."""

from dataclasses import replace

import pytest

from shared.domain import commands as c
from shared.domain.report import Report
from shared.usecases.digests import add_digests
from shared.usecases.notice_ports import Mail
from shared.usecases.noticing import Bureau, write_notices
from tests.domain.builders import NOW, VERIFIER
from tests.usecases.post import NOBODY, ONLY_PHONE, SEKAR, Post


class Whole(Post):
    """Notices are written and sent, as both functions do it."""

    def told_and_sent(self, report: Report) -> None:
        bureau = Bureau(self.reports, self.notices, self.reports.outbox, self.publisher)
        now = self.stored(report)
        event = self.reports.timelines[now.code, now.seq]
        write_notices(
            now.code, now.seq, event_id=event.id, rules=self.rules, now=self.now, bureau=bureau
        )
        self.everything_goes_out()

    def digests(self) -> None:
        add_digests(self.now, rules=self.rules, notices=self.notices, count=self.reports.count)
        self.everything_goes_out()

    def everything_goes_out(self) -> None:
        """What is spread over several people is due at once again."""
        while any(each.next_attempt_at == self.now for each in self.notices.known.values()):
            self.sweep()
        assert self.failures == []

    def unaddressed(self, agency: str) -> None:
        known = self.rules.directory.agencies
        self.directed(agencies={**known, agency: replace(known[agency], contact={})})

    @property
    def sent(self) -> dict[str, str]:
        """Kind by address."""
        return {each.to: each.message.kind for each in self.mails}

    def mail_to(self, address: str) -> Mail:
        message = next(each.message for each in self.mails if each.to == address)
        assert isinstance(message, Mail)
        return message


@pytest.fixture
def whole() -> Whole:
    whole = Whole()
    whole.now = NOW
    return whole


def test_reporter_and_agency_are_told_of_the_same_event(whole: Whole) -> None:
    """Each in words of their own."""
    report = whole.act(whole.filed_by(SEKAR), c.Route(agency="dlhk", text="Silakan."), VERIFIER)

    whole.told_and_sent(report)

    assert whole.sent == {"sekar@example.org": "routed", "dlhk@badung.example": "new_report"}
    assert "Laporan Anda diteruskan" in whole.mail_to("sekar@example.org").text
    assert "Sekar" not in whole.mail_to("dlhk@badung.example").text


def test_an_english_reporter_reads_english_and_the_agency_indonesian(whole: Whole) -> None:
    """Officers work in one language."""
    filed = whole.filed_by(SEKAR, language="en")
    report = whole.act(filed, c.Route(agency="dlhk", text="Silakan."), VERIFIER)

    whole.told_and_sent(report)

    assert "Your report has gone to" in whole.mail_to("sekar@example.org").text
    assert "Ada laporan untuk" in whole.mail_to("dlhk@badung.example").text


def test_who_left_only_a_number_gets_an_sms(whole: Whole) -> None:
    """One, with the code."""
    report = whole.filed_by(ONLY_PHONE)

    whole.told_and_sent(report)

    (posted,) = whole.texter.posted
    assert "sudah kami terima" in posted.message.text
    assert len(posted.message.text) <= 160


def test_who_left_no_contact_is_not_looked_for(whole: Whole) -> None:
    """The page told them when to come back."""
    whole.told_and_sent(whole.filed_by(NOBODY))

    assert whole.sent == {}


def test_of_an_agency_without_an_address_the_coordinator_is_told(whole: Whole) -> None:
    """Each coordinator, in a mail that holds nothing of the report."""
    whole.unaddressed("dlhk")
    report = whole.act(whole.filed_by(SEKAR), c.Route(agency="dlhk", text="Silakan."), VERIFIER)

    whole.told_and_sent(report)

    assert whole.sent == {
        "sekar@example.org": "routed",
        "coordinator1@badung.example": "agency_unreachable",
        "coordinator2@badung.example": "agency_unreachable",
    }
    text = whole.mail_to("coordinator1@badung.example").text
    assert "Dinas Lingkungan Hidup dan Kebersihan tidak dapat dikirim" in text
    assert report.code[:10] not in text


def test_of_a_digest_that_reaches_nobody_the_coordinator_is_told_too(whole: Whole) -> None:
    """An agency with work and no address would stay silent for ever."""
    whole.unaddressed("dlhk")
    whole.act(whole.filed_by(SEKAR), c.Route(agency="dlhk", text="Silakan."), VERIFIER)

    whole.digests()

    assert whole.sent == {
        "coordinator1@badung.example": "agency_unreachable",
        "coordinator2@badung.example": "agency_unreachable",
    }


def test_only_who_has_work_gets_a_digest(whole: Whole) -> None:
    """The verifiers, and of thirteen agencies the one with a report."""
    whole.filed_by(SEKAR, title="Lampu mati")
    routed = whole.filed_by(SEKAR, title="Sampah menumpuk")
    whole.act(routed, c.Route(agency="dlhk", text="Silakan."), VERIFIER)

    whole.digests()

    assert whole.sent == {"dlhk@badung.example": "digest", "verifier1@badung.example": "queue"}
    assert "Sampah menumpuk" in whole.mail_to("dlhk@badung.example").text
    assert "Lampu mati" in whole.mail_to("verifier1@badung.example").text


def test_the_same_event_and_the_same_morning_again_send_nothing_new(whole: Whole) -> None:
    """At least once is how everything is delivered."""
    report = whole.act(whole.filed_by(SEKAR), c.Route(agency="dlhk", text="Silakan."), VERIFIER)

    for _ in range(2):
        whole.told_and_sent(report)
        whole.digests()

    assert sorted(each.message.kind for each in whole.mails) == ["digest", "new_report", "routed"]


def test_a_confidential_report_is_a_code_in_every_mail_to_officers(whole: Whole) -> None:
    """The same mail whatever happened."""
    filed = whole.filed_by(SEKAR, secret=True, title="Pungutan liar")
    report = whole.act(filed, c.Route(agency="dlhk", text="Silakan."), VERIFIER)

    whole.told_and_sent(report)
    whole.digests()

    written = [each.message for each in whole.mails if each.to == "dlhk@badung.example"]
    assert {each.kind for each in written} == {"new_report", "digest"}
    for message in written:
        assert isinstance(message, Mail)
        assert "Pungutan" not in message.subject + message.text + message.html
