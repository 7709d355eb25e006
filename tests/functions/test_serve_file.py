"""Files by their links: what is sent can do nothing in our name, and ends with its link."""

from datetime import timedelta

import pytest

from shared.domain.file_links import file_link
from tests.functions.attached import a_ready_file, listed, receipt
from tests.functions.outside import NOW
from tests.functions.region import Filed, Region

PDF = {"type": "application/pdf", "name": "..\\surat <b>.pdf"}


def link(region: Region, filed: Filed, size: str = "") -> str:
    (line,) = listed(region, filed.code, receipt(filed)).json
    url: str = line["sizes"][size] if size else line["url"]
    return url


def test_a_picture_is_shown_as_itself(region: Region, a_report: Filed) -> None:
    """Each size by its own link, kept by the browser until the link ends."""
    a_ready_file(region, a_report)

    for size in ("small", "medium", "large"):
        answer = region.call("serve_file", link(region, a_report, size))
        assert (answer.status_code, answer.data) == (200, size.encode())
        assert answer.content_type == "image/webp"
        assert answer.headers["Content-Disposition"] == "inline"
    # 09:12:44, so the second half hour after this one ends at ten.
    assert answer.headers["Cache-Control"] == "private, max-age=2836, immutable"


def test_a_document_is_a_download_that_nothing_opens(region: Region, a_report: Filed) -> None:
    """Under a name of ours: what its owner called it may be anything."""
    a_ready_file(region, a_report, **PDF)

    answer = region.call("serve_file", link(region, a_report))

    assert (answer.status_code, answer.data) == (200, b"file")
    assert answer.content_type == "application/octet-stream"
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith(f'attachment; filename="{a_report.code}-')
    assert disposition.endswith('.pdf"')
    assert "surat" not in disposition


@pytest.mark.parametrize("fields", [{}, PDF])
def test_what_is_sent_has_no_origin_and_no_rights(
    region: Region, a_report: Filed, fields: dict[str, str]
) -> None:
    """Whatever stands in it, and wherever it is opened."""
    a_ready_file(region, a_report, **fields)

    headers = region.call("serve_file", link(region, a_report, "" if fields else "small")).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert policy == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_link_ends(region: Region, a_report: Filed) -> None:
    """The page has a new one."""
    a_ready_file(region, a_report)
    old = link(region, a_report, "small")
    region.outside.now = NOW + timedelta(hours=1)

    answer = region.call("serve_file", old)

    assert (answer.status_code, answer.json["code"]) == (404, "ended-link")
    assert region.call("serve_file", link(region, a_report, "small")).status_code == 200


@pytest.mark.parametrize(
    "path", ["/berkas/x", "/berkas/7K3M9QX2WDQ.x.small.webp.zzzz.AAAA", "/berkas/%00"]
)
def test_no_other_address_opens_anything(region: Region, path: str) -> None:
    """Nor does one that was changed."""
    assert region.call("serve_file", path).status_code == 404


def test_a_copy_that_is_not_there_is_not_found(region: Region, a_report: Filed) -> None:
    """It was erased after the link was made."""
    gone = file_link(a_report.id, "x" * 22, "small", "image/png", key=b"k" * 32, now=NOW)

    answer = region.call("serve_file", gone, accept="text/html")

    assert answer.status_code == 404
    assert "berakhir" in answer.text
