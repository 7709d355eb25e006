"""Who may do what, over HTTP: every role and every command, tokens good and bad, receipts."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import jwt
import pytest
from werkzeug.test import TestResponse

from emulator import officers
from emulator.issuer import Issuer
from shared.domain.directory import Officer
from shared.domain.statuses import Role
from tests.functions.journeys import a_word, pushed
from tests.functions.outside import AUDIENCE
from tests.functions.region import Filed, Region

# Officers' commands

ACCUSED, OWN, FOREIGN = "dlhk", "dpupr", "dinkes"
PEOPLE = {
    "verifier": "verifier1", "coordinator": "coordinator", "oversight": "inspectorate",
    "agency": f"{OWN}1", "head": f"kepala.{OWN}", "foreign": f"{FOREIGN}1",
    "foreign_head": f"kepala.{FOREIGN}", "intake": "intake", "admin": "admin",
}  # fmt: skip

# Command, where the report stands, who may. `!`: the right person at the wrong time.
# Everybody else, and every other agency, is refused wherever the report stands.
TABLE = """
    classify  submitted       verifier coordinator
    classify  routed          verifier! coordinator
    route     submitted       verifier coordinator
    refer     submitted       verifier coordinator
    refer     routed          verifier coordinator
    hold      submitted       verifier
    hold      routed          verifier! agency head
    resume    held            verifier coordinator
    resume    held_by_agency  verifier! coordinator agency head
    forward   routed          agency head
    recall    routed          verifier!
    recall    sent_by_system  verifier
    accept    routed          agency head
    assign    routed          agency head
    plan      routed          agency head
    respond   routed          agency head
    respond   answered        agency head
    extend    routed          coordinator!
    extend    asked           coordinator
    archive   submitted       verifier coordinator
    review    abusive         verifier coordinator
    review    archived        verifier! coordinator!
    merge     submitted       verifier
    direct    routed          coordinator oversight
    reassign  routed          coordinator
    reopen    archived        coordinator
    redact    routed          verifier coordinator
    redact    archived        verifier coordinator
    reveal    routed          verifier coordinator oversight agency head
    reveal    anonymous       verifier coordinator oversight
    note      routed          verifier coordinator oversight agency head
    note      archived        verifier coordinator oversight
