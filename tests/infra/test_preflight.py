"""Before a region is opened: what is missing, why, who does it and how."""

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import boto3
import pytest
from botocore.stub import Stubber

from infra import manifest, region_file, tfvars
from infra.commands import preflight
from infra.readiness import amazon, on_paper, outside
from infra.readiness.findings import Case, Finding
from infra.readiness.outside import Unseen, World
from infra.region_file import INFRA, RegionFault

ISSUER = "https://masuk.badungkab.go.id"
DISCOVERED = {
    "issuer": ISSUER,
    "authorization_endpoint": "https://a",
    "token_endpoint": "https://t",
    "jwks_uri": "https://j",
}
PLENTY = {"dimensionsInfos": [{"details": {"value": "1000000"}, "dimensions": {}}]}
MAIL = {"region": "ap-southeast-3", "sms_sender": "TANGGAP"}
READY = {
    "ProductionAccessEnabled": True,
    "SendingEnabled": True,
    "SendQuota": {"Max24HourSend": 50000.0},
}


def case(region: str = "badung", *, today: date = date(2026, 11, 21), **settings: Any) -> Case:
    files = region_file.read(region)
    return Case(files, {**tfvars.read(region), **settings}, manifest.load(), today)


def in_region(given: Case, **parts: Any) -> Case:
    directory = replace(given.region.directory, **parts)
    return replace(given, region=replace(given.region, directory=directory))


def on_paper_of(given: Case) -> dict[str, Finding]:
    return {each.what: each for each in preflight.on_paper_findings(given)}


def said(findings: Any) -> str:
    return "; ".join(each.what for each in findings)


def test_every_finding_says_what_why_who_and_how() -> None:
    """A line that nobody can act on is noise."""
    for region in ("badung", "sleman", "sumbar"):
        for finding in on_paper_of(case(region)).values():
            assert all((finding.what, finding.why, finding.who, finding.how))


@pytest.mark.parametrize(
    ("check", "region", "words", "blocks"),
    [
        (on_paper.placeholders, "badung", "alarm_emails, runbook, billing_account", True),
        (on_paper.contacts, "badung", "38 agencies without a true address", True),
        (on_paper.policy, "badung", "4 deadlines not checked", True),
        (on_paper.notices, "badung", "notices are allowlist", True),
        (on_paper.mail, "badung", "no mail", True),
        (on_paper.calendar, "badung", "the holidays of 2027 are not known", False),
        (on_paper.holidays, "badung", "coming days off are unconfirmed, the first on 2027", False),
        (on_paper.unconfirmed_agencies, "sleman", "48 agencies unconfirmed", False),
        (on_paper.routing, "sleman", "auto_route is off", False),
    ],
)
def test_what_the_files_lack_is_found(
    check: Callable[[Case], Iterator[Finding]],
    region: str,
    words: str,
    blocks: bool,  # noqa: FBT001
) -> None:
    """As the pilot regions stand now."""
    (finding, *_) = check(case(region))

    assert words in finding.what
    assert finding.blocks is blocks


@pytest.mark.parametrize(
    ("today", "blocks"), [(date(2026, 11, 30), False), (date(2026, 12, 1), True)]
)
def test_an_unknown_next_year_blocks_from_december_on(today: date, blocks: bool) -> None:  # noqa: FBT001
    """Until then the decree may still come in time."""
    (finding,) = on_paper.calendar(case(today=today))

    assert finding.blocks is blocks


def test_a_region_for_training_is_ready_without_the_people_of_a_real_one() -> None:
    """It writes to nobody, so no address, no mail and no law has to be true."""
    trying = in_region(case(), training=True)

    blocking = {each.what for each in preflight.on_paper_findings(trying) if each.blocks}

    assert blocking == {"placeholders in the .tfvars: alarm_emails, runbook, billing_account"}


def test_a_row_that_was_checked_is_asked_for_no_more(tmp_path: Path) -> None:
    """The day stands beside the row; a row of service policy needs none."""
    infra = copied(tmp_path)
    text = (infra / "policy.yaml").read_text(encoding="utf-8")
    old = 'basis: "UU 25/2009 pasal 44",'
    assert old in text
    (infra / "policy.yaml").write_text(text.replace(old, f"{old} checked_on: 2026-11-20,"))

    assert "completion-2018" not in region_file.read("badung", infra).unchecked
    assert "completion-2018" in region_file.read("badung").unchecked


# The world


def world(**parts: Any) -> World:
    everything: dict[str, Any] = {
        "addresses": lambda _: frozenset({"203.0.113.7"}),
        "read": lambda _: DISCOVERED,
        "read_google": lambda url: PLENTY if "quotaInfos" in url else {"versions": [{}]},
    }
    return World(**{**everything, **parts})


def unseen(_: str) -> Mapping[str, Any]:
    raise Unseen("HTTP 403")


def test_a_world_that_is_ready_is_not_spoken_of() -> None:
    """Silence is what one hopes for."""
    assert said(preflight.outside_findings(case(), world())) == ""


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"addresses": unseen}, "lapor.badungkab.go.id leads nowhere"),
        ({"read": unseen}, f"{ISSUER} does not sign officers in: HTTP 403"),
        ({"read": lambda _: {}}, "no authorization_endpoint, no token_endpoint, no jwks_uri"),
        ({"read": lambda _: {**DISCOVERED, "issuer": "https://other"}}, "another issuer's name"),
        ({"read_google": unseen}, "secret receipt-keys could not be looked at (HTTP 403)"),
        ({"read_google": unseen}, "the CPU quota could not be looked at"),
        ({"read_google": lambda _: {}}, "secret oidc-client-secret has no version"),
        ({"read_google": lambda _: {}}, "0 CPUs are allowed in asia-southeast2"),
    ],
)
def test_what_the_world_lacks_or_hides_blocks(parts: dict[str, Any], words: str) -> None:
    """A check that could not be made proves nothing."""
    findings = list(preflight.outside_findings(case(), world(**parts)))

    assert words in said(findings)
    assert all(each.blocks for each in findings)


