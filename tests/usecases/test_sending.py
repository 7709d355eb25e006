"""One notice, one message: through outages, lost answers, two at once, and kills."""

from dataclasses import replace
from threading import Barrier, Thread
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.notice import Audience, Notice, NoticeState
from shared.domain.scene import REPORTER
from shared.usecases.notice_ports import AnswerLost, Mail, RefusedByProvider, TryAgain
from shared.usecases.post_office import Outcome
from tests.domain.builders import VERIFIER, local, officer_of
from tests.fakes.memory_notices import MemoryNotices
from tests.usecases.post import NOBODY, ONLY_PHONE, SEKAR, SITE, Post


@pytest.fixture
def post() -> Post:
    return Post()


def test_a_notice_goes_to_the_contact_on_file(post: Post) -> None:
    """With its own id and kind as tags, and a way to get no more of them."""
    notice = post.notice(post.answered())

    outcome = post.send(notice)

    assert (outcome, [each.to for each in post.mails]) == (Outcome.SENT, [SEKAR.email])
    assert (post.last_mail.notice, post.last_mail.kind) == (notice.id, "answered")
    assert (post.last_mail.unsubscribe or "").startswith(f"{SITE}/api/deliveries/{notice.id}.")
    assert (post.kept(notice).state, post.kept(notice).provider_id) == ("sent", "provider-1")


def test_a_notice_that_was_sent_is_not_sent_again(post: Post) -> None:
    """Its event may come any number of times, and the sweep too."""
    notice = post.notice(post.answered())

    outcomes = [post.send(notice) for _ in range(3)]

    assert outcomes == [Outcome.SENT, Outcome.NOTHING_TO_DO, Outcome.NOTHING_TO_DO]
    assert (post.sweep(), len(post.mails)) == ({}, 1)


def test_who_gave_a_telephone_only_gets_an_sms(post: Post) -> None:
    """By day at once."""
    notice = post.notice(post.answered(ONLY_PHONE))

    post.send(notice)

    assert [each.to for each in post.texter.posted] == [ONLY_PHONE.phone]
    assert post.kept(notice).channel == "sms"


def test_an_sms_of_the_night_waits_for_seven(post: Post) -> None:
    """And goes out with the first sweep of the morning."""
    report = post.answered(ONLY_PHONE)
    post.now = local("Mon 2026-11-02 22:15")
    notice = post.notice(report)

    outcome = post.send(notice)
    asleep = post.sweep()
    post.now = local("Tue 2026-11-03 07:00")

    assert (outcome, asleep) == (Outcome.PUT_OFF, {})
    assert post.sweep() == {Outcome.SENT: 1}


def test_who_gave_no_contact_is_not_written_to(post: Post) -> None:
    """That is what they chose."""
    notice = post.notice(post.answered(NOBODY))

    assert post.send(notice) is Outcome.EXPIRED
    assert post.kept(notice).reason == "no-contact"


# Only what is still true leaves


def answer_and_reply(post: Post) -> Notice:
    report = post.answered()
    notice = post.notice(report)
    post.act(report, c.Reply(text="Belum bersih."), REPORTER)
    return notice


def question_and_supplement(post: Post) -> Notice:
    report = post.filed_by(SEKAR)
    notice = post.notice(post.act(report, c.Hold(text="Di mana?"), VERIFIER), "question")
    post.act(report, c.Supplement(text="Di pasar."), REPORTER)
    return notice


def a_second_question(post: Post) -> Notice:
    notice = question_and_supplement(post)
    assert notice.code
    post.act(post.reports.reports[notice.code], c.Hold(text="Yang mana?"), VERIFIER)
    return notice


def forwarded_meanwhile(post: Post) -> Notice:
    report = post.filed_by(SEKAR)
    routed = post.act(report, c.Route(agency="dlhk", text="Silakan."), VERIFIER)
    notice = post.notice(routed, "new_report", audience=Audience.AGENCY, unit="dlhk")
    post.act(routed, c.Forward(agency="dpupr", text="Jalan."), officer_of("dlhk"))
    return notice


@pytest.mark.parametrize(
    "story", [answer_and_reply, question_and_supplement, a_second_question, forwarded_meanwhile]
)
def test_what_is_no_longer_true_is_not_sent(post: Post, story: Any) -> None:
    """Whoever answered already is not asked; who gave it away is not told that it came."""
    notice = story(post)

    assert post.send(notice) is Outcome.EXPIRED
    assert (post.kept(notice).reason, post.mails) == ("no-longer-true", [])


def test_what_came_too_late_is_not_sent(post: Post) -> None:
    """After a week of outage nobody wants last week's news."""
    notice = post.notice(post.answered())
    post.later(days=7)

    assert post.send(notice) is Outcome.EXPIRED
    assert post.kept(notice).reason == "too-late"


def test_a_digest_of_nothing_is_not_sent(post: Post) -> None:
    """An agency without work reads nothing."""
    notice = post.notice(None, "digest", audience=Audience.AGENCY, unit="dinkes")

    assert post.send(notice) is Outcome.EXPIRED


