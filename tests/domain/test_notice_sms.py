"""One SMS each, whatever names and links are like; and a link is whole or not there."""

import re
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.answer_links import Links
from shared.domain.directory import Directory
from shared.domain.notice import Audience
from shared.domain.notice_texts.composing import TEXTS
from shared.domain.notice_texts.sms import first_that_fits, gsm_length, plainly
from shared.domain.notices import reporter_of
from tests.domain.builders import DIRECTORY, VERIFIER
from tests.domain.tellings import LINKS, Told, everything_told, routed, told_in

REGIONS = Path(__file__).resolve().parents[2] / "infra" / "regions"
TO_REPORTERS = {
    each.notice.kind: each
    for each in everything_told()
    if each.notice.audience is Audience.REPORTER
}
LANGUAGES = ("id", "en")
_BALINESE = "ᬓᬤᬶᬲᬦ᭄ ᬧᬾᬤᬤᬶᬓᬦ᭄"
each_kind = pytest.mark.parametrize(
    ("kind", "language"), list(product(TO_REPORTERS, LANGUAGES)), ids=str
)


def in_region(told: Told, directory: Directory) -> Told:
    return replace(
        told, case=replace(told.case, rules=replace(told.case.rules, directory=directory))
    )


def named(region: str, agency: str) -> Directory:
    """Every agency goes by that name."""
    agencies = {
        id_: replace(each, name=agency * 3, short_name=agency)
        for id_, each in DIRECTORY.agencies.items()
    }
    return replace(DIRECTORY, name=region, name_en=region, agencies=agencies)


def sms(told: Told, language: str, links: Links = LINKS, **changes: Any) -> str:
    text = told.message(language, links, **changes).sms
    assert text
    return text


# The alphabet


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Tanggap 7K3M9QX2WD-Q", 20),
        ("é ü à Ç Ø", 9),
        ("€ [x] ~", 11),
        ("https://x.id/r/A?answer=b_c-d", 29),
        ("– ”", None),
        ("ê", None),
        (_BALINESE, None),
        ("`", None),
        ("😀", None),
    ],
)
def test_the_length_is_counted_as_a_phone_counts_it(text: str, length: int | None) -> None:
    """Some characters take two places, others make it an SMS of another, shorter kind."""
    assert gsm_length(text) == length


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Kapanéwon Ngawèn", "Kapanewon Ngawen"),
        ("Dinas “PU” – Binamarga…", 'Dinas "PU" - Binamarga...'),
        (f"Dinas {_BALINESE} Badung", "Dinas Badung"),
        ("Ｄｉｎａｓ", "Dinas"),
    ],
)
def test_names_are_spelled_in_letters_that_every_phone_has(written: str, plain: str) -> None:
    """Better a letter without its accent than half the room."""
    assert plainly(written) == plain


@given(st.text())
def test_whatever_is_spelled_plainly_can_be_counted(text: str) -> None:
    """Unless it holds the one printable character of ASCII that the alphabet lacks."""
    assert gsm_length(plainly(text).replace("`", "")) is not None


def test_what_does_not_fit_is_left_out_before_it_is_cut() -> None:
    """The last resort is what fits always."""
    candidates = ["x" * 161, "–", "y" * 160]

    assert first_that_fits(candidates, "z") == "y" * 160
    assert first_that_fits(["x" * 161], "z") == "z"


# Every kind


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(sorted(TO_REPORTERS)),
    language=st.sampled_from(LANGUAGES),
    region=st.text(min_size=1, max_size=60),
    agency=st.one_of(st.text(min_size=1, max_size=80), st.just(_BALINESE)),
    host=st.from_regex(r"[a-z]{1,120}\.id", fullmatch=True),
    token=st.one_of(st.none(), st.from_regex(r"[0-9a-zA-Z_.-]{20,64}", fullmatch=True)),
)
def test_a_message_always_fits_and_never_cuts_a_link(
    kind: str, language: str, region: str, agency: str, host: str, token: str | None
) -> None:
    """With its code, whatever else had to go."""
    told = TO_REPORTERS[kind]
    links = Links(f"https://{host}", token)
    code = reporter_of(told.notice)

    text = sms(in_region(told, named(region, agency)), language, links)

    length = gsm_length(text)
    assert length is not None
    assert length <= 160
    assert f"{code[:-1]}-{code[-1]}" in text
    if "https" in text:
        assert re.search(r"https://\S+$", text)
        assert text.split(" ")[-1] in (links.report(code), links.answer(code))


