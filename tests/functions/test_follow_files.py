"""Files on the pages of filing and following: sent with a form, or by a script, and looked at."""

import re
from io import BytesIO
from typing import Any

import pytest

from shared.adapters.bucket import upload_site
from shared.domain.attachment import Place
from shared.edge.bodies import MAX_FILES_BYTES
from tests.corpus.pictures import LAT, LON
from tests.functions.attached import PHOTO, a_ready_file, announcement, listed, receipt
from tests.functions.pages import Browser, Page
from tests.functions.region import GOOD_BODY, Filed, Region
from tests.functions.reporters import Reporter

NAME = "Sekarwangi di rumah.jpg"
JSON = "application/json"
PLACE = Place(LAT, LON)


@pytest.fixture
def reporter(region: Region) -> Reporter:
    return Reporter()


@pytest.fixture
def holder(reporter: Reporter, a_report: Filed) -> Reporter:
    reporter.shows(a_report.code, a_report.receipt)
    return reporter


def own(holder: Reporter, filed: Filed) -> Page:
    return holder.get(f"/r/{filed.code}")


def sent(holder: Reporter, filed: Filed, *files: tuple[bytes, str, str], **typed: Any) -> Page:
    """With the form that needs no script."""
    form = holder.form(filed.code, "mark") | {"button": "files"} | typed
    parts = [(BytesIO(content), name, type_) for content, name, type_ in files]
    return holder.post(f"/r/{filed.code}/lampiran", form | {"files": parts})


def announced(browser: Browser, filed: Filed, page: Page, **said: Any) -> Page:
    """As the page's script does it."""
    fields = {"mark": page.fields["mark"], **announcement(), "public": "true", **said}
    return browser.post(f"/r/{filed.code}/lampiran/baru", fields, accept=JSON)


def taken_on(region: Region, filed: Filed) -> None:
    """By a person, and so in the public."""
    assert region.order(filed.code, "route", agency="dpupr").status_code == 200


def pictures(page: Page) -> list[str]:
    return re.findall(r"<img [^>]*>", page.text)


# Without a script


def test_a_form_brings_files_and_says_what_became_of_each(
    holder: Reporter, a_report: Filed, region: Region
) -> None:
    """Refused ones with the reason; the others are there."""
    page = sent(holder, a_report, (PHOTO, NAME, "image/jpeg"), (b"x", "catatan.txt", "text/plain"))

    assert page.status == 200
    assert f"{NAME} : diterima, sedang diperiksa" in page.said
    assert "catatan.txt : Jenis berkas ini tidak diterima" in page.said
    (file,) = listed(region, a_report.code, receipt(a_report)).json
    assert (file["name"], file["state"], file["public"]) == (NAME, "pending", False)


def test_the_same_form_twice_brings_its_files_once(
    holder: Reporter, a_report: Filed, region: Region
) -> None:
    key = {"idempotency_key": "a-key-of-22-characters"}
    for _ in range(2):
        sent(holder, a_report, (PHOTO, NAME, "image/jpeg"), **key)

    assert len(listed(region, a_report.code, receipt(a_report)).json) == 1


def test_a_form_without_files_says_so_at_the_field(holder: Reporter, a_report: Filed) -> None:
    page = sent(holder, a_report)

    assert (page.status, page.fault("files-files")) == (422, "Wajib diisi.")


def test_more_than_a_form_may_bring_is_not_even_read(holder: Reporter, a_report: Filed) -> None:
    """The page says how much that is."""
    said = own(holder, a_report).said
    page = sent(holder, a_report, (b"x" * (MAX_FILES_BYTES + 300_000), NAME, "image/jpeg"))

    assert "Sekali kirim paling banyak 8 MB bersama-sama" in said
    assert page.status == 413


def test_words_name_the_files_that_were_sent_before(
    holder: Reporter, a_report: Filed, region: Region
) -> None:
    """Ticked in the form; then they are offered no more."""
    id_ = a_ready_file(region, a_report)
    form = next(form for form in own(holder, a_report).forms if "text" in form)
    said = {"button": "add", "text": "Ini fotonya.", f"attachments.{id_}": "true"}

    done = holder.post(f"/r/{a_report.code}/sampaikan", form | said)

    page = own(holder, a_report)
    assert (done.status, listed(region, a_report.code, receipt(a_report)).json[0]["seq"]) == (
        303,
        2,
    )
    assert f'<a href="#file-{id_}">Foto 1 dari pelapor</a>' in page.text
    assert f"attachments.{id_}" not in page.text


