"""The officers' desk without JavaScript: queues, one report, every command; no text is lost."""

import re

import pytest

from shared.edge.desk_forms import KINDS
from shared.edge.web.commands import command_forms
from shared.edge.web.forms import Form
from tests.functions.desk_pages import DeskBrowser
from tests.functions.pages import Page
from tests.functions.region import GOOD_BODY, Filed, Region

LONG_NAME = "I Gusti Ngurah Agung Bagus Putra Wijaya Kusuma"
HOSTILE = "</textarea><script>alert('x')</script> & <b>tebal</b>"


@pytest.fixture
def verifier(region: Region) -> DeskBrowser:
    browser = DeskBrowser()
    browser.signed_in(region, "verifier1")
    return browser


@pytest.fixture
def agency(region: Region) -> DeskBrowser:
    browser = DeskBrowser()
    browser.signed_in(region, "dpupr1")
    return browser


def with_agency(region: Region, **fields: object) -> Filed:
    filed = region.filed(**fields)
    assert region.order(filed.code, "route", agency="dpupr").status_code == 200
    return filed


def titles(page: Page) -> list[str]:
    return re.findall(r'<h2><a href="/desk/r/[^"]+">([^<]+)</a></h2>', page.text)


def named(region: Region, name: str, **fields: object) -> Filed:
    return region.filed(title=f"{name} {len(region.in_collection('reports'))}", **fields)


# Queues


@pytest.mark.parametrize(
    ("by", "first", "queues"),
    [
        ("verifier1", "Perlu diperiksa", ["verification", "appeals", "overdue", "all"]),
        ("dpupr1", "Di instansi", ["agency", "mine", "overdue", "all"]),
        ("coordinator", "Perlu keputusan", ["contested", "appeals", "overdue", "all"]),
        ("inspectorate", "Terlambat", ["overdue", "all"]),
    ],
)
def test_each_officer_begins_with_their_own_queue(
    region: Region, by: str, first: str, queues: list[str]
) -> None:
    """And is shown no queue that is not theirs."""
    page = DeskBrowser().signed_in(region, by)

    assert re.findall(r'href="/desk\?queue=(\w+)"', page.text)[: len(queues)] == queues
    assert re.findall(r"<h1>([^<]+)</h1>", page.text) == [first]


@pytest.mark.parametrize("by", ["intake", "admin"])
def test_whoever_has_no_queue_is_welcomed_all_the_same(region: Region, by: str) -> None:
    page = DeskBrowser().signed_in(region, by)

    assert (page.status, "Selamat datang" in page.said) == (200, True)


def test_what_is_due_next_stands_first_and_says_how_soon(
    region: Region, verifier: DeskBrowser
) -> None:
    """In the words one plans a day with."""
    named(region, "Lampu padam")
    assert "3 hari kerja lagi Rabu, 25 November 2026" in verifier.get("/desk").said

    region.outside.advance(days=3, hours=1)
    assert "besok" in DeskBrowser().signed_in(region, "verifier1").said
    region.outside.advance(days=4)
    assert "terlambat 2 hari kerja" in DeskBrowser().signed_in(region, "verifier1").said


def test_a_queue_says_how_many_wait(region: Region, verifier: DeskBrowser) -> None:
    """Counted by the store, not by reading."""
    before = _size(verifier.get("/desk"), "verification")
    named(region, "Satu lagi")

    assert _size(verifier.get("/desk"), "verification") == before + 1


def _size(page: Page, queue: str) -> int:
    found = re.search(rf'queue={queue}"[^>]*>[^<]*<b class="size[^"]*">(\d+)</b>', page.text)
    assert found
    return int(found[1])


def test_an_empty_queue_says_what_is_missing(region: Region, verifier: DeskBrowser) -> None:
    assert "Tidak ada pelapor yang meminta peninjauan." in verifier.get("/desk?queue=appeals").said
    filtered = verifier.get("/desk?queue=all&category=kesehatan&status=merged")
    assert "Tidak ada yang cocok." in filtered.said