@cache
def longest(field: str) -> str:
    """Of all agencies of all regions."""
    files = (yaml.safe_load(path.read_text("utf-8")) for path in REGIONS.glob("*.yaml"))
    return max((each[field] for file in files for each in file["agencies"]), key=len)


@each_kind
@pytest.mark.parametrize("token", [LINKS.token, None], ids=["token", "page"])
def test_with_the_longest_names_there_are_it_still_says_what_happened(
    kind: str, language: str, token: str | None
) -> None:
    """With a link, under a host as regions have them."""
    names = named("Daerah Istimewa Yogyakarta", longest("short_name"))
    links = Links("https://tanggap.tangerangkab.go.id", token)

    text = sms(in_region(TO_REPORTERS[kind], names), language, links)

    assert "ada kabar untuk" not in text
    assert "there is news" not in text
    assert links.site in text


def test_it_reads_as_agreed() -> None:
    """With region and date, where there is room for them."""
    told, links = TO_REPORTERS["answered"], Links("https://lapor.badung.go.id")
    region = replace(DIRECTORY, name="Badung", name_en="Badung")
    told = next(each for each in told_in("answered") if each.notice.kind == "answered")

    assert sms(in_region(told, region), "id", links) == (
        "Tanggap Badung: laporan 7K3M9QX2WD-Q sudah dijawab. Sudah selesai? Beri tahu kami "
        "sebelum 16 Nov: https://lapor.badung.go.id/r/7K3M9QX2WD-Q"
    )
    assert sms(in_region(told, region), "en", links) == (
        "Tanggap Badung: report 7K3M9QX2WD-Q was answered. Solved? Tell us before 16 Nov: "
        "https://lapor.badung.go.id/r/7K3M9QX2WD-Q"
    )


def test_a_link_stands_at_the_end_of_every_text() -> None:
    """Where nothing can be taken for a part of it."""
    for wording in TEXTS[Audience.REPORTER].values():
        assert wording.sms
        for text in (text for pair in wording.sms for text in pair):
            assert re.search(r"^[^{]*(\{(?!link|answer)[^}]+\}[^{]*)*(\{(link|answer)\})?$", text)


def test_nobody_but_the_reporter_gets_an_sms() -> None:
    """Officers have the desk and their mail."""
    for each in everything_told():
        has_sms = each.message().sms is not None
        assert has_sms == (each.notice.audience is Audience.REPORTER)


# Confidential ones


@each_kind
@pytest.mark.parametrize("confidential", [{"secret": True}, {"supervisory": True}], ids=str)
def test_of_a_confidential_report_it_only_says_that_there_is_news(
    kind: str, language: str, confidential: dict[str, bool]
) -> None:
    """Whoever sees the screen learns neither what about nor where to look."""
    told = TO_REPORTERS[kind]
    code = reporter_of(told.notice)
    news = {"id": "ada kabar untuk nomor", "en": "there is news for number"}

    text = sms(told, language, **confidential)

    assert text == f"Tanggap: {news[language]} {code[:-1]}-{code[-1]}"


def test_what_officers_wrote_is_never_in_an_sms() -> None:
    """Nor is the title."""
    case = routed(title="Sampah Kerobokan")
    told = told_in("", case)[0]
    answered = told_in("", case.answered())[0]

    assert "Kerobokan" not in sms(told, "id")
    assert "Dianggarkan" not in sms(answered, "id")
    assert VERIFIER.officer not in sms(told, "id")
