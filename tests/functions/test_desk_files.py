"""Files on the officers' pages without JavaScript: seen, and sent as proof."""

import re
from io import BytesIO
from typing import Any

from shared.adapters.firestore_shelves import shelves
from shared.domain.attachment import Attachment
from shared.edge.bodies import MAX_FILES_BYTES
from tests.functions.attached import PHOTO, a_ready_file, announcement, incoming
from tests.functions.desk_pages import DeskBrowser, with_agency
from tests.functions.pages import Page
from tests.functions.region import Filed, Region, client_of

SVG = b"<svg onload='alert(1)'/>"
SOLVED = {"outcome": "solved", "text": "Sudah kami tambal kemarin.", "files_public": "true"}


def photo(content: bytes = PHOTO, name: str = "sesudah.jpg", type_: str = "image/jpeg") -> Any:
    return BytesIO(content), name, type_


def files_of(filed: Filed) -> tuple[Attachment, ...]:
    return shelves().of(filed.id).files


def answer_form(browser: DeskBrowser, filed: Filed) -> dict[str, str]:
    return browser.get(f"/desk/r/{filed.code}").form("respond")


def sent(browser: DeskBrowser, filed: Filed, **typed: Any) -> Page:
    return browser.post(f"/desk/r/{filed.code}", answer_form(browser, filed) | SOLVED | typed)


# What an officer sees


def test_every_officer_sees_what_they_may(
    region: Region, verifier: DeskBrowser, agency: DeskBrowser
) -> None:
    """Pictures small and large, a document as a download; whose, which event, public or not."""
    filed = with_agency(region)
    seen = a_ready_file(region, filed, public=True)
    letter = a_ready_file(region, filed, type="application/pdf", name="surat.pdf", sha256="b" * 64)
    region.act(filed, "add", text="Ini fotonya.", attachments=[seen])

    for browser in (verifier, agency):
        page = browser.get(f"/desk/r/{filed.code}")
        for told in ("Foto 1 dari pelapor", "Dokumen 1 dari pelapor", "dilihat umum", "surat.pdf"):
            assert told in page.said, told
        assert re.search(rf'id="file-{seen}".*?href="#t-3"', page.text, re.DOTALL)
        assert re.search(rf'id="file-{letter}"[^§]*?<a class="download"[^>]* download', page.text)
        assert re.search(r'href="/berkas/[^"]*large[^"]*" target="_blank"', page.text)
        (small,) = re.findall(r'<img src="(/berkas/[^"]*small[^"]*)"', page.text)
        assert client_of("serve_file").get(small).data == b"small"


# Proof


def test_an_answer_brings_its_proof_along(region: Region, agency: DeskBrowser) -> None:
    """Solved by a file alone; on its way to the bucket, named by the answer, public as ticked."""
    filed = with_agency(region)
    assert answer_form(agency, filed)["files_public"] == "true"

    done = sent(agency, filed, files=photo())

    assert done.status == 303, done.said
    (file,) = files_of(filed)
    assert (file.agency, file.public, incoming(filed, file.id)) == ("dpupr", True, PHOTO)
    entry = region.read(filed.code, filed.receipt).json["timeline"][-1]
    assert (entry["type"], entry["attachments"]) == ("answered", [file.id])
    assert "Bukti Dinas Pekerjaan Umum" in agency.get(f"/desk/r/{filed.code}").said


def test_the_proof_stands_beside_the_photo_of_the_report(
    region: Region, agency: DeskBrowser
) -> None:
    """Before and after, in the history; what a reporter added is one click away."""
    filed = with_agency(region)
    before = a_ready_file(region, filed)
    region.act(filed, "add", text="Ini.", attachments=[before])
    after = a_ready_file(region, filed, region.bearer("dpupr1"), public=True, sha256="c" * 64)

    assert sent(agency, filed).status == 303

    page = agency.get(f"/desk/r/{filed.code}")
    told = page.said.split("Riwayat")[1]
    assert told.index("Sebelum") < told.index("Sesudah") < told.index("Berkas: Foto 1 dari pelapor")
    assert page.text.count(f".{after}.large") == 2


def test_solved_needs_words_or_a_file(region: Region, agency: DeskBrowser) -> None:
    filed = with_agency(region)

    page = sent(agency, filed, files=(BytesIO(b""), ""))

    assert (page.status, bool(page.fault("respond-proof"))) == (422, True)
    assert page.form("respond")["text"].strip() == SOLVED["text"]


def test_a_refused_file_loses_nothing(region: Region, agency: DeskBrowser) -> None:
    """The words stand, the good file is in and ticked, and the page says what to send instead."""
    filed = with_agency(region)

    page = sent(agency, filed, files=[photo(), photo(SVG, "x.svg", "image/svg+xml")])

    assert (page.status, "Jenis berkas ini tidak diterima" in page.said) == (409, True)
    form = page.form("respond")
    (file,) = files_of(filed)
    assert form["text"].strip() == SOLVED["text"]
    assert form[f"attachments.{file.id}"] == "true"
    assert agency.post(f"/desk/r/{filed.code}", form).status == 303
    assert region.report(filed.code)["status"] == "answered"


