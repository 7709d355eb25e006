"""The page of a report without JavaScript: read by anybody, answered by its reporter."""

import re
from typing import Any

import pytest

from shared.domain.answer_links import answer_token
from tests.functions.outside import NOW
from tests.functions.pages import Browser, Page
from tests.functions.region import Filed, Region
from tests.functions.reporters import (
    ANSWER,
    KEY,
    Reporter,
    answered_by_agency,
    closed,
    disputed,
    held,
)

HOSTILE = "</textarea><script>alert(1)</script> {{ 7*7 }}"


@pytest.fixture
def reporter(region: Region) -> Reporter:
    return Reporter()


@pytest.fixture
def answered(region: Region) -> Filed:
    return answered_by_agency(region)


def buttons(page: Page) -> set[str]:
    """Of what the reporter may say."""
    return set(re.findall(r'name="button" value="(\w+)"', page.text)) - {"files"}


@pytest.mark.parametrize(
    ("button", "typed", "told"),
    [
        ("solved", {"satisfaction": "5"}, {"outcome": "solved", "satisfaction": 5}),
        ("accepted", {"text": "Baik."}, {"outcome": "accepted", "satisfaction": None}),
        ("unsolved", {"text": "Masih gelap."}, {"status": "replied", "outcome": None}),
    ],
)
def test_an_answer_is_judged_by_one_of_three_buttons(
    region: Region, reporter: Reporter, answered: Filed, button: str, typed: Any, told: Any
) -> None:
    """Side by side, none of them the one that is expected."""
    reporter.shows(answered.code, answered.receipt)
    page = reporter.get(f"/r/{answered.code}")
    assert buttons(page) == {"solved", "accepted", "unsolved", "add", "withdraw"}
    assert len(re.findall(r'button quiet" name="button" value="(?!files)', page.text)) == 3

    done = reporter.tells(answered.code, button, **typed)

    assert done.status == 303, done.said
    assert told.items() <= region.report(answered.code).items()


def test_not_solved_needs_a_word(region: Region, reporter: Reporter, answered: Filed) -> None:
    """Beside the field, with what was chosen kept."""
    reporter.shows(answered.code, answered.receipt)

    page = reporter.tells(answered.code, "unsolved", satisfaction="2")

    assert page.status == 422
    assert page.fault("confirm-text") == "Wajib diisi."
    assert page.fields["satisfaction"] == "2"
    assert region.report(answered.code)["status"] == "answered"


@pytest.mark.parametrize("public", [True, False])
def test_the_reporter_says_whether_everybody_may_read_it(
    region: Region, reporter: Reporter, answered: Filed, *, public: bool
) -> None:
    """Beside each text stands who reads it; in the history too."""
    reporter.shows(answered.code, answered.receipt)
    tick = {"public": "true"} if public else {}

    reporter.tells(answered.code, "unsolved", text="Masih gelap di sana.", **tick)

    own, all_ = reporter.get(f"/r/{answered.code}").said, Browser().get(f"/r/{answered.code}").said
    assert "Masih gelap di sana." in own
    assert ("Masih gelap di sana." in all_) == public
    assert ("Pelapor · dibaca umum" in own, "Pelapor · tidak dibaca umum" in own) == (
        public, not public,
    )  # fmt: skip


def test_a_question_is_answered_where_it_stands(region: Region, reporter: Reporter) -> None:
    filed = held(region)
    reporter.shows(filed.code, filed.receipt)
    assert "Di jalan mana?" in reporter.get(f"/r/{filed.code}").said

    assert reporter.tells(filed.code, "supplement", text="Jalan Raya Kuta.").status == 303
    assert region.report(filed.code)["status"] == "submitted"


