"""At the counter: reports for others, slips, and answers from agencies that work on paper."""

import re
from io import BytesIO

import pytest

from shared.adapters.firestore_shelves import shelves
from shared.domain.codes import parse_code
from shared.edge.bodies import MAX_FILES_BYTES
from tests.functions.attached import PHOTO, a_ready_file
from tests.functions.desk_pages import DeskBrowser
from tests.functions.region import GOOD_BODY, Filed, Region

ON_PAPER = "diskan"
WRITTEN = {
    "outcome": "explained",
    "cause": "anggaran",
    "text": "Dianggarkan tahun depan; sudah kami sampaikan kepada banjar.",
}


@pytest.fixture
def counter(region: Region) -> DeskBrowser:
    browser = DeskBrowser()
    browser.signed_in(region, "intake", "/desk/intake")
    return browser


def on_paper(region: Region) -> None:
    agencies = region.desk("/agencies", by="admin").json["agencies"]
    (agency,) = (each for each in agencies if each["id"] == ON_PAPER)
    body = {"contact": agency["contact"], "paper": True, "version": agency["version"]}
    assert region.desk(f"/agencies/{ON_PAPER}", body, by="admin").status_code == 200
    forget_the_directory()


def forget_the_directory() -> None:
    """As if a minute had passed."""
    from shared.adapters import firestore_region  # noqa: PLC0415

    firestore_region.region.cache_clear()


def sent_to_paper(region: Region, **fields: object) -> Filed:
    on_paper(region)
    filed = region.filed(**fields)
    assert region.order(filed.code, "route", agency=ON_PAPER).status_code == 200
    return filed


def test_a_letter_becomes_a_report_and_a_slip(counter: DeskBrowser, region: Region) -> None:
    """With code and receipt, who acts next and until when; the channel is kept."""
    slip = counter.send(
        "/desk/intake", body="Lampu jalan di Banjar Tegal mati.", channel="letter",
        reporter__name="I Gusti Ayu Putu Kencana Dewi Astiningsih",
    )  # fmt: skip

    code = re.search(r"[0-9A-Z]{10}-[0-9A-Z]", slip.said)
    assert slip.status == 201
    assert code
    assert region.report(code[0])["channel"] == "letter"
    assert re.search(r"\d{4} \d{4} \d{4} \d{4}", slip.said)
    assert "Petugas memeriksa laporan paling lambat" in slip.said
    assert "Anda tidak memberi kontak" in slip.said
    assert "Kencana" not in slip.said


def test_a_scanned_letter_comes_with_its_report(counter: DeskBrowser) -> None:
    """The reporter's own from then on, and not for everybody; the slip says what became of it."""
    letter = (BytesIO(PHOTO), "surat.jpg", "image/jpeg")
    drawing = (BytesIO(b"<svg/>"), "denah.svg", "image/svg+xml")
    form = counter.get("/desk/intake").form_with("channel")

    slip = counter.post("/desk/intake", form | {"body": GOOD_BODY, "files": [letter, drawing]})

    assert slip.status == 201
    assert "surat.jpg : diterima, sedang diperiksa" in slip.said
    assert "denah.svg : Jenis berkas ini tidak diterima" in slip.said
    code = parse_code(re.findall(r"[0-9A-Z]{10}-[0-9A-Z]", slip.said)[0])
    (file,) = shelves().of(code).files
    assert (file.is_reporters, file.public, file.name) == (True, False, "surat.jpg")


def test_a_scan_that_is_too_large_loses_no_word(counter: DeskBrowser) -> None:
    """A letter is long to copy."""
    form = counter.get("/desk/intake").form_with("channel")
    large = (BytesIO(b"x" * (MAX_FILES_BYTES + 300_000)), "surat.pdf", "application/pdf")

    kept = counter.post("/desk/intake", form | {"body": GOOD_BODY, "files": large})

    assert (kept.status, kept.fields["body"].strip()) == (413, GOOD_BODY)


def test_the_slip_is_in_the_language_of_who_takes_it_home(counter: DeskBrowser) -> None:
    """Whatever the officer reads."""
    slip = counter.send("/desk/intake", body="The street light is broken.", language="en")

    assert "Report number" in slip.said
    assert '<html lang="en">' in slip.text


def test_a_form_sent_twice_is_one_report(counter: DeskBrowser, region: Region) -> None:
    """The second answer shows the same receipt."""
    before = len(region.in_collection("reports"))
    typed = counter.get("/desk/intake").fields | {"body": "Selokan mampet di Jalan Raya."}

    first, again = (counter.post("/desk/intake", typed) for _ in range(2))

    receipts = [re.findall(r"\d{4} \d{4} \d{4} \d{4}", slip.said) for slip in (first, again)]
    assert receipts[0] == receipts[1] != []
    assert len(region.in_collection("reports")) == before + 1


def test_what_is_wrong_stands_beside_its_field(counter: DeskBrowser) -> None:
    """And nothing that was typed is lost."""
    again = counter.send("/desk/intake", body="x", reporter__phone="satu dua tiga")

    assert again.status == 422
    assert again.fault("body")
    assert again.fault("reporter.phone")
    assert again.fields["reporter.phone"] == "satu dua tiga"


