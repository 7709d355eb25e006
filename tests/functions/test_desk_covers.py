"""A file, or a part of a picture, is kept from the public: on its own page, without JavaScript."""

from typing import Any

import pytest

from shared.adapters.bucket import bucket
from shared.adapters.firestore_shelves import shelves
from shared.domain import attachment
from shared.domain.attachment import kept_name
from tests.functions.attached import a_ready_file
from tests.functions.desk_pages import DeskBrowser, with_agency
from tests.functions.pages import Page
from tests.functions.region import Filed, Region

WHY = "Wajah orang lain."


def covering(browser: DeskBrowser, filed: Filed, id_: str, **typed: Any) -> Page:
    """The form of one file, as its page has it; `__` stands for a dot."""
    path = f"/desk/r/{filed.code}/lampiran/{id_}"
    form = browser.get(path).form_with("extent")
    named = {name.replace("__", "."): value for name, value in typed.items()}
    return browser.post(path, form | {"text": WHY} | named)


def test_the_agency_of_an_anonymous_report_sees_the_covered_copy(
    region: Region, verifier: DeskBrowser, agency: DeskBrowser
) -> None:
    """Not the file's name either, and nothing while the copy is being made."""
    filed = with_agency(region, anonymous=True)
    seen = a_ready_file(region, filed, name="Wayan.jpg")
    covering(verifier, filed, seen, left="0", top="0", right="50", bottom="50")
    assert f"file-{seen}" not in agency.get(f"/desk/r/{filed.code}").text

    covered_once(filed, seen)

    page = agency.get(f"/desk/r/{filed.code}")
    assert ("public1-small" in page.text, "Wayan" in page.text) == (True, False)
    assert "public1-small" not in verifier.get(f"/desk/r/{filed.code}").text


def covered_once(filed: Filed, id_: str) -> None:
    """As the function that covers pictures leaves it."""
    for size in attachment.SIZES:
        bucket().save(kept_name(filed.id, id_, f"public1-{size}"), b"covered", "image/webp")
    assert shelves().put(attachment.covered(shelves().of(filed.id), id_, 1))


def test_a_part_of_a_photo_is_covered_by_its_numbers(region: Region, verifier: DeskBrowser) -> None:
    """The page says that the copy is being made and the original stays; the public sees nothing."""
    filed = with_agency(region)
    seen = a_ready_file(region, filed, public=True)

    done = covering(verifier, filed, seen, left="10", top="0", right="30.5", bottom="25")

    assert done.answer.headers["Location"] == f"/desk/r/{filed.code}/lampiran/{seen}"
    page = verifier.get(done.answer.headers["Location"])
    assert "Salinan umum sedang dibuat" in page.said
    assert "Aslinya tetap tersegel" in page.said
    assert '<rect class="done" x="100" y="0" width="205" height="250"/>' in page.text
    told = verifier.get(f"/desk/r/{filed.code}").said
    assert "salinan umum sedang dibuat" in told
    assert f"Sebagian isi ditutup untuk umum {WHY} Berkas: Foto 1 dari pelapor" in told
    assert region.read(filed.code).json["attachments"] == []


def test_ninths_of_a_photo_are_covered_as_one_rectangle(
    region: Region, verifier: DeskBrowser
) -> None:
    """Without drawing: from the first ticked to the last; numbers would go before them."""
    filed = with_agency(region)
    seen = a_ready_file(region, filed)

    looked = covering(verifier, filed, seen, cell__2="true", cell__6="true", look="true", text="")

    assert looked.status == 200
    assert '<rect class="new" x="333" y="0" width="667" height="667"/>' in looked.text
    again = looked.form_with("extent") | {"text": WHY}
    assert again["cell.2"] == "true"
    assert verifier.post(f"/desk/r/{filed.code}/lampiran/{seen}", again).status == 303
    (line,) = region.desk(f"/reports/{filed.code}").json["attachments"]
    assert line["covers"] == [{"left": 333, "top": 0, "right": 1000, "bottom": 667}]


def test_a_whole_file_is_hidden_for_good(region: Region, verifier: DeskBrowser) -> None:
    """A document, too; afterwards there is nothing more to cover."""
    filed = with_agency(region)
    letter = a_ready_file(region, filed, type="application/pdf", public=True)

    done = covering(verifier, filed, letter)

    assert done.answer.headers["Location"] == f"/desk/r/{filed.code}#berkas"
    page = verifier.get(f"/desk/r/{filed.code}")
    assert "disembunyikan dari umum" in page.said
    assert f"/lampiran/{letter}" not in page.text
    assert "<textarea" not in verifier.get(f"/desk/r/{filed.code}/lampiran/{letter}").text


@pytest.mark.parametrize(
    ("typed", "status", "fault"),
    [
        ({"left": "1", "top": "1", "right": "9", "bottom": "9", "text": ""}, 422, "text"),
        ({}, 422, "region"),
        ({"left": "1", "right": "9"}, 422, "top"),
        ({"left": "101", "top": "1", "right": "9", "bottom": "9"}, 422, "left"),
        ({"left": "nan", "top": "1", "right": "9", "bottom": "9"}, 422, "left"),
        ({"left": "9", "top": "1", "right": "9", "bottom": "9"}, 409, ""),
        ({"cell__0": "true"}, 422, ""),
    ],
)
def test_what_cannot_be_covered_is_said_beside_its_field(
    region: Region, verifier: DeskBrowser, typed: dict[str, str], status: int, fault: str
) -> None:
    """And the reason that was written stays."""
    filed = region.filed()
    seen = a_ready_file(region, filed)

    page = covering(verifier, filed, seen, **typed)

    assert page.status == status
    assert bool(page.fault(f"cover-{fault}")) == bool(fault)
    assert page.form_with("extent")["text"].strip() == typed.get("text", WHY)


@pytest.mark.parametrize(
    ("who", "status"), [("verifier1", 200), ("coordinator", 200), ("dpupr1", 403)]
)
def test_verifiers_and_coordinators_cover(region: Region, who: str, status: int) -> None:
    """An agency is not offered it."""
    filed = with_agency(region)
    seen = a_ready_file(region, filed)
    browser = DeskBrowser()

    page = browser.signed_in(region, who, f"/desk/r/{filed.code}/lampiran/{seen}")

    assert page.status == status
    offered = f"/lampiran/{seen}" in browser.get(f"/desk/r/{filed.code}").text
    assert offered == (status == 200)


def test_a_file_that_is_not_there_has_no_page(region: Region, verifier: DeskBrowser) -> None:
    filed = region.filed()

    assert verifier.get(f"/desk/r/{filed.code}/lampiran/{'x' * 22}").status == 404


def test_in_english_too(region: Region) -> None:
    """No word of the other language is left."""
    filed = region.filed()
    seen = a_ready_file(region, filed, public=True)
    browser = DeskBrowser("en")

    page = browser.signed_in(region, "verifier1", f"/desk/r/{filed.code}/lampiran/{seen}")

    assert "Keep from the public: Photo 1 from the reporter" in page.said
    assert "The original stays sealed" in page.said
    assert not [word for word in ("Tutup", "umum", "Aslinya", "Bagian") if word in page.said]
