"""The key of a report on its page: typed once, forgotten, lost and replaced. No JavaScript."""

import re
from http.cookies import SimpleCookie
from typing import Any

import pytest

from tests.functions.pages import Page
from tests.functions.region import GOOD_BODY, Filed, Region
from tests.functions.reporters import Reporter, answered_by_agency, renewed

HOSTILE = "</textarea><script>alert(1)</script> {{ 7*7 }}"


@pytest.fixture
def reporter(region: Region) -> Reporter:
    return Reporter()


@pytest.fixture
def answered(region: Region) -> Filed:
    return answered_by_agency(region)


def cookie(page: Page) -> Any:
    """The holder's, as it was set."""
    jar: Any = SimpleCookie()
    for line in page.answer.headers.getlist("Set-Cookie"):
        jar.load(line)
    return jar["__Secure-tanggap-holder"]


def test_the_key_is_typed_once(region: Region, reporter: Reporter, a_report: Filed) -> None:
    """Then the page shows what is the reporter's alone."""
    assert GOOD_BODY not in reporter.get(f"/r/{a_report.code}").said

    moved = reporter.shows(a_report.code, a_report.receipt)

    assert (moved.status, moved.answer.headers["Location"]) == (303, f"/r/{a_report.code}")
    assert GOOD_BODY in reporter.get(f"/r/{a_report.code}").said


def test_what_the_browser_keeps_is_for_this_report_and_is_not_the_key(
    region: Region, reporter: Reporter, a_report: Filed
) -> None:
    """Half an hour, no script, no link from elsewhere, no other report."""
    other = region.filed()

    kept = cookie(reporter.shows(a_report.code, a_report.receipt))

    assert (kept["path"], kept["max-age"], kept["samesite"]) == (
        f"/r/{a_report.code}", "1800", "Strict",
    )  # fmt: skip
    assert kept["httponly"]
    assert kept["secure"]
    assert a_report.receipt.replace(" ", "") not in kept.value
    reporter.client.set_cookie(
        "__Secure-tanggap-holder", kept.value, path=f"/r/{other.code}", secure=True
    )
    assert GOOD_BODY not in reporter.get(f"/r/{other.code}").said


def test_it_ends_after_half_an_hour_and_loses_no_word(
    region: Region, reporter: Reporter, a_report: Filed
) -> None:
    """The form comes back with the text and a place for the key; sent once more it is done."""
    reporter.shows(a_report.code, a_report.receipt)
    form = reporter.form(a_report.code, "text")
    region.outside.advance(minutes=30)

    late = reporter.post(
        f"/r/{a_report.code}/sampaikan", form | {"button": "add", "text": HOSTILE, "public": "true"}
    )
    again = next(form for form in late.forms if "text" in form)
    sent = reporter.post(
        f"/r/{a_report.code}/sampaikan", again | {"button": "add", "receipt": a_report.receipt}
    )

    assert (late.status, sent.status) == (401, 303)
    assert "Setengah jam sudah lewat." in late.said
    assert (again["text"], again["public"], again["receipt"]) == (HOSTILE, "true", "")
    assert "<script>" not in late.text
    assert region.report(a_report.code)["counts"]["added"] == 1
    assert "Keterangan Anda sudah kami catat." in reporter.get(f"/r/{a_report.code}").said


def test_it_is_forgotten_by_a_button(region: Region, reporter: Reporter, a_report: Filed) -> None:
    reporter.shows(a_report.code, a_report.receipt)

    reporter.post(f"/r/{a_report.code}/lupakan", reporter.form(a_report.code, "mark"))

    page = reporter.get(f"/r/{a_report.code}")
    assert "Kunci sudah dilupakan" in page.said
    assert GOOD_BODY not in page.said


def test_a_wrong_key_is_asked_for_again_and_after_ten_one_has_to_wait(
    region: Region, reporter: Reporter, a_report: Filed
) -> None:
    """As the API counts them; the right one opens all the same."""
    answers = [reporter.shows(a_report.code, "0000 1111 2222 3333") for _ in range(11)]

    assert [page.status for page in answers] == [401] * 10 + [429]
    assert "Kunci tidak cocok" in answers[0].said
    assert "Terlalu banyak percobaan" in answers[-1].said
    assert int(answers[-1].answer.headers["Retry-After"]) > 0
    assert reporter.shows(a_report.code, a_report.receipt).status == 303


def test_a_replaced_key_opens_nothing_more(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    """Wherever somebody is still in with it."""
    thief = Reporter()
    thief.shows(answered.code, answered.receipt)
    form = thief.form(answered.code, "text") | {"button": "solved"}
    renewed(region, reporter, answered)

    page = thief.post(f"/r/{answered.code}/sampaikan", form)

    assert page.status == 401
    assert region.report(answered.code)["status"] == "answered"


# A lost key


def test_a_lost_key_is_renewed_by_a_code_to_the_contact(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    """Shown once; this browser is in at once."""
    page = renewed(region, reporter, answered)

    (_, key) = re.findall(r"<dd>([^<]+)</dd>", page.text)
    assert page.status == 200
    assert region.read(answered.code, key).json["body"] == GOOD_BODY
    assert GOOD_BODY in reporter.get(f"/r/{answered.code}").said


def test_nobody_learns_whether_it_is_the_contact(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    """The same place to go, the same words there."""
    told = set()
    for contact in ("sekar@example.org", "wayan@example.org"):
        moved = reporter.send(f"/r/{answered.code}/kunci-hilang", contact=contact)
        said = reporter.get(moved.answer.headers["Location"]).said
        told.add((moved.status, moved.answer.headers["Location"], said))

    assert len(told) == 1
    assert "kode sekali pakai dikirim ke sana" in told.pop()[2]


def test_a_wrong_code_is_asked_for_again(
    region: Region, reporter: Reporter, answered: Filed
) -> None:
    page = reporter.send(f"/r/{answered.code}/kunci-baru", one_time_code="00000000")

    assert (page.status, page.fields["one_time_code"]) == (403, "00000000")
    assert "Kode tidak cocok" in page.said


@pytest.mark.parametrize("path", ["kunci-hilang", "kunci-baru", "berkas"])
def test_of_a_report_that_is_not_there_there_is_no_page(reporter: Reporter, path: str) -> None:
    assert reporter.get(f"/r/7K3M9QX2WD-Q/{path}").status in (401, 404)
