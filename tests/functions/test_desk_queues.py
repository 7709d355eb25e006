"""The officers' queues without JavaScript: what is due next, found again, routed at once."""

import re

import pytest

from tests.functions.desk_pages import DeskBrowser, with_agency
from tests.functions.pages import Page
from tests.functions.region import Filed, Region

HOSTILE = "</textarea><script>alert('x')</script> & <b>tebal</b>"


def titles(page: Page) -> list[str]:
    return re.findall(r'<h2><a href="/desk/r/[^"]+">([^<]+)</a></h2>', page.text)


def named(region: Region, name: str, **fields: object) -> Filed:
    return region.filed(title=f"{name} {len(region.in_collection('reports'))}", **fields)


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


@pytest.mark.parametrize(("by", "begins"), [("intake", "/desk/intake"), ("admin", "/desk/people")])
def test_whoever_has_no_queue_begins_where_their_work_is(
    region: Region, by: str, begins: str
) -> None:
    page = DeskBrowser().signed_in(region, by)

    assert (page.status, page.answer.headers["Location"]) == (303, begins)


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


def test_a_word_too_short_to_be_looked_up_finds_nothing(
    region: Region, verifier: DeskBrowser
) -> None:
    """Rather than everything; what can be looked for is said."""
    named(region, "Air keruh")

    page = verifier.post("/desk", _search(verifier) | {"queue": "all", "q": "RT 5"})

    assert titles(page) == []
    assert "Kata yang dicari paling sedikit tiga huruf." in page.said


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


@pytest.mark.parametrize(
    "path", ["/desk?queue=tidak-ada", "/desk?cursor=x", "/desk/r/ZZZ", "/desk/x"]
)
def test_a_wrong_address_leads_back_to_the_desk(verifier: DeskBrowser, path: str) -> None:
    page = verifier.get(path)

    assert page.status in {404, 422}
    assert 'href="/desk">Kembali ke meja petugas' in page.text