def test_filters_stay_filled_in(region: Region, verifier: DeskBrowser) -> None:
    """And find what they say."""
    health = named(region, "Antrean", category="kesehatan")

    page = verifier.get("/desk?queue=verification&category=kesehatan&status=&area=")

    assert health.code in page.text
    assert page.fields["category"] == "kesehatan"
    assert {"Jalan"}.isdisjoint(titles(page))


def test_words_are_searched_without_standing_in_any_address(
    region: Region, verifier: DeskBrowser
) -> None:
    """A search may be a person's name: posted, never in a URL."""
    named(region, "Wijayakusuma")

    page = verifier.post("/desk", _search(verifier) | {"q": "wijayakusuma", "queue": "all"})

    assert [title.split()[0] for title in titles(page)] == ["Wijayakusuma"]
    assert "q=wijaya" not in page.text


def test_a_number_leads_to_its_report(
    region: Region, verifier: DeskBrowser, a_report: Filed
) -> None:
    """As people type it."""
    typed = a_report.code.lower().replace("-", " ")

    answer = verifier.post("/desk", _search(verifier) | {"q": typed}).answer

    assert answer.headers["Location"] == f"/desk/r/{a_report.code}"


def test_a_number_of_somebody_elses_report_finds_nothing(
    region: Region, agency: DeskBrowser, a_report: Filed
) -> None:
    page = agency.post("/desk", _search(agency) | {"q": a_report.code})

    assert (page.status, titles(page)) == (200, [])


def _search(browser: DeskBrowser) -> dict[str, str]:
    return {"mark": browser.get("/desk").fields["mark"]}


def test_a_long_queue_goes_on_page_by_page(region: Region, agency: DeskBrowser) -> None:
    for _ in range(26):
        with_agency(region)
    page = agency.get("/desk?queue=all")

    following = agency.get(f"/desk?queue=all&cursor={_cursor(page)}")

    assert len(titles(page)) == 25
    assert 1 <= len(titles(following)) <= 25
    assert 'name="cursor"' not in following.text


def _cursor(page: Page) -> str:
    found = re.search(r'name="cursor" value="([^"]+)"', page.text)
    assert found
    return found[1]


# Several at once


def test_several_reports_are_routed_with_one_click(region: Region, verifier: DeskBrowser) -> None:
    """Each by a command of its own, and each outcome is told."""
    good, stale = named(region, "Baik"), named(region, "Basi")
    fields = verifier.get("/desk").fields
    region.order(stale.code, "classify", category="kesehatan", text="Salah bidang.")

    page = verifier.post(
        "/desk/route",
        {
            "mark": fields["mark"],
            "idempotency_key": fields["idempotency_key"],
            f"pick.{good.code}": "1",
            f"pick.{stale.code}": "1",
            "pick.7K3M9QX2WD-Q": "1",
            "agency": "dpupr",
            "text": "Mohon ditangani.",
        },
    )

    assert "Diteruskan: 1" in page.said
    assert "Tidak diteruskan: 2" in page.said
    assert f"{stale.code} : Laporan sudah berubah" in page.said
    assert "Tidak ada laporan dengan nomor ini" in page.said
    assert region.report(good.code)["agency"] == "dpupr"
    assert region.report(stale.code)["status"] == "submitted"


def test_the_same_many_sent_twice_are_routed_once(region: Region, verifier: DeskBrowser) -> None:
    filed = named(region, "Dua kali")
    fields = verifier.get("/desk").fields
    sent = {
        "mark": fields["mark"],
        "idempotency_key": fields["idempotency_key"],
        f"pick.{filed.code}": "1",
        "agency": "dpupr",
    }

    first, second = (verifier.post("/desk/route", sent) for _ in range(2))

    assert ("Diteruskan: 1" in first.said, "Diteruskan: 1" in second.said) == (True, True)
    assert region.report(filed.code)["seq"] == 2


