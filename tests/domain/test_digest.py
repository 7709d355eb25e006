"""The mail of a working day's morning: late first, then by due time, then what is new."""

from dataclasses import replace
from typing import Any

import pytest

from shared.domain import commands as c
from shared.domain.codes import make_code
from shared.domain.notice import Audience, Notice
from shared.domain.notice_texts import Message, compose_digest
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from tests.domain.builders import RULES, VERIFIER, filed, local
from tests.domain.tellings import LINKS

# Reports of Monday the 2nd: response due on Monday the 9th, verification on Thursday the 5th.
MORNING = local("Tue 2026-11-10 08:00")


def a_notice(kind: str = "digest", unit: str | None = "dlhk") -> Notice:
    audience = Audience.AGENCY if unit else Audience.VERIFIERS
    return Notice(
        id="0" * 32, kind=kind, audience=audience, unit=unit,
        created_at=MORNING, next_attempt_at=MORNING, expires_at=MORNING,
    )  # fmt: skip


def a_code(number: int) -> str:
    return make_code(number.to_bytes(8, "big"))


def with_agency(number: int, at: str = "Mon 2026-11-02 10:00", **fields: Any) -> Report:
    title = fields.pop("title", f"Laporan ke-{number}")
    case = filed(local(at), code=a_code(number), title=title, **fields)
    return case.routed("dlhk", VERIFIER).report


def digest(*reports: Report, language: str = "id", at: str | None = None) -> Message | None:
    now = local(at) if at else MORNING
    return compose_digest(a_notice(), reports, RULES, LINKS, now, language)


def told(message: Message | None) -> str:
    assert message
    return message.text


def order(text: str, *words: str) -> list[int]:
    assert all(word in text for word in words), text
    return [text.index(word) for word in words]


def test_late_ones_come_first_then_by_due_time_then_the_new_ones() -> None:
    """Whatever order they were found in."""
    late = with_agency(1)
    soon = with_agency(2, "Wed 2026-11-04 10:00")
    later = with_agency(3, "Thu 2026-11-05 10:00")
    new = with_agency(4, "Mon 2026-11-09 09:00")

    text = told(digest(new, later, late, soon))

    places = order(
        text, "Terlambat (1)", "Laporan ke-1", "Jatuh tempo berikutnya (2)", "Laporan ke-2",
        "Laporan ke-3", "Baru sejak hari kerja kemarin (1)", "Laporan ke-4",
    )  # fmt: skip
    assert places == sorted(places)


def test_each_line_has_code_title_and_day() -> None:
    """What an officer needs to choose where to begin."""
    report = with_agency(1, title="Sampah di Kerobokan")

    text = told(digest(report))

    code = f"{report.code[:-1]}-{report.code[-1]}"
    assert f"{code} Sampah di Kerobokan – Senin, 9 November 2026" in text


def test_what_is_due_today_is_not_late_yet() -> None:
    """The due day is on time."""
    text = told(digest(with_agency(1), at="Mon 2026-11-09 08:00"))

    assert "Terlambat" not in text
    assert "Jatuh tempo berikutnya (1)" in text


@pytest.mark.parametrize(
    ("arrived", "is_new"),
    [
        ("Fri 2026-11-06 07:59", False),
        ("Fri 2026-11-06 08:00", True),
        ("Sat 2026-11-07 22:00", True),
        ("Mon 2026-11-09 07:00", True),
    ],
)
def test_new_is_what_came_after_the_last_working_days_mail(arrived: str, *, is_new: bool) -> None:
    """On a Monday that is Friday's."""
    text = told(digest(with_agency(1, arrived), at="Mon 2026-11-09 08:00"))

    assert ("Baru sejak hari kerja kemarin (1)" in text) == is_new


@pytest.mark.parametrize("arrived", ["07:59", "08:02", "08:09"])
def test_a_report_is_new_on_one_morning_only(arrived: str) -> None:
    """Also when it comes between the opening and the mail, which leaves a little later."""
    report = with_agency(1, f"Mon 2026-11-09 {arrived}")

    mornings = [
        told(digest(report, at=f"{day} 08:05")) for day in ("Mon 2026-11-09", "Tue 2026-11-10")
    ]

    assert sum("Baru sejak hari kerja kemarin (1)" in text for text in mornings) == 1


def test_without_work_there_is_no_mail() -> None:
    """Nobody is told that there is nothing."""
    assert digest() is None


@pytest.mark.parametrize("language", ["id", "en"])
def test_of_many_the_number_left_out_is_told_with_a_link(language: str) -> None:
    """A mail of a hundred lines is read by nobody."""
    many = [with_agency(number) for number in range(1, 48)]

    text = told(digest(*many, language=language))

    assert "(47)" in text
    assert text.count("Laporan ke-") == 20
    left_out = {"id": "… dan 27 lainnya: ", "en": "… and 27 more: "}
    assert left_out[language] + LINKS.queue() in text


def test_the_subject_says_how_much_there_is() -> None:
    """Who gets many mails decides by the subject."""
    message = digest(with_agency(1), with_agency(2, "Mon 2026-11-09 09:00"))

    assert message
    assert message.subject == "DLHK: 1 terlambat, 2 laporan terbuka"


def test_nothing_late_is_said_in_a_number_too() -> None:
    """Zero is a number, not a blank."""
    message = digest(with_agency(1), at="Tue 2026-11-03 08:00")

    assert message
    assert message.subject == "DLHK: 0 terlambat, 1 laporan terbuka"


@pytest.mark.parametrize("confidential", [{"secret": True}, {"about_official": True}], ids=str)
def test_of_a_confidential_report_only_the_code_is_listed(confidential: dict[str, bool]) -> None:
    """No title and no day."""
    case = filed(title="Pungutan liar", **confidential)
    held = replace(case.report, agency="dlhk", status="routed")

    text = told(digest(held))

    assert "Pungutan" not in text
    assert "7K3M9QX2WD-Q\n" in text


def test_numbers_in_titles_are_scrubbed() -> None:
    """A mail travels further than the desk."""
    text = told(digest(with_agency(1, title="Hubungi 0812 3456 7890 segera")))

    assert "7890" not in text


def test_an_accused_agency_reads_nothing_of_it() -> None:
    """Even if it were still listed as the one that has the report."""
    accused = replace(with_agency(1), excluded=("dlhk",))

    assert digest(accused) is None


def test_verifiers_read_their_queue() -> None:
    """By the day on which it has to be verified; a review is new when it is asked for."""
    old = filed(local("Mon 2026-11-02 10:00"), code=a_code(1), title="Lama")
    archived = filed(local("Mon 2026-11-02 10:00"), code=a_code(2), title="Ditinjau").archived()
    review = archived.at("Tue 2026-11-10 07:00").do(c.Appeal(text="Jalan umum."), REPORTER)

    message = compose_digest(
        a_notice("queue", None), (review.report, old.report), RULES, LINKS, MORNING, "id"
    )

    text = told(message)
    assert message
    assert message.subject == "Verifikasi: 1 terlambat, 2 laporan menunggu"
    assert order(text, "Terlambat (1)", "Lama", "Baru sejak hari kerja kemarin (1)", "Ditinjau")
    assert message.sms is None


def test_a_report_whose_clock_stands_is_listed_last() -> None:
    """It has no day."""
    standing = with_agency(1)
    standing = replace(standing, clocks=())

    text = told(digest(standing, with_agency(2, "Wed 2026-11-04 10:00")))

    assert order(text, "Laporan ke-2", "Laporan ke-1") == sorted(
        order(text, "Laporan ke-2", "Laporan ke-1")
    )