"""
FIELDS: Mapping[str, dict[str, Any]] = {
    "classify": {"area": "51.03.01"},
    "route": {"agency": OWN},
    "refer": {"body": "ombudsman"},
    "forward": {"agency": FOREIGN},
    "assign": {"officer": f"{OWN}2"},
    "plan": {"on": "2026-11-25"},
    "respond": {"outcome": "explained", "cause": "anggaran"},
    "archive": {"reason": "test"},
    "reassign": {"agency": FOREIGN},
    "redact": {"start": 0, "end": 3},
}
ROWS = [tuple(line.split(maxsplit=2)) for line in TABLE.strip().splitlines()]
CELLS = [
    (action, situation, who, who in may.split(), f"{who}!" in may.split())
    for (action, situation, may), who in product(ROWS, PEOPLE)
]
SITUATIONS: Mapping[str, Callable[[Region], Filed]] = {
    "submitted": lambda region: region.filed(),
    "held": lambda region: after(region, region.filed(), "verifier1", "hold"),
    "routed": lambda region: routed(region, anonymous=False),
    "anonymous": lambda region: routed(region, anonymous=True),
    "asked": lambda region: routed(region, kind="information_request"),
    "sent_by_system": lambda region: sent_by_system(region, OWN),
    "held_by_agency": lambda region: after(region, routed(region), f"{OWN}1", "hold"),
    "answered": lambda region: after(region, routed(region), f"{OWN}1", "respond"),
    "archived": lambda region: after(region, region.filed(), "verifier1", "archive"),
    "abusive": lambda region: put_away_as_abusive(region),  # noqa: PLW0108 - defined below
}


def ordered(region: Region, filed: Filed, by: str, action: str, **fields: Any) -> TestResponse:
    return region.order(
        filed.code, action, by=by, **{"text": "Alasannya."} | FIELDS.get(action, {}) | fields
    )


def after(region: Region, filed: Filed, by: str, action: str) -> Filed:
    done = ordered(region, filed, by, action)
    assert done.status_code == 200, done.text
    return filed


def routed(region: Region, **fields: Any) -> Filed:
    return after(region, region.filed(**fields), "verifier1", "route")


def put_away_as_abusive(region: Region) -> Filed:
    """By another verifier: nobody reviews their own decision."""
    filed = region.filed()
    done = ordered(region, filed, "verifier2", "archive", reason="abusive")
    assert done.status_code == 200, done.text
    return filed


def sent_by_system(region: Region, agency: str) -> Filed:
    region.topic.messages()
    filed = region.filed(agency=agency)
    for wire in region.topic.messages():
        pushed(region, "route_report", wire)
    assert region.report(filed.code)["routed_by"] == "system"
    return filed


@pytest.fixture(scope="module")
def standing(region_of_module: Region) -> Callable[[str], Filed]:
    """One report per situation, for those who may not touch it."""
    made: dict[str, Filed] = {}

    def report_that_is(situation: str) -> Filed:
        if situation not in made:
            made[situation] = SITUATIONS[situation](region_of_module)
        return made[situation]

    return report_that_is


@pytest.mark.parametrize(("action", "situation", "who"), [cell[:3] for cell in CELLS if cell[3]])
def test_who_may_can(action: str, situation: str, who: str, region: Region) -> None:
    """200, with the report as it is afterwards."""
    filed = SITUATIONS[situation](region)
    into = {"into": region.filed().code} if action == "merge" else {}

    answer = ordered(region, filed, PEOPLE[who], action, **into)

    assert answer.status_code == 200, answer.text
    assert answer.json["code"] == filed.code


@pytest.mark.parametrize(("action", "situation", "who"), [cell[:3] for cell in CELLS if cell[4]])
def test_who_may_at_another_time_is_told_that_the_rules_say_no(
    action: str, situation: str, who: str, region: Region
) -> None:
    """409: theirs to do, but not with the report as it stands."""
    answer = ordered(region, SITUATIONS[situation](region), PEOPLE[who], action)

    assert answer.status_code == 409


DENIED = [cell[:3] for cell in CELLS if not (cell[3] or cell[4])]


@pytest.mark.parametrize(("action", "situation", "who"), DENIED)
def test_who_may_not_is_refused_and_nothing_happens(
    action: str, situation: str, who: str, region: Region, standing: Callable[[str], Filed]
) -> None:
    """403 whatever the status."""
    filed = standing(situation)
    before = region.report(filed.code)
    into = {"into": filed.code} if action == "merge" else {}

    answer = ordered(region, filed, PEOPLE[who], action, **into)

    assert (answer.status_code, answer.json["code"]) == (403, "not-yours")
    assert region.report(filed.code) == before


@pytest.mark.parametrize("action", sorted({action for action, *_ in ROWS}))
def test_whose_report_it_is_not_cannot_feel_for_its_revision(
    action: str, region: Region, standing: Callable[[str], Filed]
) -> None:
    """403 before the revision, the timeline or another report is looked at."""
    filed = standing("routed")
    felt = {"revision": 0, "event_seq": 99} if action == "redact" else {"revision": 0}
    into = {"into": filed.code} if action == "merge" else {}

    answer = ordered(region, filed, PEOPLE["foreign"], action, **felt, **into)

    assert (answer.status_code, answer.json["code"]) == (403, "not-yours")


def test_the_table_has_every_command_that_officers_have(region: Region) -> None:
    """A new command of the contract needs its row."""
    described = region.call("describe_service", "/api/openapi.json").json["components"]["schemas"]
    actions = set(described["OfficerActions"]["discriminator"]["mapping"])

    assert {action for action, *_ in ROWS} == actions


@pytest.mark.parametrize("action", ["note", "reveal", "redact", "direct", "route"])
def test_the_accused_have_no_office(action: str, region: Region) -> None:
    """Not even a verifier or coordinator who works at the accused unit."""
    filed = region.filed(about_official=True, agency=ACCUSED)
    after_all = newcomer(region, Role.VERIFIER, Role.COORDINATOR, Role.AGENCY, agency=ACCUSED)
    body = {"action": action, "revision": 1, "text": "Alasannya."} | FIELDS.get(action, {})

    answer = as_officer(region, after_all, f"/reports/{filed.code}/actions", body)

    assert answer.status_code == 403


def test_what_may_be_tried_is_what_is_offered(region: Region, standing: Any) -> None:
    """`actions` of a view names no command that its reader is refused for who they are."""
    for action, situation, who in DENIED:
        view = region.desk(f"/reports/{standing(situation).code}", by=PEOPLE[who])
        assert action not in view.json.get("actions", []), (situation, who)


# Who reads


READ = {
    "submitted": {"verifier", "coordinator", "oversight"},
    "routed": {"verifier", "coordinator", "oversight", "agency", "head"},
    "archived": {"verifier", "coordinator", "oversight"},
}


@pytest.mark.parametrize(("situation", "who"), list(product(READ, PEOPLE)))
def test_officers_read_what_is_theirs_to_read(
    situation: str, who: str, region: Region, standing: Callable[[str], Filed]
) -> None:
    """The region for verifiers, coordinators and the oversight; an agency its own; others none."""
    answer = region.desk(f"/reports/{standing(situation).code}", by=PEOPLE[who])

    assert answer.status_code == (200 if who in READ[situation] else 403)


@pytest.mark.parametrize("who", ["agency", "head", "foreign"])
def test_an_agency_searches_its_own_reports_only(
    who: str, region: Region, standing: Callable[[str], Filed]
) -> None:
    """403 when it asks for another's by name; else another's are simply not there."""
    own = {"agency": OWN, "head": OWN, "foreign": FOREIGN}[who]
    standing("routed")

    asked = region.desk("/search", {"queue": "all", "agency": ACCUSED}, by=PEOPLE[who])
    found = region.desk("/search", {"queue": "all", "limit": 100}, by=PEOPLE[who])

    assert asked.status_code == 403
    assert {row["agency"]["id"] for row in found.json["reports"]} <= {own}


def test_a_code_finds_no_report_of_another_agency(
    region: Region, standing: Callable[[str], Filed]
) -> None:
    """Knowing a number opens nothing."""
    asked = {"queue": "all", "q": standing("routed").code}

    found = {who: region.desk("/search", asked, by=PEOPLE[who]) for who in ("agency", "foreign")}

    assert {who: len(answer.json["reports"]) for who, answer in found.items()} == {
        "agency": 1, "foreign": 0,
    }  # fmt: skip


@pytest.mark.parametrize("who", ["intake", "admin"])
def test_who_has_no_reports_searches_none(who: str, region: Region) -> None:
    """Filing on behalf and keeping the directory need no reading."""
    assert region.desk("/search", {"queue": "all"}, by=PEOPLE[who]).status_code == 403


# Filing on behalf


ON_BEHALF = {
    "body": "Lampu jalan mati sejak pekan lalu.", "channel": "walk_in", "on_behalf": True,
}  # fmt: skip


@pytest.mark.parametrize("who", PEOPLE)
def test_intake_files_on_behalf_and_nobody_else(who: str, region: Region) -> None:
    """201 with the receipt for whoever came to the desk."""
    token = region.bearer(PEOPLE[who])

    answer = region.call("submit_report", "/api/desk/reports", ON_BEHALF, authorization=token)

    assert answer.status_code == (201 if who == "intake" else 403)
    assert ("receipt" in answer.json) == (who == "intake")


def test_what_intake_files_is_the_reporters(region: Region) -> None:
    """The channel is kept, the receipt works, and the timeline says who wrote it down."""
    token = region.bearer("intake")
    filed = region.call("submit_report", "/api/desk/reports", ON_BEHALF, authorization=token).json

    view = region.read(filed["code"], filed["receipt"]).json

    assert region.report(filed["code"])["channel"] == "walk_in"
    assert [event["by"] for event in view["timeline"]] == ["intake"]
    assert "add" in view["actions"]


# Reporters


REPORTERS_COMMANDS: dict[str, dict[str, Any]] = {
    "add": {}, "reply": {}, "supplement": {}, "object": {}, "appeal": {}, "split": {},
    "confirm": {"solved": True}, "withdraw": {},
}  # fmt: skip
CREDENTIALS: Mapping[str, Callable[[Region], dict[str, str]]] = {
    "nothing": lambda _: {},
    "a wrong receipt": lambda _: {"authorization": "Receipt 0000111122223333"},
    "half a receipt": lambda _: {"authorization": "Receipt 00001111"},
    "an empty receipt": lambda _: {"authorization": "Receipt "},
    "another report's receipt": lambda region: {
        "authorization": f"Receipt {region.filed().receipt}"
    },
    "an officer's token": lambda region: {"authorization": region.bearer("coordinator")},
    "basic": lambda _: {"authorization": "Basic YTpi"},
}


@pytest.mark.parametrize(("action", "how"), list(product(REPORTERS_COMMANDS, CREDENTIALS)))
def test_without_the_receipt_nobody_acts_as_the_reporter(
    action: str, how: str, region: Region, standing: Callable[[str], Filed]
) -> None:
    """401 before any rule is asked, and the report stays as it is."""
    filed = standing("submitted")
    body = {"action": action, "text": "Ini saya."} | REPORTERS_COMMANDS[action]
    before, elsewhere = region.report(filed.code), f"2001:db8::{a_word()}, 10.0.0.1"

    headers = CREDENTIALS[how](region) | {"x_forwarded_for": elsewhere}
    answer = region.call("track_report", f"/api/reports/{filed.code}/actions", body, **headers)

    assert answer.status_code == 401
    assert region.report(filed.code) == before


def test_the_receipt_opens_no_desk(region: Region, standing: Callable[[str], Filed]) -> None:
    """Reporters and officers come in by different doors."""
    filed = standing("submitted")

    answer = region.call(
        "handle_report", f"/api/desk/reports/{filed.code}", authorization=f"Receipt {filed.receipt}"
    )

    assert answer.status_code == 401


# Tokens


def newcomer(region: Region, *roles: Role, agency: str | None = None) -> Officer:
    """Somebody of the desk who never signed in."""
    officer = Officer(a_word(), f"{a_word()}@badung.example", a_word(), frozenset(roles), agency)
    officers.write(region.store, (officer,))
    return officer


def as_officer(region: Region, officer: Officer, path: str, body: Any = None) -> TestResponse:
    token = region.outside.token(officer)
    return region.desk(path, body, authorization=f"Bearer {token}")


def signed(region: Region, officer: Officer, *, by: Any = None, **claims: Any) -> str:
    """The token that the region's issuer gives, with other claims; None takes one out."""
    given = region.outside.token(officer)
    said = jwt.decode(given, options={"verify_signature": False}) | claims
    kept = {name: value for name, value in said.items() if value is not None}
    head = {"kid": jwt.get_unverified_header(given)["kid"]}
    return jwt.encode(kept, by or region.outside.issuer._key._key, algorithm="RS256", headers=head)