def test_what_was_ticked_stays_so_when_the_form_comes_back(
    holder: Reporter, a_report: Filed, region: Region
) -> None:
    id_ = a_ready_file(region, a_report)
    form = next(form for form in own(holder, a_report).forms if "text" in form)

    page = holder.post(
        f"/r/{a_report.code}/sampaikan", form | {"button": "add", f"attachments.{id_}": "true"}
    )

    assert page.status == 422
    assert page.fields[f"attachments.{id_}"] == "true"


# With one


def test_a_script_is_told_where_to_send_a_file(holder: Reporter, a_report: Filed) -> None:
    """Below the address that the page's own policy names; the same key is the same file."""
    page = own(holder, a_report)
    key = {"idempotency_key": "a-key-of-22-characters"}

    first, again = (announced(holder, a_report, page, **key).answer for _ in range(2))

    assert first.status_code == 201
    assert first.json["upload_url"].startswith(upload_site())
    assert first.json["id"] == again.json["id"]
    policy = page.answer.headers["Content-Security-Policy"]
    assert f"connect-src 'self' {upload_site()};" in policy


@pytest.mark.parametrize(
    ("said", "status", "told"),
    [
        ({"type": "text/html"}, 409, "Jenis berkas ini tidak diterima"),
        ({"size": str(21 * 1024 * 1024)}, 409, "Berkas terlalu besar"),
        ({"mark": "x"}, 403, ""),
    ],
)
def test_a_script_is_told_why_not(
    holder: Reporter, a_report: Filed, said: dict[str, str], status: int, told: str
) -> None:
    """As the contract's own operations tell it."""
    answer = announced(holder, a_report, own(holder, a_report), **said).answer

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert told in answer.json["detail"]


def test_nobody_else_adds_files(reporter: Reporter, a_report: Filed) -> None:
    """Nor does a stranger's page name the bucket, or offer a field."""
    page = reporter.get(f"/r/{a_report.code}")

    assert announced(reporter, a_report, page).status == 401
    assert 'type="file"' not in page.text
    assert upload_site() not in page.answer.headers["Content-Security-Policy"]


# From the form to the receipt


def test_the_form_says_what_may_be_sent(region: Region) -> None:
    """As the region's policy has it."""
    said = Browser().get("/").said

    assert "Paling banyak 10 berkas (JPEG, PNG, WebP, HEIC, PDF, MP4)" in said
    assert "paling besar 20 MB setiap berkas dan 60 MB seluruhnya" in said


def test_whoever_filed_adds_files_at_once(region: Region) -> None:
    """Without typing the key: this browser has it for half an hour."""
    browser = Browser()
    page = browser.send("/", body=GOOD_BODY)
    code = re.findall(r'data-report="([^"]+)"', page.text)[0]

    answer = announced(browser, Filed(code, ""), page).answer

    assert answer.status_code == 201
    assert upload_site() in page.answer.headers["Content-Security-Policy"]


def test_a_shared_device_holds_no_report(region: Region) -> None:
    """Files are added with the key."""
    browser = Browser()
    page = browser.send("/", body=GOOD_BODY, shared_device="true")
    code = re.findall(r'href="/r/([^"/]+)"', page.text)[0]

    assert "Perangkat ini dipakai bersama" in page.said
    assert "Ini laporan Anda" not in browser.get(f"/r/{code}").said


@pytest.mark.parametrize(
    ("typed", "asked", "ticked"),
    [
        ({}, True, True),
        ({"anonymous": "true"}, True, False),
        ({"secret": "true"}, False, False),
        ({"about_official": "true"}, False, False),
    ],
)
def test_files_are_as_open_as_the_report(
    region: Region, typed: dict[str, str], *, asked: bool, ticked: bool
) -> None:
    """Of a secret one nobody is even asked."""
    page = Browser().send("/", body=GOOD_BODY, **typed)
    box = re.findall(r'<input type="checkbox" id="f-files-public"[^>]*>', page.text)

    assert bool(box) == asked
    assert ("checked" in "".join(box)) == ticked
    assert f'data-open="{"true" if ticked else ""}"' in page.text


