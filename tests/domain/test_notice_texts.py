"""What messages say: complete, exact, in both languages, and nothing of it half."""

import re
from dataclasses import replace
from itertools import product
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
import yaml

from shared.domain.answer_links import Links
from shared.domain.codes import show_code
from shared.domain.dates import short_date
from shared.domain.notice import Audience, Notice
from shared.domain.notice_table import TABLE
from shared.domain.notice_texts import Message, Unfilled, compose, digest, phrases
from shared.domain.notice_texts.blanks import _MAKERS
from shared.domain.notice_texts.composing import TEXTS
from shared.domain.notice_texts.enclosed import FROM_REPORTER, PROOF, WITH_ANSWER
from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.officers import CONFIDENTIAL
from shared.domain.notice_texts.reporter import FOOTER
from shared.domain.notice_texts.texting import _NEWS, _NEWS_WITH_LINK, _SENDERS
from shared.domain.notices import reporter_of
from tests.domain.builders import NOW, RULES, day, filed, with_late_holiday
from tests.domain.tellings import LINKS, Told, everything_told, routed, told_in

TOLD = everything_told()
TO_REPORTERS = [each for each in TOLD if each.notice.audience is Audience.REPORTER]
DATA = Path(__file__).resolve().parents[1] / "data"
LANGUAGES = ("id", "en")
_LONG_DATE = {
    "id": r"(Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu), \d{1,2} [A-Z][a-z]+ 20\d\d",
    "en": r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \d{1,2} [A-Z][a-z]+ 20\d\d",
}
each_message = pytest.mark.parametrize(
    ("told", "language"), list(product(TOLD, LANGUAGES)), ids=str
)
each_mail_to_a_reporter = pytest.mark.parametrize(
    ("told", "language"), list(product(TO_REPORTERS, LANGUAGES)), ids=str
)


def told_as(kind: str, audience: Audience = Audience.REPORTER) -> Told:
    return next(e for e in TOLD if (e.notice.kind, e.notice.audience) == (kind, audience))


def own_words(message: Message) -> str:
    """Without the footer, on one line."""
    return " ".join(re.split(r"Nomor laporan:|Report number:", message.text)[0].split())


def a_notice(kind: str, audience: Audience, **fields: Any) -> Notice:
    times = {"created_at": NOW, "next_attempt_at": NOW, "expires_at": NOW}
    return Notice(id="0" * 32, kind=kind, audience=audience, **{**times, **fields})


# Complete


@each_message
def test_a_message_is_complete(told: Told, language: str) -> None:
    """Nothing is left blank, and the subject is one line."""
    message = told.message(language)

    assert message.subject
    assert "\n" not in message.subject
    assert not re.search(r"[{}]|None", message.text)


@each_mail_to_a_reporter
def test_a_reporter_reads_exact_dates_code_link_and_the_head_of_the_chain(
    told: Told, language: str
) -> None:
    """With the head, what was recorded can be proved later."""
    message = told.message(language)
    code = show_code(reporter_of(told.notice))

    assert re.search(_LONG_DATE[language], message.text)
    assert f"{LINKS.site}/r/{code}\n" in message.text
    assert re.search(rf"(Nomor laporan|Report number): {code}\n", message.text)
    assert told.event.hash in message.text


@each_mail_to_a_reporter
def test_a_reporter_reads_who_must_act_next(told: Told, language: str) -> None:
    """Somebody else by name, they themselves, or nobody."""
    next_words = {
        "id": r"[Bb]erikutnya|[Mm]ohon|paling lambat|tidak perlu|sampai|sebelum|wajib|siap",
        "en": r"[Nn]ext|[Pp]lease|\bby\b|need do nothing|until|before|must|ready",
    }
    assert re.search(next_words[language], own_words(told.message(language)))


@each_message
def test_a_mail_says_the_same_as_text_and_as_html(told: Told, language: str) -> None:
    """Some read with pictures off, some with a screen reader."""
    message = told.message(language)
    seen = re.sub(r"<title>.*?</title>|<[^>]+>", "", message.html)
    unescaped = seen.replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")

    assert unescaped.split() == message.text.split()
    assert f'<html lang="{language}">' in message.html


@each_message
def test_a_mail_asks_nothing_of_anybody_else_s_machine(told: Told, language: str) -> None:
    """No picture, no style, no address but the region's own."""
    html = told.message(language).html

    assert not re.search(r"<(img|style|script|link|form|iframe)\b|\bstyle=|\bon\w+=", html)
    assert set(re.findall(r'href="(https?://[^/"]+)', html)) <= {LINKS.site}