LONG_AGO = datetime.now(UTC) - timedelta(hours=1)
BAD_CLAIMS: Mapping[str, dict[str, Any]] = {
    "an address that nobody verified": {"email_verified": False},
    "no word on verification": {"email_verified": None},
    "verification in words": {"email_verified": "true"},
    "another issuer": {"iss": "https://accounts.elsewhere.example"},
    "no issuer": {"iss": None},
    "another service's audience": {"aud": "somebody-else"},
    "no audience": {"aud": None},
    "a time that is over": {"exp": LONG_AGO},
    "no end": {"exp": None},
    "a time to come": {"nbf": datetime.now(UTC) + timedelta(hours=1)},
    "no subject": {"sub": None},
    "no address": {"email": None},
    "an address that is no officer's": {"email": "nobody@badung.example"},
}


@pytest.mark.parametrize("fault", BAD_CLAIMS)
def test_a_token_that_says_the_wrong_things_is_no_token(fault: str, region: Region) -> None:
    """401 with the scheme to use; the same token without the fault is good."""
    officer = newcomer(region, Role.VERIFIER)

    bad, good = (
        region.desk("/agencies", authorization=f"Bearer {signed(region, officer, **claims)}")
        for claims in (BAD_CLAIMS[fault], {})
    )

    assert (bad.status_code, bad.headers["WWW-Authenticate"][:6]) == (401, "Bearer")
    assert good.status_code == 200


