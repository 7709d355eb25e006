"""Boards: what is settled in place, what lies with an agency, and who looked at whose identity."""

import re
from urllib.parse import quote

from tests.functions.desk_pages import DeskBrowser
from tests.functions.pages import Page
from tests.functions.region import Filed, Region


def contested(region: Region) -> Filed:
    filed = routed(region)
    done = region.order(filed.code, "forward", by="dpupr1", text="Tidak tahu milik siapa.")
    assert done.status_code == 200, done.text
    return filed


def routed(region: Region, agency: str = "dpupr") -> Filed:
    filed = region.filed()
    assert region.order(filed.code, "route", agency=agency).status_code == 200
    return filed


def abusive(region: Region) -> Filed:
    filed = region.filed()
    text = "Berisi ancaman."
    done = region.order(filed.code, "archive", by="verifier1", reason="abusive", text=text)
    assert done.status_code == 200, done.text
    return filed


def record(region: Region) -> dict[str, str]:
    found = region.desk("/officers?agency=dpupr", by="admin").json["officers"]
    return next(each for each in found if each["id"] == "dpupr2")


def opened(region: Region, who: str, path: str) -> tuple[DeskBrowser, Page]:
    browser = DeskBrowser()
    return browser, browser.signed_in(region, who, path)


def test_a_coordinator_decides_in_place(region: Region) -> None:
    """The forms open within the list; afterwards the report is gone from it."""
    filed = contested(region)
    browser, board = opened(region, "coordinator", "/desk/board")
    assert f"/desk/board?open={filed.code}" in board.text

    open_ = browser.get(f"/desk/board?open={filed.code}")
    typed = open_.form("route") | {"agency": "dlhk", "text": "Menurut Perbup."}
    done = browser.post(f"/desk/board/{filed.code}", typed)

    assert (done.status, done.answer.headers["Location"]) == (303, "/desk/board")
    assert region.report(filed.code)["agency"] == "dlhk"
    after = browser.get("/desk/board")
    assert filed.code not in after.said
    assert "Laporan diteruskan ke instansi." in after.said


def test_what_was_written_upon_an_old_state_is_not_lost(region: Region) -> None:
    """Somebody else decided meanwhile: 409, and the words are still there."""
    filed = contested(region)
    browser, _ = opened(region, "coordinator", "/desk/board")
    typed = browser.get(f"/desk/board?open={filed.code}").form("route")
    region.order(filed.code, "route", by="coordinator", agency="dinkes")

    again = browser.post(
        f"/desk/board/{filed.code}", typed | {"agency": "dlhk", "text": "Menurut Perbup."}
    )

    assert again.status == 409
    assert "Menurut Perbup." in again.said


def test_a_late_decision_stands_on_the_board_once(region: Region) -> None:
    """Among what waits for a decision, and not a second time among what is late."""
    filed = contested(region)
    region.outside.advance(days=30)

    _, board = opened(region, "coordinator", "/desk/board")

    assert board.text.count(f'id="r-{filed.code}"') == 1


def test_a_second_officer_reviews_what_was_put_away_as_abusive(region: Region) -> None:
    """Not the one who did it; when it is reviewed the list is empty again."""
    filed = abusive(region)
    first, second = (opened(region, who, "/desk/board")[0] for who in ("verifier1", "verifier2"))
    answers = []
    for browser in (first, second):
        typed = browser.get(f"/desk/board?open={filed.code}").form("review")
        answers.append(browser.post(f"/desk/board/{filed.code}", typed).status)

    assert answers == [409, 303]
    assert region.report(filed.code)["reviewed_by"] == "verifier2"
    assert filed.code not in second.get("/desk/board").said


def test_a_verifier_sees_no_more_of_the_board_than_the_review(region: Region) -> None:
    filed, put_away = contested(region), abusive(region)

    _, board = opened(region, "verifier1", "/desk/board")

    assert put_away.code in board.said
    assert filed.code not in board.said


def test_an_agency_sees_who_has_what(region: Region) -> None:
    """Due day, keeper and days; nothing of another agency."""
    mine, other = routed(region), routed(region, "dlhk")
    region.order(mine.code, "assign", by="dpupr1", officer="dpupr2")

    _, board = opened(region, "kepala.dpupr", "/desk/agency")

    assert board.status == 200
    assert mine.code in board.said
    assert other.code not in board.said
    assert record(region)["name"] in board.said
    assert re.search(r"0 hari kerja di instansi ini", board.said)
    assert "/desk/looks" in board.text


def test_a_head_reads_who_of_the_agency_looked_at_an_identity_and_why(region: Region) -> None:
    """Not who of another one did, and no name of a reporter."""
    mine, other = routed(region), routed(region, "dlhk")
    region.order(mine.code, "reveal", by="dpupr1", text="Perlu menelepon pelapor.")
    region.order(other.code, "reveal", by="dlhk1", text="Lain lagi.")

    _, log = opened(region, "kepala.dpupr", "/desk/looks")

    assert mine.code in log.said
    assert "Perlu menelepon pelapor." in log.said
    assert other.code not in log.said


def test_the_log_of_looks_is_for_heads_and_the_coordinator(region: Region) -> None:
    """Who works below a head, or for the desk, answers to them."""
    seen = {
        who: region.desk("/looks", by=who).status_code
        for who in ("kepala.dpupr", "coordinator", "inspectorate", "dpupr1", "verifier1", "intake")
    }

    assert seen == {
        "kepala.dpupr": 200,
        "coordinator": 200,
        "inspectorate": 200,
        "dpupr1": 403,
        "verifier1": 403,
        "intake": 403,
    }
    assert region.desk("/looks?agency=dlhk", by="kepala.dpupr").status_code == 403


def test_a_page_of_the_log_goes_on_where_the_last_one_ended(region: Region) -> None:
    filed = routed(region)
    for number in range(26):
        done = region.order(filed.code, "reveal", by="coordinator", text=f"Alasan {number}.")
        assert done.status_code == 200, done.text

    first = region.desk("/looks", by="coordinator").json
    rest = region.desk(f"/looks?cursor={quote(first['next_cursor'])}", by="coordinator").json

    reasons = [look["reason"] for look in (*first["looks"], *rest["looks"])]
    told = sorted(reason for reason in reasons if reason.startswith("Alasan"))
    assert told == sorted(f"Alasan {number}." for number in range(26))
    assert region.desk("/looks?cursor=x", by="coordinator").status_code == 422
