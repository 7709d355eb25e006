"""The link in a message answers what it tells of; it opens nothing else."""

from datetime import UTC, datetime

import pytest
from werkzeug.test import TestResponse

from shared.domain.answer_links import answer_token
from tests.functions.outside import NOW
from tests.functions.region import ROADS, Filed, Region

KEY = b"k" * 32


def token_of(region: Region, filed: Filed, seq: int | None = None, now: datetime = NOW) -> str:
    """Of the last event, as a mail about it would have it."""
    return answer_token(filed.id, seq or region.report(filed.code)["seq"], key=KEY, now=now)


def act(region: Region, filed: Filed, token: str, action: str, **fields: object) -> TestResponse:
    path = f"/api/reports/{filed.code}/actions"
    asked = {"action": action, **fields}
    return region.call("track_report", path, asked, authorization=f"Notice {token}")


@pytest.fixture
def answered(region: Region) -> Filed:
    filed = region.filed(category=ROADS, reporter={"email": "sekar@example.org"})
    region.order(filed.code, "route", agency="dpupr", text="Silakan.")
    region.order(filed.code, "accept", by="dpupr1")
    answer(region, filed)
    return filed


def answer(region: Region, filed: Filed) -> None:
    done = {"outcome": "solved", "text": "Ditambal.", "proof": "Foto."}
    assert region.order(filed.code, "respond", by="dpupr1", **done).status_code == 200


def test_an_answer_is_confirmed_by_one_tap(region: Region, answered: Filed) -> None:
    """Without the receipt; what comes back is what everybody may read."""
    done = act(region, answered, token_of(region, answered), "confirm", solved=True)

    assert (done.status_code, done.json["status"], done.json["outcome"]) == (
        200,
        "closed",
        "solved",
    )
    assert done.json == region.read(answered.code).json


def test_a_question_is_answered_from_the_mail(region: Region) -> None:
    """Then the report goes on."""
    filed = region.filed(category=ROADS)
    region.order(filed.code, "hold", text="Di mana?")

    done = act(region, filed, token_of(region, filed), "supplement", text="Di pasar.")

    assert (done.status_code, done.json["status"]) == (200, "submitted")


def test_what_the_workflow_no_longer_allows_is_refused(region: Region, answered: Filed) -> None:
    """The reporter replied already: there is nothing to confirm any more."""
    token = token_of(region, answered)
    region.act(answered, "reply", text="Masih berlubang.")

    assert act(region, answered, token, "confirm", solved=True).status_code == 409


def test_the_same_tap_again_with_its_key_is_the_same_answer(
    region: Region, answered: Filed
) -> None:
    """A phone on a bad line sends it twice."""
    token, path = token_of(region, answered), f"/api/reports/{answered.code}/actions"
    asked = {"action": "confirm", "solved": True}

    answers = [
        region.call(
            "track_report", path, asked, authorization=f"Notice {token}", idempotency_key="k" * 22
        )
        for _ in range(2)
    ]

    assert [each.status_code for each in answers] == [200, 200]


@pytest.mark.parametrize("action", ["withdraw", "add", "object", "appeal", "supplement"])
def test_a_link_opens_only_what_it_tells_of(region: Region, answered: Filed, action: str) -> None:
    """A mail that somebody forwards must not end the report."""
    refused = act(region, answered, token_of(region, answered), action, text="Ada lagi.")

    assert (refused.status_code, refused.json["code"]) == (401, "wrong-link")


def test_a_link_to_an_older_answer_is_dead(region: Region, answered: Filed) -> None:
    """“Solved” was said of the first one."""
    token = token_of(region, answered)
    region.act(answered, "reply", text="Masih berlubang.")
    answer(region, answered)

    assert act(region, answered, token, "confirm", solved=True).status_code == 401


def test_a_link_ends_after_two_weeks(region: Region, answered: Filed) -> None:
    """To the hour."""
    token = token_of(region, answered)
    region.outside.advance(days=14, hours=1)

    assert act(region, answered, token, "confirm", solved=True).status_code == 401


@pytest.mark.parametrize("fields", [{"secret": True}, {"about_official": True}])
def test_no_link_opens_a_confidential_report(region: Region, fields: dict[str, bool]) -> None:
    """Not even one made for it."""
    filed = region.filed(category=ROADS, **fields)
    region.order(filed.code, "hold", text="Di mana?")

    refused = act(region, filed, token_of(region, filed), "supplement", text="Di pasar.")

    assert refused.status_code == 401


WRONG = {
    "nothing": "",
    "a guess": "5.abcd.0123456789abcdef",
    "no number": "x.y.z",
    "of another report": answer_token("0000000000A", 4, key=KEY, now=NOW),
    "of an event to come": None,
    "of another key": answer_token("7K3M9QX2WDQ", 4, key=b"x" * 32, now=datetime.now(UTC)),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_link_opens_nothing(region: Region, answered: Filed, case: str) -> None:
    """401 with a sentence that says what to do."""
    token = WRONG[case] if WRONG[case] is not None else token_of(region, answered, 99)

    refused = act(region, answered, token or "", "confirm", solved=True)

    assert refused.status_code == 401


def test_a_link_reads_nothing(region: Region, answered: Filed) -> None:
    """What is only the reporter's stays so."""
    region.call("track_report", f"/api/reports/{answered.code}")
    token = token_of(region, answered)

    read = region.read(answered.code, authorization=f"Notice {token}")

    assert read.json == region.read(answered.code).json