@pytest.mark.parametrize("who", ["verifier1", "coordinator", "dpupr1", "admin"])
def test_only_intake_stands_at_the_counter(region: Region, who: str) -> None:
    browser = DeskBrowser()

    assert browser.signed_in(region, who, "/desk/intake").status == 403


def test_a_sheet_holds_what_the_agency_may_read(region: Region) -> None:
    """Of an anonymous report without what would tell who wrote it; and the way back as an image."""
    body = "Jalan rusak di depan rumah saya, hubungi 081234567890."
    filed = sent_to_paper(region, anonymous=True, body=body)
    browser = DeskBrowser()

    sheet = browser.signed_in(region, "verifier1", f"/desk/r/{filed.code}/sheet")
    image = browser.get(f"/desk/r/{filed.code}/sheet.svg")

    assert sheet.status == 200
    assert "Dijawab paling lambat" in sheet.said
    assert "081234567890" not in sheet.said
    assert f'src="/desk/r/{filed.code}/sheet.svg"' in sheet.text
    assert image.answer.content_type == "image/svg+xml"
    assert image.text.startswith("<svg")


def test_a_sheet_is_in_the_language_of_the_agency(region: Region) -> None:
    """Whatever the officer's own pages are in."""
    filed = sent_to_paper(region)
    browser = DeskBrowser("en")

    sheet = browser.signed_in(region, "verifier1", f"/desk/r/{filed.code}/sheet")

    assert "Jawaban instansi" in sheet.said
    assert "The agency's answer" not in sheet.said


def test_what_was_told_is_readable_after_the_session_has_ended(
    region: Region, counter: DeskBrowser
) -> None:
    """And goes from there once somebody is signed in again."""
    typed = counter.get("/desk/intake").fields | {"body": "Ibu ini melihat pohon hampir tumbang."}
    region.outside.advance(hours=9)

    kept = counter.post("/desk/intake", typed)

    assert (kept.status, kept.text.count("Ibu ini melihat pohon")) == (401, 1)
    assert "Yang Anda tulis" in kept.said.split("Ibu ini melihat pohon")[0]
    counter.signed_in(region, "intake")
    assert counter.post("/desk/intake", kept.fields).status == 201


def test_the_counter_enters_the_answer_of_an_agency_on_paper(
    counter: DeskBrowser, region: Region
) -> None:
    """Recorded as the agency's, entered by intake; the reporter reads both."""
    filed = sent_to_paper(region)

    done = counter.send(f"/desk/r/{filed.code}/answer", **WRITTEN)

    assert done.status == 303, done.said
    answer = region.read(filed.code, filed.receipt).json["timeline"][-1]
    assert (answer["type"], answer["by"], answer["on_behalf"]) == ("answered", "intake", True)
    assert answer["agency"]["id"] == ON_PAPER
    assert answer["text"] == WRITTEN["text"]


def test_the_sheet_and_its_answer_have_files(counter: DeskBrowser, region: Region) -> None:
    """Digests on the sheet, which anybody can compare; a photo of the work with the answer."""
    filed = sent_to_paper(region)
    a_ready_file(region, filed)
    verifier, path = DeskBrowser(), f"/desk/r/{filed.code}/answer"
    sheet = verifier.signed_in(region, "verifier1", f"/desk/r/{filed.code}/sheet")
    assert shelves().of(filed.id).files[0].sha256 in sheet.said
    typed = counter.get(path).form_with("on_behalf_of") | {"outcome": "solved", "text": "Sudah."}
    proof = {"files": (BytesIO(PHOTO), "kapal.jpg", "image/jpeg")}

    bare, done = (counter.post(path, typed | given) for given in ({}, proof))

    assert (bare.status, bool(bare.fault("proof")), done.status) == (422, True, 303)
    (entry,) = region.read(filed.code, filed.receipt).json["timeline"][-1:]
    assert len(entry["attachments"]) == 1


def test_the_counter_reads_no_more_than_everybody(counter: DeskBrowser, region: Region) -> None:
    """A secret report's words are on the sheet only."""
    filed = sent_to_paper(region, secret=True, body="Ini rahasia sekali, mohon dijaga.")

    page = counter.get(f"/desk/r/{filed.code}/answer")

    assert page.status == 200
    assert "rahasia sekali" not in page.said
    order = {"action": "respond", "on_behalf_of": ON_PAPER, "revision": 2, **WRITTEN}
    told = region.desk(f"/reports/{filed.code}/actions", order, by="intake")
    assert told.status_code == 200, told.text
    assert "rahasia sekali" not in told.text


def test_an_old_sheet_does_not_answer_for_the_next_agency(
    counter: DeskBrowser, region: Region
) -> None:
    """The report went on to another agency on paper while the first one wrote."""
    filed = sent_to_paper(region)
    order = {"action": "respond", "on_behalf_of": "dpupr", **WRITTEN}

    told = region.desk(f"/reports/{filed.code}/actions", {**order, "revision": 2}, by="intake")

    assert (told.status_code, told.json["code"]) == (409, "with-another-agency")


@pytest.mark.parametrize("agency", ["dpupr", None])
def test_nobody_answers_for_an_agency_that_does_it_itself(
    counter: DeskBrowser, region: Region, agency: str | None
) -> None:
    filed = region.filed()
    if agency:
        region.order(filed.code, "route", agency=agency)

    assert counter.get(f"/desk/r/{filed.code}/answer").status == 403
