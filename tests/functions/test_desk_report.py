"""One report on the desk without JavaScript: all of it, and a form for every command."""

import re

import pytest

from shared.edge.desk_forms import KINDS
from shared.edge.web.commands import command_forms
from shared.edge.web.forms import Form
from tests.functions.desk_pages import DeskBrowser, with_agency
from tests.functions.pages import Page
from tests.functions.region import GOOD_BODY, Filed, Region

LONG_NAME = "I Gusti Ngurah Agung Bagus Putra Wijaya Kusuma"
HOSTILE = "</textarea><script>alert('x')</script> & <b>tebal</b>"


def test_a_report_is_read_whole(region: Region, verifier: DeskBrowser) -> None:
    """Text, place, clocks with their reasons, history, notices, a place for notes."""
    filed = region.filed(
        body=f"{GOOD_BODY} {HOSTILE}", area="51.03.06", location={"text": "Pasar Kuta"}
    )

    page = verifier.get(f"/desk/r/{filed.code}")

    for told in (
        GOOD_BODY, "Pasar Kuta", "Kuta Utara", "Belum Terverifikasi", "Mengapa tanggal ini?",
        "Laporan diterima", "Belum ada catatan.", "Belum ada yang dikirim.",
    ):  # fmt: skip
        assert told in page.said, told
    assert "<script>" not in page.text


def test_exactly_the_commands_of_this_officer_have_forms(
    region: Region, verifier: DeskBrowser, agency: DeskBrowser
) -> None:
    """What the contract calls `actions`, one form each."""
    filed = with_agency(region)

    for browser, by in ((verifier, "verifier1"), (agency, "dpupr1")):
        page = browser.get(f"/desk/r/{filed.code}")
        allowed = region.desk(f"/reports/{filed.code}", by=by).json["actions"]
        forms = re.findall(r'name="action" value="(\w+)"', page.text)
        assert sorted(forms) == sorted(allowed)


def test_every_action_of_the_contract_has_a_place_on_the_page() -> None:
    """One that is added there and not here would be missing without a sound."""
    forms = command_forms(KINDS, Form("", "k" * 22), begun={}, templates={})

    assert forms.keys() == KINDS.keys()


def test_the_suggested_agency_stands_ready_with_its_reason(
    region: Region, verifier: DeskBrowser
) -> None:
    """One click when it is right."""
    filed = region.filed(category="kesehatan", area="51.03")

    page = verifier.get(f"/desk/r/{filed.code}")

    assert page.form("route")["agency"] == "dinkes"
    assert "Saran Dinas Kesehatan Kesehatan" in page.said


def test_the_agency_that_gives_a_report_away_is_not_offered_it_again(region: Region) -> None:
    """The coordinator decides; the rules' suggestion is only told."""
    filed = region.filed(category="kesehatan", area="51.03")
    region.order(filed.code, "route", agency="dinkes")
    region.order(filed.code, "forward", by="dinkes1", text="Bukan puskesmas kami.")
    browser = DeskBrowser()

    page = browser.signed_in(region, "coordinator", f"/desk/r/{filed.code}")

    assert page.form("route")["agency"] == ""


def test_an_officer_takes_a_report_and_hands_it_on(region: Region, agency: DeskBrowser) -> None:
    """Oneself stands ready; then it is in one's queue."""
    filed = with_agency(region, title="Punya saya")

    taken = agency.act(filed.code, "assign")

    assert (taken.status, "Penanggung jawab Petugas DPUPR 1" in _after(taken, agency).said) == (
        303, True,
    )  # fmt: skip
    assert "Punya saya" in agency.get("/desk?queue=mine").said
    agency.act(filed.code, "assign", officer="dpupr2")
    assert "Punya saya" not in agency.get("/desk?queue=mine").said


def _after(page: Page, browser: DeskBrowser) -> Page:
    return browser.get(page.answer.headers["Location"])


def test_an_answer_goes_from_the_form_to_the_reporter(region: Region, agency: DeskBrowser) -> None:
    """And the page says that it did."""
    filed = with_agency(region)

    sent = agency.act(
        filed.code, "respond", outcome="solved", proof="Foto 12.", text="Sudah kami tambal."
    )

    assert "Jawaban dikirim kepada pelapor." in _after(sent, agency).said
    assert region.report(filed.code)["status"] == "answered"


def test_a_report_given_away_leads_back_to_the_queue(region: Region, agency: DeskBrowser) -> None:
    """It can no longer be read; that it went well is said."""
    filed = with_agency(region)

    sent = agency.act(filed.code, "forward", agency="dinkes", text="Bukan jalan kabupaten.")

    assert sent.answer.headers["Location"] == "/desk"
    assert "Laporan diserahkan; tidak lagi di antrean Anda." in agency.get("/desk").said
    assert agency.get(f"/desk/r/{filed.code}").status == 403


def test_notes_stand_apart_with_their_writers(region: Region, verifier: DeskBrowser) -> None:
    """For officers; the reporter's page has none of it."""
    filed = region.filed()
    verifier.act(filed.code, "note", text="Pelapor bisa ditemui pagi hari.")

    page = verifier.get(f"/desk/r/{filed.code}")

    notes = page.said.split("Catatan internal")[1]
    assert "Pelapor bisa ditemui pagi hari." in notes
    assert "Petugas pemeriksa · Verifikator 1" in notes
    assert "ditemui" not in region.read(filed.code, filed.receipt).text


