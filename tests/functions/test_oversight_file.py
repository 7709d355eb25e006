"""The reporter's own file for an oversight body, over HTTP: as JSON, or as a page to print."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from shared.edge.replies.own import OversightFile
from tests.functions.attached import a_ready_file, announcement
from tests.functions.region import Filed, Region

ANSWER = {"outcome": "explained", "cause": "anggaran", "text": "Dianggarkan <b>tahun depan</b>."}
NAME, NOTE = "Ni Luh Sekarwangi", "Jangan sampai pelapor tahu."
HTML = "text/html,application/xhtml+xml,*/*;q=0.8"


@pytest.fixture(scope="module")
def disputes(region_of_module: Region) -> dict[str, Filed]:
    return {}


@pytest.fixture
def disputed(region: Region, disputes: dict[str, Filed]) -> Filed:
    """Answered and objected to twice: nothing in these tests changes it."""
    if not disputes:
        filed = region.filed(reporter={"name": NAME, "email": "sekar@surat.example"})
        a_ready_file(region, filed)
        region.order(filed.code, "route", agency="dpupr")
        region.order(filed.code, "note", text=NOTE)
        for _ in range(2):
            assert region.order(filed.code, "respond", by="dpupr1", **ANSWER).status_code == 200
            assert region.act(filed, "confirm", solved=False).status_code == 200
            assert region.act(filed, "object", text="Masih berlubang.").status_code == 200
        disputes["it"] = filed
    return disputes["it"]


def read(
    region: Region, filed: Filed, query: str = "", receipt: str | None = "", **headers: str
) -> TestResponse:
    given = {} if receipt is None else {"authorization": f"Receipt {receipt or filed.receipt}"}
    path = f"/api/reports/{filed.code}/oversight-file{query}"
    return region.call("track_report", path, **(given | headers))


def test_the_holder_reads_the_file(region: Region, disputed: Filed) -> None:
    """The shape that the OpenAPI page promises; for nobody else's eyes."""
    answer = read(region, disputed)

    OversightFile.model_validate_json(answer.text, strict=True)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert NOTE not in answer.text
    assert NAME not in answer.text


def test_the_lines_in_the_answer_check_the_answer(
    region: Region, disputed: Filed, tmp_path: Path
) -> None:
    """With what came over the wire, on any machine with Python."""
    answer = read(region, disputed)
    saved, script = tmp_path / "berkas.json", tmp_path / "periksa.py"
    saved.write_bytes(answer.data)
    script.write_text(json.loads(answer.data)["chain"]["python"])

    command = [sys.executable, "-I", str(script), str(saved)]
    told = subprocess.run(command, capture_output=True, check=False)

    assert told.stdout.decode().strip() == region.report(disputed.code)["head"]


def test_identity_is_in_it_only_when_the_reporter_says_so(region: Region, disputed: Filed) -> None:
    """As it was given, marked as such."""
    with_it, without = (read(region, disputed, f"?identity={word}") for word in ("yes", "no"))

    assert with_it.json["reporter"]["as_given"]["name"] == NAME
    assert without.json["reporter"] is None


@pytest.mark.parametrize("query", ["?identity=maybe", "?name=yes"])
def test_anything_else_is_a_fault(region: Region, disputed: Filed, query: str) -> None:
    """Named by its field."""
    assert read(region, disputed, query).status_code == 422


def test_before_it_is_offered_the_answer_says_when_it_will_be(region: Region) -> None:
    """409 with a stable code, in the reader's language."""
    answer = read(region, region.filed(), accept_language="en")

    assert (answer.status_code, answer.json["code"]) == (409, "oversight-not-offered")
    assert "legal time" in answer.json["detail"]


@pytest.mark.parametrize(
    ("receipt", "code"), [(None, "no-credentials"), ("0" * 16, "wrong-receipt")]
)
def test_it_is_the_holders_alone(
    region: Region, disputed: Filed, receipt: str | None, code: str
) -> None:
    """Before and after it is offered; officers have views of their own."""
    for filed in (disputed, region.filed()):
        answer = read(region, filed, receipt=receipt)
        assert (answer.status_code, answer.json["code"]) == (401, code)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", ("Bukti pelaporan", "Mengapa tanggal ini?", "Ombudsman RI Perwakilan Bali")),
        ("en", ("Proof of filing", "Why this date?", "Free of charge.")),
    ],
)
def test_a_browser_gets_a_page_to_print(
    region: Region, disputed: Filed, language: str, words: tuple[str, ...]
) -> None:
    """All of it in the reader's language, hostile texts as texts, no script of anybody's."""
    answer = read(region, disputed, accept=HTML, accept_language=language)

    assert answer.content_type == "text/html; charset=utf-8"
    assert not [word for word in words if word not in answer.text]
    assert "&lt;b&gt;tahun depan&lt;/b&gt;" in answer.text
    assert region.report(disputed.code)["head"] in answer.text
    assert "<script" not in answer.text
    assert NOTE not in answer.text


def test_its_page_lists_the_files_by_their_digests(region: Region, disputed: Filed) -> None:
    """Whoever is sent the photo as well can compare them."""
    page = read(region, disputed, accept=HTML).text

    assert f"<td>Foto</td><td>Pelapor</td><td><code>{announcement()['sha256']}</code></td>" in page


def test_the_page_names_the_reporter_only_when_asked(region: Region, disputed: Filed) -> None:
    """And says that nobody checked it."""
    named = read(region, disputed, "?identity=yes", accept=HTML).text
    unnamed = read(region, disputed, accept=HTML).text

    assert NAME in named
    assert NAME not in unnamed


def test_reading_it_changes_nothing(region: Region, disputed: Filed) -> None:
    """Nor does it tell anybody."""
    before = region.report(disputed.code)
    region.topic.messages()

    first, second = read(region, disputed, "?identity=yes"), read(region, disputed, "?identity=yes")

    assert first.json == second.json
    assert region.report(disputed.code) == before
    assert region.topic.messages() == []