def test_a_token_signed_by_another_issuer_is_no_token(region: Region) -> None:
    """Whatever it says about itself, and even under the name of our issuer's key."""
    officer, stranger = newcomer(region, Role.VERIFIER), Issuer("https://x.example", AUDIENCE)
    tokens = [stranger.token(officer), signed(region, officer, by=stranger._key._key)]

    answers = [region.desk("/agencies", authorization=f"Bearer {token}") for token in tokens]

    assert [answer.status_code for answer in answers] == [401, 401]


DOORS = [
    ("handle_report", "/api/desk/agencies", None),
    ("handle_report", "/api/desk/search", {"queue": "all"}),
    ("handle_report", "/api/desk/reports/{code}", None),
    ("handle_report", "/api/desk/reports/{code}/actions", {
        "action": "note", "revision": 1, "text": "x",
    }),
    ("submit_report", "/api/desk/reports", ON_BEHALF),
]  # fmt: skip


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x.y.z", "bearer null"])
@pytest.mark.parametrize(("function", "path", "body"), DOORS)
def test_every_door_of_the_desk_asks_for_a_token(
    function: str, path: str, body: Any, header: str, region: Region, standing: Any
) -> None:
    """Also for what is no secret: the desk is for officers."""
    asked = path.format(code=standing("submitted").code)

    answer = region.call(function, asked, body, **({"authorization": header} if header else {}))

    assert answer.status_code == 401


