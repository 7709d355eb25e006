"""What a browser keeps for us: ours alone, for one purpose, until its time is over."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Response
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from shared.edge.web import session
from shared.usecases.ports import Keys

NOW = datetime(2026, 11, 21, 1, 12, 44, tzinfo=UTC)
KEYS = Keys("k1", {"k1": b"1" * 32})
HELD = {"code": "7K3M9QX2WDQ"}


def signed(keys: Keys = KEYS) -> str:
    return session.signed("held", HELD, keys=keys, now=NOW, seconds=60).value


def read(value: str, *, name: str = "held", keys: Keys = KEYS, later: int = 0) -> Any:
    request: Any = Request(
        EnvironBuilder(headers={"Cookie": f"__Host-tanggap-{name}={value}"}).get_environ()
    )
    return session.content_of(request, name, keys=keys, now=NOW + timedelta(seconds=later))


def test_what_was_signed_is_read() -> None:
    assert read(signed()) == HELD


@pytest.mark.parametrize(("later", "expected"), [(0, HELD), (59, HELD), (60, None), (6000, None)])
def test_its_time_is_over_whatever_the_browser_thinks(later: int, expected: object) -> None:
    assert read(signed(), later=later) == expected


@pytest.mark.parametrize("value", ["", "x", "e30.e30", "e30.", ".", "ü"])
def test_what_we_did_not_sign_is_nothing(value: str) -> None:
    assert read(value) is None


def test_one_changed_letter_is_nothing() -> None:
    good = signed()

    assert [at for at in range(len(good) - 1) if read(_changed(good, at))] == []


def test_one_purpose_does_not_serve_another() -> None:
    """A holder's cookie under the name of an officer's."""
    assert read(signed(), name="officer") is None


def test_a_key_that_was_rotated_out_still_opens_and_a_foreign_one_never() -> None:
    rotated = Keys("k2", {"k1": b"1" * 32, "k2": b"2" * 32})

    assert read(signed(), keys=rotated) == HELD
    assert read(signed(rotated), keys=rotated) == HELD
    assert read(signed(rotated), keys=KEYS) is None


def _changed(text: str, at: int) -> str:
    other = "A" if text[at] != "A" else "B"
    return text[:at] + other + text[at + 1 :]


def test_a_cookie_of_one_path_is_no_cookie_of_all_and_the_other_way_round() -> None:
    """Its name says how far it goes."""
    everywhere, one = session.Cookie("held", "x"), session.Cookie("held", "x", path="/r/a")
    named = []
    for cookie in (everywhere, one):
        response = Response()
        cookie.put(response)
        named.append(response.headers["Set-Cookie"])

    assert named[0].startswith("__Host-tanggap-held=x; ")
    assert named[1].startswith("__Secure-tanggap-held=x; ")
    assert "; Path=/r/a; " in f"{named[1]}; "