def test_a_closed_report_says_how_to_object_and_until_when(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    """To everybody; its holder can."""
    closed(region, answered)
    told = "dapat mengajukan keberatan sampai Senin, 21 Desember 2026"
    assert told in reporter.get(f"/r/{answered.code}").said
    reporter.shows(answered.code, answered.receipt)

    assert reporter.tells(answered.code, "object", text="Masih berlubang.").status == 303
    assert region.report(answered.code)["status"] == "replied"


def test_after_the_window_no_form_is_shown_that_would_be_refused(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    closed(region, answered)
    region.outside.advance(days=31)
    reporter.shows(answered.code, answered.receipt)

    page = reporter.get(f"/r/{answered.code}")

    assert buttons(page) == set()
    assert "Jangka waktu untuk tindakan ini sudah berakhir." in page.said


def test_an_archived_report_can_be_reviewed(region: Region, reporter: Reporter) -> None:
    """Its reason and the way back stand there for all, its form for the holder."""
    filed = region.filed()
    region.order(filed.code, "archive", reason="not_public_service", text="Urusan pribadi.")
    page = reporter.get(f"/r/{filed.code}")
    assert "Alasan: bukan tentang pelayanan publik." in page.said
    assert "minta ditinjau ulang sampai Senin, 21 Desember 2026" in page.said
    reporter.shows(filed.code, filed.receipt)

    assert reporter.tells(filed.code, "appeal", text="Ini jalan umum.").status == 303
    assert region.report(filed.code)["status"] == "submitted"


def test_a_merged_report_leads_to_the_other_and_can_be_split(
    region: Region, reporter: Reporter
) -> None:
    filed, target = region.filed(), region.filed()
    region.order(filed.code, "merge", into=target.code, text="Sama.")
    reporter.shows(filed.code, filed.receipt)
    assert f'href="/r/{target.code}"' in reporter.get(f"/r/{filed.code}").text

    assert reporter.tells(filed.code, "split", text="Lain jalan.").status == 303
    assert region.report(filed.code)["status"] == "submitted"


def test_a_referred_report_says_to_whom_and_how_to_reach_them(
    region: Region, reporter: Reporter, a_report: Filed
) -> None:
    body = region.desk("/agencies").json["bodies"][0]
    region.order(a_report.code, "refer", body=body["id"], text="Jalan nasional.")

    said = reporter.get(f"/r/{a_report.code}").said

    assert body["about"] in said
    assert not [each for each in body["contact"].values() if each not in said]


@pytest.mark.parametrize("step", ["sampaikan", "kunci", "dukung", "lupakan"])
def test_a_tab_that_comes_back_to_a_form_is_shown_the_report(
    region: Region, a_report: Filed, step: str
) -> None:
    """A phone that was put away asks again for the address of what was posted."""
    answer = Browser().get(f"/r/{a_report.code}/{step}").answer

    assert (answer.status_code, answer.headers["Location"]) == (303, f"/r/{a_report.code}")


def test_what_changed_meanwhile_costs_no_word(
    region: Region, reporter: Reporter, a_report: Filed
) -> None:
    """409 with the sentence of the rules and the text, although its form is gone."""
    reporter.shows(a_report.code, a_report.receipt)
    form = reporter.form(a_report.code, "text")
    region.order(a_report.code, "archive", reason="test", text="Percobaan.")

    page = reporter.post(f"/r/{a_report.code}/sampaikan", form | {"button": "add", "text": HOSTILE})

    assert page.status == 409
    assert "tidak dapat dilakukan pada status laporan saat ini" in page.said
    assert "alert(1)" in page.said
    assert "<script>alert" not in page.text


def test_the_same_form_twice_is_done_once(
    region: Region, reporter: Reporter, a_report: Filed
) -> None:
    reporter.shows(a_report.code, a_report.receipt)
    sent = reporter.form(a_report.code, "text") | {"button": "add", "text": "Ada saksi."}

    answers = [reporter.post(f"/r/{a_report.code}/sampaikan", sent) for _ in range(2)]

    assert [page.status for page in answers] == [303, 303]
    assert region.report(a_report.code)["counts"]["added"] == 1


@pytest.mark.parametrize("mark", [{"mark": ""}, {"mark": "made.up"}], ids=["without", "made up"])
def test_a_form_that_is_not_ours_changes_nothing(
    region: Region, reporter: Reporter, a_report: Filed, mark: dict[str, str]
) -> None:
    reporter.shows(a_report.code, a_report.receipt)

    page = reporter.tells(a_report.code, "withdraw", text="Tolong.", **mark)

    assert page.status == 403
    assert next(form for form in page.forms if form.get("text"))["text"] == "Tolong."
    assert region.report(a_report.code)["status"] == "submitted"


@pytest.mark.parametrize("button", ["", "route", "confirm"])
def test_no_other_button_does_anything(
    region: Region, reporter: Reporter, a_report: Filed, button: str
) -> None:
    """Least of all an officer's."""
    reporter.shows(a_report.code, a_report.receipt)
    before = region.report(a_report.code)

    assert reporter.tells(a_report.code, button, text="x").status == 422
    assert region.report(a_report.code) == before


def test_a_stranger_sees_no_form_of_the_reporter(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    page = reporter.get(f"/r/{answered.code}")
    typed = reporter.form(answered.code, "receipt") | {"button": "solved", "receipt": ""}

    assert buttons(page) == set()
    assert reporter.post(f"/r/{answered.code}/sampaikan", typed).status == 401
    assert region.report(answered.code)["status"] == "answered"


# From a notice


def link(region: Region, filed: Filed) -> str:
    seq = region.report(filed.code)["seq"]
    return f"?answer={answer_token(filed.id, seq, key=KEY, now=NOW)}"


def test_the_link_of_a_notice_answers_just_that(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    """Without the key; it opens nothing that is the reporter's alone."""
    asked = link(region, answered)
    page = reporter.get(f"/r/{answered.code}{asked}")
    assert buttons(page) == {"solved", "accepted", "unsolved"}
    assert "Ini laporan Anda" not in page.said

    assert reporter.tells(answered.code, "solved", asked).status == 303
    assert region.report(answered.code)["outcome"] == "solved"


def test_a_fault_on_the_way_from_a_notice_keeps_the_link(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    asked = link(region, answered)

    page = reporter.tells(answered.code, "unsolved", asked)
    form = next(form for form in page.forms if "text" in form)
    mended = reporter.post(
        f"/r/{answered.code}/sampaikan", form | {"button": "unsolved", "text": "Gelap."}
    )

    assert (page.status, mended.status) == (422, 303)


def test_a_link_that_is_over_says_so_and_costs_no_word(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    """The key in its place."""
    asked = link(region, answered)
    form = reporter.form(answered.code, "text", asked)
    region.outside.advance(days=15)
    told = reporter.get(f"/r/{answered.code}{asked}").said
    region.outside.advance(days=-15)
    region.order(answered.code, "respond", by="dpupr1", **ANSWER)

    late = reporter.post(
        f"/r/{answered.code}/sampaikan", form | {"button": "unsolved", "text": "Gelap."}
    )
    again = next(form for form in late.forms if "text" in form)
    sent = {"button": "unsolved", "receipt": answered.receipt}
    done = reporter.post(f"/r/{answered.code}/sampaikan", again | sent)

    assert "Tautan di pesan itu sudah tidak berlaku." in told
    assert (late.status, again["text"], done.status) == (401, "Gelap.", 303)


# The oversight file, support, and where else to go


def test_the_file_is_offered_after_the_second_objection(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    """To read or to keep; with the reporter's name only when ticked."""
    disputed(region, answered)
    reporter.shows(answered.code, answered.receipt)
    page = reporter.get(f"/r/{answered.code}")
    path = f"/r/{answered.code}/berkas"

    shown, kept = reporter.get(f"{path}?form=page"), reporter.get(f"{path}?form=json&identity=yes")

    assert 'id="berkas"' in page.text
    assert "Ombudsman" in page.said.split("Ke mana lagi")[1]
    assert "Bukti pelaporan" in shown.said
    assert "sekar@example.org" not in shown.text
    assert kept.answer.json["reporter"]["as_given"]["email"] == "sekar@example.org"
    assert kept.answer.headers["Content-Disposition"] == (
        f'attachment; filename="tanggap-{answered.code}.json"'
    )
    stranger = Reporter().get(path)
    assert (stranger.status, "receipt" in stranger.fields) == (401, True)


def test_it_is_not_there_before(region: Region, reporter: Reporter, answered: Filed) -> None:
    reporter.shows(answered.code, answered.receipt)

    assert 'id="berkas"' not in reporter.get(f"/r/{answered.code}").text
    assert reporter.get(f"/r/{answered.code}/berkas").status == 409


def test_others_support_once_per_browser(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    """By the cookie that the API knows too."""
    for _ in range(2):
        form = next(
            form for form in reporter.get(f"/r/{answered.code}").forms if form.keys() <= OWN_FIELDS
        )
        assert reporter.post(f"/r/{answered.code}/dukung", form).status == 303

    assert "Juga dialami orang lain: 1" in reporter.get(f"/r/{answered.code}").said


OWN_FIELDS = {"mark", "idempotency_key"}


# Reading


@pytest.mark.parametrize("language", ["id", "en"])
def test_both_clocks_count_down_and_say_why(region: Region, a_report: Filed, language: str) -> None:
    """In working days; the legal one beside the one that is next."""
    said = Reporter(language).get(f"/r/{a_report.code}").said

    told = {
        "id": ("hari kerja tersisa: 3", "Batas waktu menurut aturan", "Mengapa tanggal ini?"),
        "en": ("working days left: 3", "Deadline under the law", "Why this date?"),
    }
    assert not [words for words in told[language] if words not in said]


def test_a_number_typed_in_the_address_is_read_tolerantly(
    reporter: Reporter, a_report: Filed
) -> None:
    """And leads to the one address that the cookie is for."""
    page = reporter.get(f"/r/{a_report.id.lower()}?answer=x")

    assert (page.status, page.answer.headers["Location"]) == (303, f"/r/{a_report.code}?answer=x")


def test_of_a_secret_report_nothing_is_told_by_its_forms(
    region: Region, reporter: Reporter
) -> None:
    """No support, no chain, no tick that would make a text public."""
    filed = region.filed(secret=True)
    stranger = reporter.get(f"/r/{filed.code}")
    reporter.shows(filed.code, filed.receipt)
    own = reporter.get(f"/r/{filed.code}")

    words = ("Saya juga", "Periksa catatan", "Riwayat")
    assert not [word for word in words if word in stranger.said]
    assert "Periksa catatan ini" in own.said
    assert 'name="public"' not in own.text
    assert "Umum tidak membacanya." in own.said