def test_none_picked_is_said_and_the_message_kept(region: Region, verifier: DeskBrowser) -> None:
    named(region, "Tidak dipilih")
    fields = verifier.get("/desk").fields
    sent = {"mark": fields["mark"], "agency": "dpupr", "text": HOSTILE}

    page = verifier.post("/desk/route", sent)

    assert (page.status, "Laporan yang dipilih : Wajib diisi." in page.said) == (422, True)
    assert (page.fields["text"], page.fields["agency"]) == (HOSTILE, "dpupr")


# One report


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


def test_a_faulty_form_comes_back_open_with_all_that_was_typed(
    region: Region, agency: DeskBrowser
) -> None:
    """The fault at its field; the other forms are untouched."""
    filed = with_agency(region)

    page = agency.act(filed.code, "respond", outcome="solved", text=HOSTILE)

    assert page.status == 422
    assert 'href="#f-respond-proof"' in page.text
    assert page.form("respond")["text"].strip() == HOSTILE
    assert page.form("note")["text"] == ""
    assert page.text.count(" open>") == 1
    agency.post(f"/desk/r/{filed.code}", page.form("respond") | {"proof": "Foto."})
    assert region.report(filed.code)["status"] == "answered"


def test_a_stale_answer_is_explained_and_kept(region: Region, agency: DeskBrowser) -> None:
    """409 with what happened meanwhile; sent once more it is taken."""
    filed = with_agency(region)
    fields = agency.get(f"/desk/r/{filed.code}").form("respond") | {
        "outcome": "solved", "proof": "Foto.", "text": "Sudah selesai kami kerjakan.",
    }  # fmt: skip
    region.act(filed, "add", text="Kemarin sore ambles lebih dalam lagi.")

    page = agency.post(f"/desk/r/{filed.code}", fields)

    assert page.status == 409
    told = page.said.split("Yang terjadi sejak Anda membuka halaman ini")[1].split("Isi laporan")[0]
    assert "Pelapor menambah keterangan Kemarin sore ambles lebih dalam lagi." in told
    assert "Laporan diterima" not in told
    assert page.form("respond")["text"].strip() == "Sudah selesai kami kerjakan."
    assert page.form("respond")["outcome"] == "solved"
    assert agency.post(f"/desk/r/{filed.code}", page.form("respond")).status == 303


def test_an_answer_to_a_report_that_was_taken_away_is_given_back(
    region: Region, agency: DeskBrowser
) -> None:
    """403: not even the form can be shown, so that the text stands there to be copied."""
    filed = with_agency(region)
    fields = agency.get(f"/desk/r/{filed.code}").form("note") | {"text": "Panjang sekali."}
    region.order(filed.code, "reassign", by="coordinator", agency="dinkes", text="Salah alamat.")

    page = agency.post(f"/desk/r/{filed.code}", fields)

    assert (page.status, "Panjang sekali." in page.said) == (403, True)


def test_an_answer_sent_twice_is_one_answer(region: Region, agency: DeskBrowser) -> None:
    """A double click, or a lost reply."""
    filed = with_agency(region)
    fields = agency.get(f"/desk/r/{filed.code}").form("note") | {"text": "Sudah ditelepon."}

    first, second = (agency.post(f"/desk/r/{filed.code}", fields) for _ in range(2))

    assert (first.status, second.status) == (303, 303)
    assert region.report(filed.code)["counts"]["noted"] == 1


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


def test_a_made_up_form_without_the_mark_changes_nothing(
    region: Region, verifier: DeskBrowser, a_report: Filed
) -> None:
    """403 with the text kept, and 403 with nothing of it from another site."""
    fields = verifier.get(f"/desk/r/{a_report.code}").form("note") | {"text": "Dari luar."}

    stale = verifier.post(f"/desk/r/{a_report.code}", fields | {"mark": "made.up"})
    foreign = verifier.post(f"/desk/r/{a_report.code}", fields, sec_fetch_site="cross-site")

    assert (stale.status, foreign.status) == (403, 403)
    assert ("Dari luar." in stale.said, "Dari luar." in foreign.said) == (True, False)
    assert "noted" not in region.report(a_report.code)["counts"]