def test_the_quota_of_the_regions_own_place_counts() -> None:
    """In thousandths of a CPU, as Google counts them."""
    several = [
        {"dimensions": {"region": "us-east1"}, "details": {"value": "9000000"}},
        {"dimensions": {"region": "asia-southeast2"}, "details": {"value": "20000"}},
    ]
    google = world(read_google=lambda _: {"versions": [{}], "dimensionsInfos": several})

    assert "20 CPUs are allowed" in said(preflight.outside_findings(case(), google))


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, body = {"/good": (200, b'{"a": 1}'), "/list": (200, b"[]")}.get(
            self.path, (503, b"{}")
        )
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answers) as answering:
        Thread(target=answering.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{answering.server_port}"
        answering.shutdown()


def test_answers_are_read_and_failures_named(server: str) -> None:
    """By their status, never by what stands in them."""
    assert outside.read(f"{server}/good") == {"a": 1}
    for path, words in (("/none", "HTTP 503"), ("/list", "no object")):
        with pytest.raises(Unseen, match=words):
            outside.read(server + path)
    with pytest.raises(Unseen, match="ConnectionError"):
        outside.read("http://127.0.0.1:1/")
    with pytest.raises(Unseen):
        outside.resolved("no-such-host.invalid")


# Amazon


def account(**answers: Mapping[str, Any] | str) -> amazon.Client:
    """Each service answers once; a text is the code of its refusal."""

    def client(service: str) -> Any:
        made = boto3.client(
            service, region_name="ap-southeast-3", aws_access_key_id="a", aws_secret_access_key="s"
        )
        stub, call, answer = Stubber(made), _CALLS[service], answers[service.replace("-", "_")]
        if isinstance(answer, str):
            stub.add_client_error(call, answer)
        else:
            stub.add_response(call, dict(answer))
        stub.activate()
        return made

    return client


_CALLS = {
    "sesv2": "get_account",
    "sns": "get_sms_sandbox_account_status",
    "pinpoint-sms-voice-v2": "describe_sender_ids",
}
_REGISTERED = {
    "SenderIdArn": "arn",
    "SenderId": "TANGGAP",
    "IsoCountryCode": "ID",
    "MessageTypes": ["TRANSACTIONAL"],
    "MonthlyLeasingPrice": "0",
    "DeletionProtectionEnabled": False,
    "Registered": True,
}
_OPEN: dict[str, Any] = {
    "sesv2": READY,
    "sns": {"IsInSandbox": False},
    "pinpoint_sms_voice_v2": {"SenderIds": [_REGISTERED]},
}


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, ""),
        ({"sesv2": {**READY, "ProductionAccessEnabled": False}}, "SES is still in its sandbox"),
        ({"sesv2": {**READY, "SendingEnabled": False}}, "SES has paused the account"),
        (
            {"sesv2": {**READY, "SendQuota": {"Max24HourSend": 200.0}}},
            "SES allows 200 mails a day",
        ),
        ({"sesv2": "AccessDenied"}, "the SES account could not be looked at (AccessDenied)"),
        ({"sns": {"IsInSandbox": True}}, "SMS is still in its sandbox"),
        (
            {"pinpoint_sms_voice_v2": {"SenderIds": [{**_REGISTERED, "Registered": False}]}},
            "the sender id TANGGAP is not registered in Indonesia",
        ),
        (
            {"pinpoint_sms_voice_v2": "ResourceNotFoundException"},
            "the sender id TANGGAP is not registered in Indonesia",
        ),
    ],
)
def test_what_amazon_does_not_allow_yet_is_found(answers: dict[str, Any], words: str) -> None:
    """As its own services answer."""
    given = case(mail=MAIL)

    assert said(preflight.amazon_findings(given, account(**{**_OPEN, **answers}))) == words


def test_a_region_without_mail_asks_amazon_nothing() -> None:
    """The files say already that there is none."""
    assert said(preflight.amazon_findings(case(), account())) == ""


# The command


def copied(folder: Path) -> Path:
    return Path(
        shutil.copytree(INFRA, folder / "infra", ignore=shutil.ignore_patterns("*.py", ".terra*"))
    )


def test_the_command_ends_with_1_when_something_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    """So that a script stops there."""
    assert preflight.main(["badung", "--offline"]) == 1
    assert "who: coordinator of the region" in capsys.readouterr().out


def test_a_region_without_tfvars_is_told_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """The invented one is never deployed."""
    assert preflight.main(["contoh", "--offline"]) == 1
    assert "infra/regions/contoh.tfvars: No such file" in capsys.readouterr().err


def test_tfvars_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    """With the file; Terraform itself shows the line."""
    infra = copied(tmp_path)
    (infra / "regions/badung.tfvars").write_text("domain = [")

    with pytest.raises(RegionFault, match=r"infra/regions/badung\.tfvars: Unexpected"):
        tfvars.read("badung", infra)


def test_the_settings_of_every_pilot_are_plain_values() -> None:
    """No quotes, no comments: what Terraform sees."""
    settings = tfvars.read("badung")

    assert settings["domain"] == "lapor.badungkab.go.id"
    assert settings["budget"] == 2500000
    assert json.loads(json.dumps(settings)) == settings