def test_the_first_sign_in_binds_the_record_to_its_account(region: Region) -> None:
    """Whoever gets hold of the mail address later is somebody else."""
    officer, issuer = newcomer(region, Role.VERIFIER), region.outside.issuer.url
    first, other = (signed(region, officer, sub=sub) for sub in ("first", "other"))

    statuses = [
        region.desk("/agencies", authorization=f"Bearer {token}").status_code
        for token in (first, other, first)
    ]

    assert statuses == [200, 401, 200]
    assert region.in_collection("officers")[officer.id]["subject"] == f"{issuer}|first"


def test_an_address_is_the_same_in_capitals(region: Region) -> None:
    """Issuers write it as the person once typed it."""
    officer = newcomer(region, Role.VERIFIER)

    token = signed(region, officer, email=officer.email.upper())

    assert region.desk("/agencies", authorization=f"Bearer {token}").status_code == 200


def test_a_role_that_was_taken_away_is_gone_at_once(region: Region) -> None:
    """The record decides, not the token that was given before."""
    officer = newcomer(region, Role.VERIFIER)
    before = as_officer(region, officer, "/search", {"queue": "all"})

    region.store.document("officers", officer.id).update({"roles": ["admin"]})
    then = as_officer(region, officer, "/search", {"queue": "all"})

    assert (before.status_code, then.status_code) == (200, 403)