def test_a_digest_lists_the_work_of_now(post: Post) -> None:
    """Whatever it was when the morning began."""
    report = post.filed_by(SEKAR)
    notice = post.notice(None, "digest", audience=Audience.AGENCY, unit="dlhk")
    post.act(report, c.Route(agency="dlhk", text="Silakan."), VERIFIER)

    assert post.send(notice) is Outcome.SENT
    assert post.mails[0].to == "dlhk@badung.example"


# Who may be written to


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"notices": "off"}, "notices-off"),
        ({"notices": "allowlist"}, "not-on-allowlist"),
        ({"notices": "allowlist", "notice_allowlist": ("other@example.org",)}, "not-on-allowlist"),
        ({"notices": "allowlist", "notice_allowlist": ("ample.org",)}, "not-on-allowlist"),
        ({"notices": "allowlist", "notice_allowlist": ("example.org",)}, None),
        ({"notices": "allowlist", "notice_allowlist": ("Sekar@Example.org",)}, None),
    ],
)
def test_a_region_that_is_not_live_writes_to_its_list_only(
    post: Post, fields: dict[str, Any], reason: str | None
) -> None:
    """Addresses in full, or whole domains; what is not on it expires, and says why."""
    post.directed(**fields)
    notice = post.notice(post.answered())

    post.send(notice)

    assert (post.kept(notice).reason, len(post.mails)) == (reason, int(reason is None))


def test_an_address_that_bounced_is_not_written_to_again(post: Post) -> None:
    """Every further mail to it would harm all others."""
    post.bounces.refuse("SEKAR@example.org", "bounced", post.now)
    notice = post.notice(post.answered())

    assert post.send(notice) is Outcome.FAILED
    assert (post.kept(notice).reason, post.mails) == ("address-refused", [])


def test_an_agency_whose_mail_comes_back_is_told_of_to_the_coordinator(post: Post) -> None:
    """Its digests fail in silence otherwise, and its reports grow late."""
    post.bounces.refuse("dlhk@badung.example", "bounced", post.now)
    report = post.act(post.filed_by(SEKAR), c.Route(agency="dlhk", text="Silakan."), VERIFIER)
    notice = post.notice(report, "new_report", audience=Audience.AGENCY, unit="dlhk")

    assert post.send(notice) is Outcome.FAILED
    while post.sweep():
        pass

    told = {each.to: each.message.kind for each in post.mails if isinstance(each.message, Mail)}
    assert told == dict.fromkeys(
        ("coordinator1@badung.example", "coordinator2@badung.example"), "agency_unreachable"
    )


def contested(post: Post) -> Notice:
    report = post.act(post.filed_by(SEKAR), c.Route(agency="dlhk", text="Silakan."), VERIFIER)
    given_back = post.act(report, c.Forward(agency=None, text="Bukan kami."), officer_of("dlhk"))
    return post.notice(given_back, "to_decide", audience=Audience.COORDINATOR)


def test_coordinators_get_one_notice_each(post: Post) -> None:
    """In one commit with the end of the first one: a kill in between writes to nobody twice."""
    notice = contested(post)

    outcome = post.send(notice)

    copies = [each for each in post.notices.known.values() if each.officer]
    assert (outcome, post.last_state(notice)) == (Outcome.SPREAD, "spread")
    assert [each.officer for each in copies] == ["coordinator1", "coordinator2"]
    assert [event.id for event in post.published][-2:] == [each.id for each in copies]


def test_each_copy_goes_to_its_officer(post: Post) -> None:
    """Once, however often the first one is tried."""
    notice = contested(post)

    for _ in range(3):
        post.send(notice)
        post.sweep()

    assert sorted(each.to for each in post.mails) == [
        "coordinator1@badung.example",
        "coordinator2@badung.example",
    ]


def test_an_agency_without_an_address_is_told_of_to_the_coordinator(post: Post) -> None:
    """It lost its address after the notice was written: nobody hears of it by silence."""
    report = post.act(post.filed_by(SEKAR), c.Route(agency="dlhk", text="Silakan."), VERIFIER)
    notice = post.notice(report, "new_report", audience=Audience.AGENCY, unit="dlhk")
    agencies = dict(post.rules.directory.agencies)
    post.directed(agencies=agencies | {"dlhk": replace(agencies["dlhk"], contact={})})

    post.send(notice)

    assert (post.kept(notice).state, post.kept(notice).reason) == ("failed", "no-address")
    (told,) = [each for each in post.notices.known.values() if each.id != notice.id]
    assert (told.kind, told.audience, told.unit) == ("agency_unreachable", "coordinator", "dlhk")


def test_an_agency_is_written_to_where_its_heir_is(post: Post) -> None:
    """Offices are merged; their reports and letters go on."""
    report = post.filed_by(SEKAR)
    notice = post.notice(None, "digest", audience=Audience.AGENCY, unit="disperindag")
    post.act(report, c.Route(agency="disperindag", text="Silakan."), VERIFIER)

    post.send(notice)

    assert [each.to for each in post.mails] == ["dkupp@badung.example"]


