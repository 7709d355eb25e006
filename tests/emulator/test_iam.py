"""Private functions are private here too: one service account each, and nobody else."""

import time
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse
from werkzeug.wrappers import Request, Response

from emulator.front_door import FrontDoor
from emulator.iam import PUSH_IDENTITY, SCHEDULER_IDENTITY, Gate, Iam, PathToken
from emulator.issuer import Issuer
from emulator.officers import officers_of
from emulator.signing import SigningKey
from emulator.traffic import Traffic
from infra import manifest, region_file

URL = "http://door"
MANIFEST = manifest.load()
KEY = SigningKey()
EVENT, SCHEDULED, PUBLIC = "route_report", "relay_outbox", "submit_report"


@Request.application
def saying(request: Request) -> Response:
    return Response(f"{request.environ['tanggap.function']} {request.path}")


def call(function: str, token: str | None, gate: Gate | None = None) -> TestResponse:
    apps: Any = dict.fromkeys(MANIFEST.functions, saying)
    gate = gate or Iam(URL, KEY)
    front = FrontDoor(MANIFEST, apps, saying, gate=gate, traffic=Traffic())
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    return Client(front).post(f"/_private/{function}", headers=headers)


def token(email: str, function: str, iam: Iam | None = None) -> str:
    iam = iam or Iam(URL, KEY)
    return iam.token(email, iam.url_of(function))


def officers_token() -> str:
    officer = officers_of(region_file.read("badung").directory)[0]
    return Issuer("http://issuer", f"{URL}/_private/{EVENT}", KEY).token(officer)


@pytest.mark.parametrize(
    ("function", "identity"), [(EVENT, PUSH_IDENTITY), (SCHEDULED, SCHEDULER_IDENTITY)]
)
def test_its_own_service_account_reaches_a_function(function: str, identity: str) -> None:
    """It sees the path that it sees in the cloud: the root."""
    assert call(function, token(identity, function)).text == f"{function} /"


@pytest.mark.parametrize(
    ("function", "given"),
    [
        (EVENT, None),
        (EVENT, ""),
        (EVENT, "no.jwt.atall"),
        (EVENT, token(SCHEDULER_IDENTITY, EVENT)),
        (SCHEDULED, token(PUSH_IDENTITY, SCHEDULED)),
        (EVENT, token("verifier1@badung.example", EVENT)),
        (EVENT, token(PUSH_IDENTITY, SCHEDULED)),
        (EVENT, token(PUSH_IDENTITY, EVENT, Iam(URL, SigningKey()))),
        (EVENT, token(PUSH_IDENTITY, EVENT, Iam(URL, KEY, lambda: time.time() - 7200))),
        (EVENT, officers_token()),
        (PUBLIC, token(PUSH_IDENTITY, PUBLIC)),
        ("no_such_function", token(PUSH_IDENTITY, "no_such_function")),
        (f"x/{EVENT}", token(PUSH_IDENTITY, EVENT)),
    ],
    ids=[
        "without a token", "with an empty one", "with nonsense", "the scheduler at an event",
        "a push at a schedule", "another account", "for another function", "signed by another key",
        "expired", "an officer's", "a public function", "no function", "another path",
    ],
)  # fmt: skip
def test_everybody_else_is_refused(function: str, given: str | None) -> None:
    """403, and not a word about why or whether there is such a function."""
    answer = call(function, given)

    assert (answer.status_code, answer.json["code"]) == (403, "not-allowed")


def test_a_token_is_made_once_an_hour() -> None:
    """Signing anew for every push would cost more than the push."""
    now = [1_000_000_000.0]
    iam = Iam(URL, KEY, lambda: now[0])
    first = token(PUSH_IDENTITY, EVENT, iam)

    now[0] += 1800
    assert token(PUSH_IDENTITY, EVENT, iam) == first
    now[0] += 1300
    assert token(PUSH_IDENTITY, EVENT, iam) != first


def test_googles_emulator_is_known_by_its_path() -> None:
    """It signs nothing; whoever does not know the path is refused."""
    gate = PathToken(URL)
    known = gate.url_of(EVENT).removeprefix(f"{URL}/_private/")

    assert call(known, None, gate).status_code == 200
    assert call(known.replace(EVENT, PUBLIC), None, gate).status_code == 403
    assert call(f"guessed/{EVENT}", None, gate).status_code == 403
    assert call(EVENT, token(PUSH_IDENTITY, EVENT), gate).status_code == 403