# As it was agreed


MEASURE = yaml.safe_load((DATA / "notice_wording.yaml").read_text("utf-8"))


@pytest.mark.parametrize("agreed", MEASURE, ids=lambda agreed: agreed["kind"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_reporters_read_what_was_agreed(agreed: dict[str, str], language: str) -> None:
    """Word by word, with the exact day."""
    message = told_as(agreed["kind"]).message(language)

    assert own_words(message).startswith(agreed[language])


def test_where_an_answer_is_asked_the_link_leads_straight_to_it() -> None:
    """Without the receipt; everywhere else to the page."""
    with_token = {
        e.notice.kind for e in TO_REPORTERS if f"?answer={LINKS.token}" in e.message().text
    }

    assert with_token == {
        "question",
        "agency_question",
        "question_waiting",
        "answered",
        "answered_on_behalf",
        "about_to_close",
        "closed",
        "archived",
        "archived_unanswered",
    }


def test_a_day_that_moved_since_is_told_as_it_is_now() -> None:
    """A holiday was declared between the event and the mail."""
    (told, _) = told_in("routed")
    rules = with_late_holiday("Thu 2026-11-05", told.case.rules)
    clocks = tuple(
        replace(run, due_at=rules.calendar.end_of(day("Tue 2026-11-10")))
        if run.kind == "response"
        else run
        for run in told.report.clocks
    )

    assert "paling lambat Selasa, 10 November 2026" in told.message(clocks=clocks).text


def test_a_message_about_the_past_names_who_had_it_then() -> None:
    """It was reassigned before the mail about the missed deadline went out."""
    told = told_as("escalated")

    assert "Dinas Lingkungan Hidup" in own_words(told.message(agency="dpupr"))


@pytest.mark.parametrize(
    ("language", "today", "on_the_day"),
    [
        ("id", "Hari ini Kepala ", "Pada Selasa, 10 November 2026 Kepala "),
        ("en", "Today we informed ", "On Tuesday, 10 November 2026 we informed "),
    ],
)
def test_today_is_said_only_on_that_day(language: str, today: str, on_the_day: str) -> None:
    """A mail that was held up names the day."""
    told = told_as("escalated")
    held_up = replace(told, case=told.case.later(days=1))

    assert today in told.message(language).text
    assert today not in held_up.message(language).text
    assert on_the_day in held_up.message(language).text


def test_who_broke_a_promise_is_not_said_to_be_silent() -> None:
    """It did respond: with a plan."""
    to_reporter, to_head = (told.message().text for told in told_in("late: promise"))

    assert "belum menepati janjinya" in to_reporter
    assert "belum menepati janjinya" in to_head
    assert "belum menanggapi" not in to_reporter + to_head


@pytest.mark.parametrize("contact", [{}, {"phone": "123", "web": "https://pln.example"}])
def test_who_is_referred_elsewhere_learns_how_to_reach_them(contact: dict[str, str]) -> None:
    """Without a contact at least what they are there for."""
    told = told_as("referred")
    bodies = told.case.rules.directory.bodies
    directory = replace(
        told.case.rules.directory, bodies={"pln": replace(bodies["pln"], contact=contact)}
    )
    case = replace(told.case, rules=replace(told.case.rules, directory=directory))

    text = replace(told, case=case).message().text

    assert f"Kontaknya: {', '.join(contact.values()) or 'Listrik'}." in text


def test_a_one_time_code_says_until_when() -> None:
    """It is nobody's event: the renewal knows the code."""
    notice = a_notice("one_time_code", Audience.REPORTER, code=routed().report.code)

    case, links = routed(), Links("https://x.id")
    message = compose(notice, case.report, None, RULES, links, case.now, "id", "01234567")

    assert "Kode sekali pakai Anda: 01234567" in message.text
    assert "sampai Senin, 2 November 2026 pukul 10.00 WITA" in message.text
    assert "01234567" in (message.sms or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_coordinator_learns_which_agency_cannot_be_written_to(language: str) -> None:
    """Whatever it could not be told: a report, or its digest."""
    notice = a_notice("agency_unreachable", Audience.COORDINATOR, unit="dlhk")

    message = compose(notice, None, None, RULES, LINKS, notice.created_at, language)

    assert "Dinas Lingkungan Hidup dan Kebersihan" in message.text
    assert "DLHK" in message.subject
    assert LINKS.queue() in message.text


# What people wrote


HOSTILE = '<script>alert("x")</script>\n& <a href="https://evil.example">klik</a> {code}'


@pytest.mark.parametrize("kind", ["answered", "question", "planned", "identity_seen"])
def test_what_officers_write_stays_text(kind: str) -> None:
    """Neither markup nor a blank to fill in."""
    told = told_as(kind)
    event = replace(told.event, texts={"text": HOSTILE})

    message = replace(told, event=event).message()

    assert HOSTILE in message.text
    assert "<script" not in message.html
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;<br>" in message.html
    assert "evil.example" not in "".join(re.findall(r'href="[^"]*"', message.html))
    assert "{code}" in message.html


# Nothing half


@pytest.mark.parametrize(
    ("kind", "changes", "blank"),
    [
        ("answered", {"texts": {}}, "text"),
        ("answered", {"texts": {"text": ""}}, "text"),
        ("routed", {"facts": {"agency": "closed-down"}}, "agency"),
        ("planned", {"facts": {}}, "plan_day"),
        ("question", {"changes": {"clocks": ()}}, "completion_day"),
    ],
)
def test_a_message_with_a_blank_is_refused(kind: str, changes: Any, blank: str) -> None:
    """It says which blank, and never what it would have said."""
    told = told_as(kind)
    incomplete = replace(told, event=replace(told.event, **changes))

    with pytest.raises(Unfilled) as refused:
        incomplete.message()

    assert str(refused.value) == f"nothing fills {{{blank}}} of {kind}"


def _pairs(wording: Wording) -> list[tuple[str, str]]:
    return [wording.subject, *wording.paragraphs, *wording.sms]


def every_pair() -> list[tuple[str, str]]:
    wordings = [CONFIDENTIAL, *(each for kinds in TEXTS.values() for each in kinds.values())]
    written = [pair for wording in wordings for pair in _pairs(wording)]
    digests = [*digest.SUBJECTS.values(), digest.LATE, digest.DUE, digest.NEW, digest.LINE]
    tables = (phrases.CLOCKS, phrases.OUTCOMES, phrases.ARCHIVE_REASONS, phrases.TURNS)
    words = [pair for table in tables for pair in table.values()]
    said = [*FOOTER, PROOF, WITH_ANSWER, FROM_REPORTER, phrases.ONE_FILE, phrases.FILES]
    return [*written, *words, *digests, *said, *_SENDERS, _NEWS, _NEWS_WITH_LINK]


def blanks_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_blanks_and_words_of_their_own() -> None:
    """A date that only one of them tells would be half a message to the other."""
    for indonesian, english in every_pair():
        assert blanks_of(indonesian) == blanks_of(english), indonesian
        words = re.sub(r"{[^}]*}|\W|\d", "", indonesian)
        assert not words or indonesian != english or "Tanggap" in words, indonesian


def test_every_blank_has_a_maker_and_every_maker_a_blank() -> None:
    """A misspelt blank fails here, not when somebody waits for the message."""
    used = {blank for pair in every_pair() for blank in blanks_of(pair[0])}
    of_digests = {"late", "open", "number", "due", "left"}

    assert used - of_digests == set(_MAKERS)


def test_every_kind_that_is_told_has_its_words_and_no_words_are_idle() -> None:
    """By audience: the same kind reads differently for another one."""
    told = {(line.audience, line.kind) for line in TABLE}
    others = {
        (Audience.REPORTER, "one_time_code"),
        (Audience.REPORTER, "merged_answered"),
        (Audience.REPORTER, "merged_closed"),
        (Audience.COORDINATOR, "agency_unreachable"),
    }
    written = {(audience, kind) for audience, kinds in TEXTS.items() for kind in kinds}

    assert written == told | others


@pytest.mark.parametrize(
    ("written", "language", "short"),
    [
        ("Fri 2026-11-27", "id", "27 Nov"),
        ("Fri 2026-05-01", "id", "1 Mei"),
        ("Fri 2026-05-01", "en", "1 May"),
        ("Mon 2026-08-31", "id", "31 Agu"),
    ],
)
def test_a_short_date_is_day_and_month(written: str, language: str, short: str) -> None:
    """For where there is no room."""
    assert short_date(day(written), language) == short


def test_every_status_says_whose_turn_it_is() -> None:
    """Whatever the report has become by the time the mail leaves."""
    told = replace(told_as("classified"), case=filed())
    for each in TOLD:
        text = told.message(
            **{
                name: getattr(each.report, name)
                for name in ("status", "agency", "clocks", "merged_into", "referred_to")
            }
        ).text
        assert "Catatan petugas" in text