def test_what_was_unticked_stays_unticked(region: Region, agency: DeskBrowser) -> None:
    """In an answer that comes back with a fault."""
    filed = with_agency(region)
    kept, left = (
        a_ready_file(region, filed, region.bearer("dpupr1"), sha256=each * 64) for each in "ab"
    )
    fields = answer_form(agency, filed) | {"outcome": "", "text": "Sudah."}
    del fields[f"attachments.{left}"]
    region.outside.advance(minutes=1)

    form = agency.post(f"/desk/r/{filed.code}", fields).form("respond")

    assert f"attachments.{kept}" in form
    assert f"attachments.{left}" not in form


def test_files_that_are_too_large_lose_no_word(region: Region, agency: DeskBrowser) -> None:
    """413; the answer stands there as it was written, with what to do."""
    filed = with_agency(region)

    page = sent(agency, filed, files=photo(b"x" * (MAX_FILES_BYTES + 300_000)))

    assert (page.status, "Kiriman terlalu besar" in page.said) == (413, True)
    form = page.form("respond")
    assert (form["text"].strip(), form["outcome"]) == (SOLVED["text"], "solved")
    assert agency.post(f"/desk/r/{filed.code}", form | {"proof": "Foto."}).status == 303
    assert files_of(filed) == ()


def test_a_stale_answer_keeps_its_files(region: Region, agency: DeskBrowser) -> None:
    """409; sent once more as it stands, it brings them."""
    filed = with_agency(region)
    fields = answer_form(agency, filed) | SOLVED
    region.act(filed, "add", text="Kemarin ambles lagi.")

    page = agency.post(f"/desk/r/{filed.code}", fields | {"files": photo()})

    assert page.status == 409
    assert agency.post(f"/desk/r/{filed.code}", page.form("respond")).status == 303
    (file,) = files_of(filed)
    entry = region.read(filed.code, filed.receipt).json["timeline"][-1]
    assert entry["attachments"] == [file.id]


def test_an_answer_sent_twice_brings_its_file_once(region: Region, agency: DeskBrowser) -> None:
    """A double click, or a lost reply."""
    filed = with_agency(region)
    fields = answer_form(agency, filed) | SOLVED

    statuses = [
        agency.post(f"/desk/r/{filed.code}", fields | {"files": photo()}).status for _ in range(2)
    ]

    assert statuses == [303, 303]
    assert len(files_of(filed)) == 1


def test_the_file_chosen_next_is_not_the_first_one(region: Region, agency: DeskBrowser) -> None:
    """The form that comes back keeps its key; another file in it is another file."""
    filed = with_agency(region)
    page = sent(agency, filed, files=[photo(), photo(SVG, "x.svg", "image/svg+xml")])

    fields = page.form("respond") | {
        "files": photo(PHOTO + b"2", "lain.jpg"),
        "files_public": "true",
    }
    assert agency.post(f"/desk/r/{filed.code}", fields).status == 303

    assert len({file.id for file in files_of(filed)}) == 2


def test_a_script_announces_proof_with_the_session_and_the_mark(
    region: Region, agency: DeskBrowser, verifier: DeskBrowser
) -> None:
    """What it then uploads is there to be ticked; nobody announces for another or elsewhere."""
    filed = with_agency(region)
    fields = {"mark": answer_form(agency, filed)["mark"], "public": "true", **announcement()}
    path = f"/desk/r/{filed.code}/lampiran/baru"

    told = agency.post(path, fields, accept="application/json")

    assert told.status == 201, told.text
    invitation = told.answer.json
    assert invitation["upload_url"]
    assert answer_form(agency, filed)[f"attachments.{invitation['id']}"] == "true"
    assert agency.post(path, fields | {"mark": "made.up"}).status == 403
    other = {**fields, "mark": verifier.get("/desk").fields["mark"]}
    assert verifier.post(path, other).status == 403
    assert DeskBrowser().post(path, fields).status == 403


def test_the_page_may_send_to_the_bucket_and_nowhere_else(
    region: Region, agency: DeskBrowser, verifier: DeskBrowser
) -> None:
    filed = with_agency(region)

    policies = [
        browser.get(f"/desk/r/{filed.code}").answer.headers["Content-Security-Policy"]
        for browser in (agency, verifier)
    ]

    assert ["-attachments/" in policy for policy in policies] == [True, False]


def test_files_go_ahead_of_their_answer(region: Region, agency: DeskBrowser) -> None:
    """From the phone on the road; the answer follows at the office, with them ticked."""
    filed = with_agency(region)
    path = f"/desk/r/{filed.code}/lampiran"
    form = agency.get(f"/desk/r/{filed.code}").form_with("ahead")

    nothing, done = (agency.post(path, form | given) for given in ({}, {"files": photo()}))

    assert (nothing.status, done.status) == (422, 303)
    (file,) = files_of(filed)
    assert answer_form(agency, filed)[f"attachments.{file.id}"] == "true"