def test_who_is_accused_is_never_written_to(post: Post) -> None:
    """Even where an older notice was for that unit."""
    report = post.filed_by(SEKAR, about_official=True, agency="dlhk")
    notice = post.notice(report, "reporter_added", audience=Audience.AGENCY, unit="dlhk")

    post.send(notice)

    assert (post.kept(notice).state, post.mails) == (NoticeState.FAILED, [])


# When things go wrong


def test_an_hours_outage_loses_nothing_and_doubles_nothing(post: Post) -> None:
    """Throttled, away, 5xx: every notice goes out once, soon after it ends."""
    notices = [post.notice(post.answered()) for _ in range(5)]
    post.mailer.answering(TryAgain() for _ in iter(int, 1))

    for notice in notices:
        post.send(notice)
    for _ in range(60):
        post.later(minutes=1)
        post.sweep()
    post.mailer.answering(())
    for _ in range(20):
        post.later(minutes=1)
        post.sweep()

    assert sorted(post.last_state(each) for each in notices) == ["sent"] * 5
    assert len(post.mails) == 5


def test_a_lost_answer_is_followed_by_at_most_one_repeat(post: Post) -> None:
    """After more than an hour; the second time nobody tries a third."""
    notice = post.notice(post.answered())
    post.mailer.answering([AnswerLost(), AnswerLost(), AnswerLost()])

    post.send(notice)
    for _ in range(48):
        post.later(minutes=10)
        post.sweep()

    assert (len(post.mails), post.kept(notice).reason) == (2, "answer-lost")


def test_what_is_refused_for_good_is_not_tried_again(post: Post) -> None:
    """It fails at once, with a reason that officers read."""
    notice = post.notice(post.answered())
    post.mailer.answering([RefusedByProvider("bad-address")])

    assert post.send(notice) is Outcome.FAILED
    assert (post.kept(notice).reason, post.sweep()) == ("bad-address", {})


def test_two_who_try_at_once_send_one_message(post: Post) -> None:
    """The lease is a compare-and-set: the slower one lets go."""
    notice = post.notice(post.answered())
    office = post.opened_over(Together(post.notices))
    outcomes: list[Outcome] = []

    racers = [Thread(target=lambda: outcomes.append(post.send(notice, office))) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert sorted(outcomes) == sorted([Outcome.SENT, Outcome.SOMEBODY_ELSE])
    assert len(post.mails) == 1


class Killed(Exception):
    """Nothing runs after it."""


@pytest.mark.parametrize(("at_change", "mails"), [(1, 1), (2, 2)])
def test_a_kill_between_two_steps_loses_nothing(post: Post, at_change: int, mails: int) -> None:
    """Before the lease nothing had begun; after the handing over it counts as a lost answer."""
    notice = post.notice(post.answered())
    office = post.opened_over(Dying(post.notices, at_change))

    with pytest.raises(Killed):
        post.send(notice, office)
    post.later(minutes=5)
    post.sweep()

    assert (post.kept(notice).state, len(post.mails)) == ("sent", mails)


def test_a_notice_that_cannot_be_composed_does_not_hold_up_the_others(post: Post) -> None:
    """It is pushed back, told of, and the rest goes out."""
    poisoned = post.notice(post.answered(), "no_such_kind")
    fine = post.notice(post.answered())

    post.sweep()

    assert (post.failures, post.last_state(fine)) == ([poisoned.id], "sent")
    assert post.kept(poisoned).next_attempt_at > post.now  # type: ignore[operator]


def test_what_no_words_fit_fails_at_once(post: Post) -> None:
    """Time fills no blank of a text: it is not tried for a week."""
    notice = post.notice(post.answered(), "appeal_rejected")

    post.send(notice)

    kept = post.kept(notice)
    assert (kept.state, kept.reason, kept.next_attempt_at) == ("failed", "unfilled", None)


def test_a_sweep_stops_when_its_time_is_up(post: Post) -> None:
    """What is left is due at the next tick."""
    post.notice(post.answered())

    assert (post.sweep(lambda: True), post.mails) == ({}, [])


class Together(MemoryNotices):
    """Both have read the notice before either writes."""

    def __init__(self, real: MemoryNotices) -> None:
        self._real, self._read = real, Barrier(2)

    def load(self, id_: str) -> Notice | None:
        found = self._real.load(id_)
        self._read.wait(timeout=10)
        return found

    def change(self, *args: Any) -> Notice | None:
        return self._real.change(*args)


class Dying(MemoryNotices):
    def __init__(self, real: MemoryNotices, at_change: int) -> None:
        self._real, self._left = real, at_change

    def load(self, id_: str) -> Notice | None:
        return self._real.load(id_)

    def change(self, *args: Any) -> Notice | None:
        self._left -= 1
        if not self._left:
            raise Killed
        return self._real.change(*args)