def test_identity_is_shown_once_for_a_reason(region: Region, verifier: DeskBrowser) -> None:
    """Not on the page before, not after; the reporter sees that it was."""
    filed = region.filed(reporter={"name": LONG_NAME, "phone": "081234567890"})
    before = verifier.get(f"/desk/r/{filed.code}")

    shown = verifier.act(filed.code, "reveal", text="Perlu menemui pelapor.")
    after = verifier.get(f"/desk/r/{filed.code}")

    assert (LONG_NAME in before.said, LONG_NAME in shown.said, LONG_NAME in after.said) == (
        False, True, False,
    )  # fmt: skip
    assert "+6281234567890" in shown.said
    assert shown.answer.headers["Cache-Control"] == "private, no-store"
    assert region.report(filed.code)["counts"]["revealed"] == 1


def test_identity_needs_a_reason(region: Region, verifier: DeskBrowser) -> None:
    filed = region.filed(reporter={"name": LONG_NAME})

    page = verifier.act(filed.code, "reveal", text=" ")

    assert (page.status, LONG_NAME in page.said) == (422, False)


def test_an_anonymous_reporter_is_not_offered_to_the_agency(
    region: Region, agency: DeskBrowser
) -> None:
    """No form, and a made-up one is refused."""
    filed = with_agency(region, anonymous=True, reporter={"name": LONG_NAME})
    page = agency.get(f"/desk/r/{filed.code}")
    made_up = page.form("note") | {"action": "reveal", "text": "Ingin tahu."}

    refused = agency.post(f"/desk/r/{filed.code}", made_up)

    assert 'value="reveal"' not in page.text
    assert (refused.status, LONG_NAME in refused.said) == (403, False)


def test_words_are_masked_by_naming_them(region: Region, verifier: DeskBrowser) -> None:
    """Nobody counts characters; the public no longer reads them."""
    filed = with_agency(region, body=f"Pak Ketut Sudana menolak kami. {GOOD_BODY}")
    verifier.act(
        filed.code, "redact", place="1:text", words="Ketut Sudana", text="Nama orang pribadi."
    )

    assert "Sudana" not in region.read(filed.code).text
    assert "Ketut Sudana" in verifier.get(f"/desk/r/{filed.code}").said


def test_words_that_are_not_there_are_asked_for_again(
    region: Region, verifier: DeskBrowser, a_report: Filed
) -> None:
    page = verifier.act(
        a_report.code, "redact", place="1:text", words="Tidak tertulis", text="Nama."
    )

    assert page.status == 422
    assert page.form("redact")["words"] == "Tidak tertulis"


def test_reports_of_the_same_thing_are_pointed_out(region: Region, verifier: DeskBrowser) -> None:
    """Near in place and words; merging is one click away."""
    words = "Tiang listrik miring hampir roboh menimpa warung Bu Wayan"
    first = region.filed(body=f"{words} di Tibubeneng.", area="51.03.06", title="Tiang miring")
    second = region.filed(body=f"Mohon dicek. {words}!", area="51.03.06", title="Tiang listrik")

    page = verifier.get(f"/desk/r/{second.code}")
    merging = verifier.get(f"/desk/r/{second.code}?into={first.code}")

    assert "Mungkin laporan yang sama Tiang miring" in page.said
    assert merging.form("merge")["into"] == first.code
    assert '<details class="command" open>' in merging.text


def test_an_english_reporter_is_answered_in_english(region: Region, agency: DeskBrowser) -> None:
    """A hint, and sample sentences in that language, whatever the officer reads."""
    filed = with_agency(region, language="en")

    page = agency.get(f"/desk/r/{filed.code}")

    assert "Pelapor menulis dalam bahasa Inggris." in page.said
    assert "We checked it and settled it on" in page.said
    assert "Sudah kami periksa dan selesaikan" not in page.said


@pytest.mark.parametrize("by", ["dinkes1", "intake", "admin"])
def test_a_report_that_is_not_theirs_is_not_shown(region: Region, by: str) -> None:
    filed = with_agency(region)
    browser = DeskBrowser()
    browser.signed_in(region, by)

    page = browser.get(f"/desk/r/{filed.code}")

    assert (page.status, GOOD_BODY in page.said) == (403, False)


def test_the_accused_agency_sees_nothing(region: Region, agency: DeskBrowser) -> None:
    """Not in a queue, not by its number."""
    filed = region.filed(about_official=True, agency="dpupr", title="Pungutan liar")

    assert agency.get(f"/desk/r/{filed.code}").status == 403
    assert "Pungutan liar" not in agency.get("/desk?queue=all").said


def test_in_english_too(region: Region) -> None:
    """No word of the other language is left on either page."""
    filed = with_agency(region)
    browser = DeskBrowser("en")

    queue, report = browser.signed_in(region, "dpupr1"), browser.get(f"/desk/r/{filed.code}")

    assert "With the agency" in queue.said
    assert "Answer the reporter" in report.said
    assert not [word for word in ("Tindakan", "Batas waktu", "hari kerja") if word in report.said]
