"""A lost receipt, over HTTP: always the same answer, a code to the contact, a new receipt."""

import os
from itertools import count
from typing import Any

import pytest
from werkzeug.test import TestResponse

from shared.domain.renewal import one_time_code
from shared.edge.replies.own import Asked, Renewed
from shared.edge.replies.problems import ProblemDetails
from tests.functions.region import Filed, Region, living_in

MAIL, PHONE = "Sekar@surat.example", "081234567890"
KEY = b"k" * 32
ATTEMPT = "a-key-of-22-characters"
_numbers = count(1)


@pytest.fixture
def address() -> str:
    return f"198.51.100.{next(_numbers)}"


@pytest.fixture
def lost(region: Region) -> Filed:
    return region.filed(reporter={"name": "Sekar", "email": MAIL, "phone": PHONE})


def post(
    region: Region, filed: Filed, body: Any, address: str = "192.0.2.1", **headers: str
) -> TestResponse:
    path = f"/api/reports/{filed.code}/receipt"
    hops = f"{address}, 10.0.0.1"
    return region.call("track_report", path, body, x_forwarded_for=hops, **headers)


def asked(region: Region, filed: Filed, contact: str, address: str) -> TestResponse:
    return post(region, filed, {"contact": contact}, address)


def exchanged(
    region: Region, filed: Filed, code: str, address: str, **headers: str
) -> TestResponse:
    return post(region, filed, {"one_time_code": code}, address, **headers)


def sent(region: Region, filed: Filed) -> str:
    """What stands in the message, made as its sender makes it."""
    renewal = region.store.document("renewals", filed.id).get().to_dict() or {}
    return one_time_code(filed.id, renewal["nonce"], KEY)


def notices(region: Region, filed: Filed) -> list[dict[str, Any]]:
    found = region.in_collection("notices").values()
    return sorted((each for each in found if each["code"] == filed.id), key=lambda n: n["state"])


def opens(region: Region, filed: Filed, receipt: str) -> bool:
    answer = region.read(filed.code, receipt, x_forwarded_for="203.0.113.250, 10.0.0.1")
    return answer.status_code == 200


@pytest.mark.parametrize("contact", [MAIL, MAIL.lower(), "+62 812-3456-7890", PHONE])
def test_a_lost_receipt_is_renewed(region: Region, lost: Filed, address: str, contact: str) -> None:
    """The contact as it may be typed; the old receipt is dead at once."""
    answer = asked(region, lost, contact, address)
    renewed = exchanged(region, lost, sent(region, lost), address)

    Asked.model_validate(answer.json)
    new = Renewed.model_validate(renewed.json).receipt
    assert (answer.status_code, renewed.status_code) == (202, 200)
    assert [notice["state"] for notice in notices(region, lost)] == ["queued"]
    assert opens(region, lost, new)
    assert not opens(region, lost, lost.receipt)
    assert [entry["type"] for entry in region.read(lost.code, new).json["timeline"]] == [
        *("submitted", "receipt_renewed"),
    ]


def test_the_answer_tells_nothing_about_the_contact(
    region: Region, lost: Filed, address: str
) -> None:
    """The same words and headers, whether it fits, or not, or there is none at all."""
    without = region.filed()

    answers = [
        asked(region, filed, contact, address)
        for filed, contact in ((lost, MAIL), (lost, "a@b.example"), (without, MAIL))
    ]

    assert {(answer.status_code, answer.text, str(answer.headers)) for answer in answers} == {
        (202, answers[0].text, str(answers[0].headers))
    }
    assert {notice["state"] for notice in notices(region, without)} == {"expired"}


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_answer_is_in_the_readers_language(
    region: Region, lost: Filed, address: str, language: str
) -> None:
    """It says for how long a code works."""
    body = {"contact": MAIL}

    answer = post(region, lost, body, address, accept_language=language)

    assert "30" in answer.json["detail"]
    assert ("minutes" in answer.json["detail"]) is (language == "en")


