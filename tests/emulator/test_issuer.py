"""The local issuer asks who it is with a list, and is otherwise as strict as a real one."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from werkzeug.test import TestResponse

from tests.emulator.rooms import Furnished

AUTHORIZE = "/_emulator/issuer/authorize"
TOKEN = "/_emulator/issuer/token"
BACK = "http://localhost/desk/signin/back"
# RFC 7636, appendix B
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
ASKED = {
    "response_type": "code",
    "client_id": "tanggap",
    "redirect_uri": BACK,
    "state": "s",
    "nonce": "n",
    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "code_challenge_method": "S256",
}


def signed_in(room: Furnished, officer: str = "verifier1") -> dict[str, str]:
    """What the browser brings back."""
    answer = room.web.get(AUTHORIZE, query_string=ASKED | {"officer": officer})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith(f"{BACK}?")
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def exchanged(room: Furnished, code: str, **others: str) -> TestResponse:
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    return room.web.post(
        TOKEN, data=form | {"code_verifier": VERIFIER} | others, auth=("tanggap", "")
    )


def test_every_officer_can_be_picked(furnished_room: Furnished) -> None:
    page = furnished_room.web.get(AUTHORIZE, query_string=ASKED)

    assert page.status_code == 200
    for officer in furnished_room.room.officers:
        assert f'id="{officer.id}"' in page.text


def test_a_code_becomes_a_token_of_that_officer_with_the_nonce(furnished_room: Furnished) -> None:
    back = signed_in(furnished_room)

    answer = exchanged(furnished_room, back["code"])

    assert (answer.status_code, back["state"]) == (200, "s")
    assert answer.json["id_token"].count(".") == 2


def test_a_code_is_good_once(furnished_room: Furnished) -> None:
    code = signed_in(furnished_room)["code"]
    exchanged(furnished_room, code)

    assert exchanged(furnished_room, code).json["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "wrong", [{"code_verifier": "w" * 43}, {"redirect_uri": "http://elsewhere"}, {"code": "x"}]
)
def test_a_code_is_good_for_who_asked_only(
    furnished_room: Furnished, wrong: dict[str, str]
) -> None:
    code = signed_in(furnished_room)["code"]

    assert exchanged(furnished_room, **({"code": code} | wrong)).status_code == 400


def test_the_client_proves_itself(furnished_room: Furnished) -> None:
    form = {"code": signed_in(furnished_room)["code"], "redirect_uri": BACK}
    sent = form | {"code_verifier": VERIFIER}

    assert furnished_room.web.post(TOKEN, data=sent).status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "another"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"redirect_uri": ""},
    ],
)
def test_whoever_asks_otherwise_is_told_how(
    furnished_room: Furnished, wrong: dict[str, str]
) -> None:
    assert furnished_room.web.get(AUTHORIZE, query_string=ASKED | wrong).status_code == 400
