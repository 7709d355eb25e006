"""What mails to officers hold: code, scrubbed title, dates, a link. They travel far."""

import re
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.notice import Audience
from shared.domain.notice_texts.composing import TEXTS
from shared.domain.report import Mask
from tests.domain.builders import DIRECTORY
from tests.domain.tellings import LINKS, Told, everything_told

NIK, PHONE, EMAIL, PLATE = (
    "5103065204900002",
    "0812 3456 7890",
    "sekar@surat.example",
    "DK 1234 ABC",
)
DATA = f"NIK {NIK}, {PHONE}, {EMAIL}, {PLATE}"
TO_OFFICERS = [each for each in everything_told() if each.notice.audience is not Audience.REPORTER]
LANGUAGES = ("id", "en")
each_mail_to_officers = pytest.mark.parametrize(
    ("told", "language"), list(product(TO_OFFICERS, LANGUAGES)), ids=str
)


def everything(told: Told, language: str, **changes: object) -> str:
    message = told.message(language, **changes)
    return "\n".join((message.subject, message.text, message.html, message.sms or ""))


@each_mail_to_officers
@pytest.mark.parametrize("where", ["title", "body"])
def test_personal_data_in_a_report_are_in_no_mail_to_officers(
    told: Told, language: str, where: str
) -> None:
    """Also of a reporter who is not anonymous: the mail lies in a box for years."""
    body = f"Lampu mati. {DATA}" if where == "body" else told.report.body
    title = body if where == "body" else f"Lampu mati. {DATA}"

    said = everything(told, language, title=title, body=body)

    assert not [each for each in (NIK, PHONE, EMAIL, PLATE) if each in said]
    assert "Lampu mati." in said


@settings(deadline=None)
@given(at=st.integers(0, 30), numbers=st.lists(st.sampled_from([NIK, PHONE, EMAIL, PLATE])))
def test_no_spelling_of_a_title_lets_a_number_through(at: int, numbers: list[str]) -> None:
    """Wherever they stand and however many there are."""
    words = "Jalan rusak di depan pasar ya"
    title = f"{words[:at]} {' dan '.join(numbers)} {words[at:]}"
    told = next(each for each in TO_OFFICERS if each.notice.kind == "new_report")

    said = everything(told, "id", title=title)

    assert not [each for each in numbers if each in said]


def test_a_masked_name_in_the_title_is_masked_in_the_mail() -> None:
    """The title of a report without one is its first words."""
    told = next(each for each in TO_OFFICERS if each.notice.kind == "new_report")
    body = "Pak Gede Wirawan menutup jalan."

    said = everything(told, "id", title=body, body=body, masks=(Mask(1, 4, 16),))

    assert "Wirawan" not in said
    assert "menutup jalan." in said


@each_mail_to_officers
def test_what_people_wrote_is_in_no_mail_to_officers(told: Told, language: str) -> None:
    """Replies, answers, reasons and instructions are read on the page, where access is logged."""
    said = everything(told, language)
    written = {text for event in told.case.events[1:] for text in event.texts.values() if text}

    assert not [text for text in written if text in said]


@each_mail_to_officers
@pytest.mark.parametrize("confidential", [{"secret": True}, {"supervisory": True}], ids=str)
def test_of_a_confidential_report_officers_read_the_code_only(
    told: Told, language: str, confidential: dict[str, bool]
) -> None:
    """No title, no agency, no date, no word of what happened: the same for every kind."""
    said = everything(told, language, **confidential)
    agencies = DIRECTORY.agencies.values()
    names = [name for each in agencies for name in (each.name, each.short_name)]

    assert told.report.title not in said
    assert not re.search(r"20\d\d", said)
    assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", said)]
    assert LINKS.desk(told.report.code) in said


def test_the_mails_about_confidential_reports_cannot_be_told_apart() -> None:
    """Whatever happened and whoever reads."""
    texts = {
        everything(each, "id", secret=True).replace(each.report.code, "") for each in TO_OFFICERS
    }

    assert len({text.replace("0000000000-A", "7K3M9QX2WD-Q") for text in texts}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_holds_anything_like_a_receipt(language: str) -> None:
    """Sixteen digits, however grouped: it was shown once, to the one who filed."""
    for told in everything_told():
        said = everything(told, language).replace(told.event.hash, "")
        assert not re.search(r"(?<![0-9a-zA-Z])\d(?:[ -]?\d){15}(?![0-9a-zA-Z])", said), told


def test_officers_are_told_by_office_never_by_name() -> None:
    """Nor does a reporter learn who it was that looked at their identity."""
    for told in everything_told():
        said = everything(told, "id")
        officers = {event.officer for event in told.case.events if event.officer}
        assert not [id_ for id_ in officers if re.search(rf"\b{re.escape(id_)}\b", said)], told


def test_there_are_no_blanks_for_what_people_wrote_in_texts_to_officers() -> None:
    """The table itself: a later text cannot quote by oversight."""
    for audience in set(Audience) - {Audience.REPORTER}:
        for wording in TEXTS[audience].values():
            said = str(wording)
            assert "{text}" not in said
            assert "{title}" not in str(wording.subject)


def test_no_subject_quotes_anybody() -> None:
    """Subjects are shown on locked screens."""
    for each in everything_told():
        assert "Rahasia" not in each.message("id", title="Rahasia", body="Rahasia").subject