def test_wrong_codes_are_refused_and_then_have_to_wait(
    region: Region, lost: Filed, address: str
) -> None:
    """Five tries, whether or not a code was sent; a stable code each."""
    asked(region, lost, MAIL, address)
    for filed, where in ((lost, address), (region.filed(), "203.0.113.11")):
        answers = [exchanged(region, filed, "00000000", where) for _ in range(6)]

        problems = [ProblemDetails.model_validate(answer.json) for answer in answers]
        assert [(problem.status, problem.code) for problem in problems] == [
            *[(403, "wrong-one-time-code")] * 5,
            (429, "too-many-tries"),
        ]
        assert int(answers[-1].headers["Retry-After"]) > 0
    assert exchanged(region, lost, sent(region, lost), "203.0.113.9").status_code == 403


def test_one_address_asks_ten_times_an_hour(region: Region, lost: Filed, address: str) -> None:
    """Then it waits; others do not."""
    answers = [asked(region, lost, "a@b.example", address) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [202] * 10 + [429]
    assert answers[-1].json["code"] == "too-many-asked"
    assert asked(region, lost, MAIL, "203.0.113.10").status_code == 202


def test_a_code_ends(region: Region, lost: Filed, address: str) -> None:
    """After half an hour, by the one clock."""
    asked(region, lost, MAIL, address)
    code = sent(region, lost)
    region.outside.advance(minutes=30)

    assert exchanged(region, lost, code, address).status_code == 403


def test_the_exchange_can_be_repeated(region: Region, lost: Filed, address: str) -> None:
    """With an Idempotency-Key it shows the same receipt; without one, the code is used up."""
    asked(region, lost, MAIL, address)
    code = sent(region, lost)

    first, again = (
        exchanged(region, lost, code, address, idempotency_key=ATTEMPT) for _ in range(2)
    )
    alone = exchanged(region, lost, code, address)
    other = exchanged(region, lost, "12345678", address, idempotency_key=ATTEMPT)

    assert first.json == again.json
    assert opens(region, lost, again.json["receipt"])
    assert alone.json["code"] == "wrong-one-time-code"
    assert (other.status_code, other.json["code"]) == (409, "idempotency-mismatch")
    assert region.report(lost.code)["seq"] == 2


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({}, "one_time_code", "either-or"),
        ({"contact": MAIL, "one_time_code": "12345678"}, "one_time_code", "either-or"),
        ({"contact": "@"}, "contact", "not-an-email"),
        ({"contact": "Sekar"}, "contact", "not-a-phone"),
        ({"one_time_code": ""}, "one_time_code", "too-short"),
        ({"email": MAIL}, "?", "unknown-field"),
    ],
)
def test_faults_are_named(
    region: Region, lost: Filed, body: dict[str, str], field: str, code: str
) -> None:
    """Field by field, without the value."""
    answer = post(region, lost, body)

    assert answer.status_code == 422
    found = [(error["field"], error["code"]) for error in answer.json["errors"]]
    assert (field if field != "?" else "email", code) in found
    assert len([error for error in found if error[0] == "contact"]) <= 1
    assert MAIL not in answer.text


@pytest.mark.parametrize("code", ["00000000000", "nonsense"])
def test_a_report_that_is_not_there(region: Region, address: str, code: str) -> None:
    """404, as for everybody."""
    assert asked(region, Filed(code, ""), MAIL, address).status_code == 404


def test_neither_contact_nor_code_nor_receipt_is_written_anywhere(
    region: Region, lost: Filed, address: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not in a log, not in a message on the way, not in the store."""
    region.topic.messages()
    asked(region, lost, MAIL, address)
    asked(region, lost, "fremd@surat.example", address)
    code = sent(region, lost)
    exchanged(region, lost, "00000000", address)
    receipt = exchanged(region, lost, code, address).json["receipt"]

    collections = ("reports", "reporters", "renewals", "notices", "outbox", "attempts", "consumed")
    stored = [region.in_collection(name) for name in (*collections, "idempotency")]
    seen = f"{capfd.readouterr()} {region.topic.messages()} {stored}".lower()
    secrets = (MAIL, "fremd@", PHONE[1:], code, receipt, receipt.replace(" ", ""), address)
    assert "renew_receipt" in seen
    assert not [secret for secret in secrets if secret.lower() in seen]


def test_too_many_posts_at_once_have_to_wait(region: Region, lost: Filed, address: str) -> None:
    """The same line that holds for every post of an address."""
    with living_in({**os.environ, "REPORTS_PER_MINUTE": "2"}):
        answers = [asked(region, lost, "a@b.example", address) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [202, 202, 429]