def test_of_an_official_this_device_keeps_nothing(region: Region) -> None:
    page = Browser().send("/", body=GOOD_BODY, about_official="true")

    assert 'data-keeps=""' in page.text


# Looking


def test_everybody_sees_what_is_theirs_to_see(
    region: Region, reporter: Reporter, a_report: Filed
) -> None:
    """Once a person took the report on; nobody's name of a file, and no page that jumps."""
    a_ready_file(region, a_report, name=NAME, public=True)
    a_ready_file(region, a_report, name="lain.jpg", sha256="0" * 64)
    before = pictures(reporter.get(f"/r/{a_report.code}"))
    taken_on(region, a_report)

    page = reporter.get(f"/r/{a_report.code}")

    assert before == []
    (picture,) = pictures(page)
    assert 'alt="Foto 1 dari pelapor"' in picture
    assert 'width="320" height="240"' in picture
    assert 'loading="lazy"' in picture
    assert NAME not in page.text
    links = re.findall(r'(?:href|src)="(/berkas/[^"]+)"', page.text)
    assert [region.call("serve_file", link).status_code for link in links] == [200, 200]


def test_a_document_is_a_download_with_its_type_and_size(
    region: Region, holder: Reporter, a_report: Filed
) -> None:
    a_ready_file(region, a_report, type="application/pdf", name="surat.pdf", size=300 * 1024)

    page = own(holder, a_report)

    assert re.search(r'<a class="download" href="/berkas/[^"]+\.pdf\.[^"]+" download>', page.text)
    assert "Dokumen 1 dari pelapor PDF · 300 KB surat.pdf" in page.said


def test_its_owner_sees_where_a_file_stands(
    region: Region, holder: Reporter, a_report: Filed
) -> None:
    a_ready_file(region, a_report, public=True)
    sent(holder, a_report, (PHOTO, NAME, "image/jpeg"))

    said = own(holder, a_report).said

    assert "boleh dilihat umum" in said
    assert f"{NAME} sedang diterima atau diperiksa" in said


def test_where_a_photo_was_taken_is_asked_of_its_reporter(
    region: Region, holder: Reporter, a_report: Filed
) -> None:
    """One tap and the report has its place; nobody else hears of it before."""
    a_ready_file(region, a_report, place=PLACE, public=True)
    page = own(holder, a_report)
    form = next(form for form in page.forms if "place_of" in form)
    assert f"{LAT}, {LON}" in page.said

    done = holder.post(f"/r/{a_report.code}/sampaikan", form | {"button": "place"})

    assert done.status == 303
    location = region.report(a_report.code)["location"]
    assert (location["lat"], location["lon"]) == (LAT, LON)
    again = own(holder, a_report)
    assert "Tempat kejadian sudah kami catat." in again.said
    assert "place_of" not in again.text


def test_a_place_that_is_known_is_not_asked_for(region: Region, reporter: Reporter) -> None:
    filed = region.filed(location={"lat": -8.7, "lon": 115.1})
    a_ready_file(region, filed, place=PLACE)
    reporter.shows(filed.code, filed.receipt)

    assert "place_of" not in own(reporter, filed).text


def test_the_proof_stands_beside_what_was_before(
    region: Region, reporter: Reporter, a_report: Filed
) -> None:
    """Under the answer, each with whose it is and of which day."""
    a_ready_file(region, a_report, public=True)
    taken_on(region, a_report)
    officer = region.bearer("dpupr1")
    proof = a_ready_file(region, a_report, officer, public=True, sha256="1" * 64)
    region.order(
        a_report.code, "respond", by="dpupr1", text="Beres.", outcome="solved", attachments=[proof]
    )

    page = reporter.get(f"/r/{a_report.code}")

    compared = page.text.split('class="compare two"')[1].split("</div>")[0]
    assert re.findall(r"<b>(\w+)</b>", compared) == ["Sebelum", "Sesudah"]
    assert re.findall(r'alt="([^"]+)"', compared) == [
        "Foto 1 dari pelapor", "Foto 1 dari Dinas Pekerjaan Umum dan Penataan Ruang",
    ]  # fmt: skip
    assert compared.count("Sabtu, 21 November 2026") == 2
