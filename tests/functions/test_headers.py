"""What every answer carries, whatever it says; and the one line that is logged about it."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import TestResponse

from shared.edge.replies.problems import ProblemDetails
from tests.functions.region import GOOD_BODY, ORIGIN, Region, client_of

SECURITY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-site",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}
BROWSER = "text/html,*/*;q=0.8"


@dataclass(frozen=True)
class Ask:
    """One request; `form` posts as a browser does."""

    function: str
    method: str
    path: str
    status: int
    body: Any = None
    form: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}{' form' if self.form else ''}"

    def answer(self, **headers: str) -> TestResponse:
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        client = client_of(self.function)
        if self.form:
            named["Accept"] = BROWSER
            return client.open(self.path, method=self.method, data=self.body, headers=named)
        sent = {} if self.body is None else {"json": self.body}
        return client.open(self.path, method=self.method, headers=named, **sent)


GOOD, BAD = {"body": GOOD_BODY}, {"body": "x"}
NOWHERE = "/api/reports/7K3M9QX2WD-Q"
ASKS = [
    Ask("submit_report", "POST", "/api/reports", 201, GOOD),
    Ask("submit_report", "POST", "/api/reports", 422, BAD),
    Ask("submit_report", "POST", "/api/reports", 201, GOOD, form=True),
    Ask("submit_report", "POST", "/api/reports", 422, BAD, form=True),
    Ask("submit_report", "GET", "/api/reports", 405),
    Ask("submit_report", "POST", "/api/desk/reports", 415),
    Ask("track_report", "GET", NOWHERE, 404),
    Ask("track_report", "POST", f"{NOWHERE}/actions", 401, {"action": "withdraw"}),
    Ask("handle_report", "GET", "/api/desk/agencies", 401),
    Ask("handle_report", "POST", "/api/desk/search", 401, {"queue": "all"}),
    Ask("describe_service", "GET", "/health", 200),
    Ask("describe_service", "GET", "/nothing", 404),
    Ask("relay_outbox", "POST", "/", 200),
    Ask("relay_outbox", "GET", "/", 405),
]
FROM_OUTSIDE = [ask for ask in ASKS if ask.function != "relay_outbox"]
PROBLEMS = [ask for ask in ASKS if ask.status >= 400 and not ask.form]


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_every_answer_is_private_and_hardened(region: Region, ask: Ask) -> None:
    """What depends on the caller is kept by nobody, guessed at by no browser, framed by no page."""
    answer = ask.answer()

    assert answer.status_code == ask.status
    assert SECURITY.items() <= dict(answer.headers).items()
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert {"Authorization", "Accept", "Accept-Language"} <= set(answer.vary)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("ask", PROBLEMS, ids=str)
def test_every_problem_has_the_same_shape(region: Region, ask: Ask, language: str) -> None:
    """RFC 9457, with a stable code, in the reader's language."""
    answer = ask.answer(accept_language=language)

    problem = ProblemDetails.model_validate(answer.json)
    assert answer.content_type == "application/problem+json"
    assert (problem.status, problem.type) == (ask.status, f"urn:tanggap:problem:{problem.code}")
    assert problem.code == problem.code.lower().replace("_", "-")
    assert problem.title
    assert problem.detail


@pytest.mark.parametrize("ask", PROBLEMS, ids=str)
def test_a_problem_is_told_in_two_languages(region: Region, ask: Ask) -> None:
    """The code is the same, the sentences are not."""
    indonesian, english = (ask.answer(accept_language=each).json for each in ("id", "en"))

    assert indonesian["code"] == english["code"]
    assert indonesian["title"] != english["title"]
    assert indonesian["detail"] != english["detail"]


@pytest.mark.parametrize("ask", FROM_OUTSIDE, ids=str)
def test_the_regions_own_sites_may_call_from_a_browser(region: Region, ask: Ask) -> None:
    """And read what they need of the answer."""
    answer = ask.answer(origin=ORIGIN)

    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Origin" in answer.vary
    assert "Location" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("ask", ASKS, ids=str)
@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", f"{ORIGIN}.evil.example", "http://badungkab.go.id", "*"],
)
def test_no_other_site_may(region: Region, ask: Ask, origin: str) -> None:
    """The answer is there; the browser keeps it from them."""
    answer = ask.answer(origin=origin)

    assert answer.status_code == ask.status
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("function", "path", "method"),
    [
        ("submit_report", "/api/reports", "POST"),
        ("submit_report", "/api/desk/reports", "POST"),
        ("track_report", f"{NOWHERE}/actions", "POST"),
        ("track_report", NOWHERE, "GET"),
        ("track_report", f"{NOWHERE}/attachments/{'a' * 22}", "DELETE"),
        ("handle_report", "/api/desk/search", "POST"),
        ("describe_service", "/api/directory", "GET"),
    ],
)
def test_a_preflight_is_answered(region: Region, function: str, path: str, method: str) -> None:
    """204 with what may be sent, without credentials."""
    asked = {"origin": ORIGIN, "access_control_request_method": method}

    answer = region.call(function, path, method="OPTIONS", **asked)

    allowed = answer.headers["Access-Control-Allow-Headers"].split(", ")
    assert (answer.status_code, answer.data) == (204, b"")
    assert method in answer.headers["Access-Control-Allow-Methods"].split(", ")
    assert {"Authorization", "Content-Type", "Idempotency-Key"} <= set(allowed)
    assert method in answer.headers["Allow"].split(", ")


def test_a_preflight_of_another_site_is_told_nothing(region: Region) -> None:
    """The browser then sends nothing at all."""
    answer = region.call(
        "submit_report", "/api/reports", method="OPTIONS", origin="https://x.example"
    )

    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_page_runs_and_loads_only_what_is_our_own(region: Region) -> None:
    """Style and script are files; nothing within the page is taken for one."""
    filed = Ask("submit_report", "POST", "/api/reports", 201, GOOD, form=True)

    policy = filed.answer().headers["Content-Security-Policy"].split("; ")

    assert {"default-src 'none'", "style-src 'self'", "script-src 'self'"} <= set(policy)
    assert not [part for part in policy if "unsafe" in part or "http" in part]


# The log


def logged(captured: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """What a schedule found is a line of its own."""
    lines = [json.loads(line) for line in captured.readouterr().out.splitlines()]
    return [line for line in lines if line["message"] == "request"]


@pytest.mark.parametrize("ask", ASKS, ids=str)
def test_one_line_is_logged_per_request(
    region: Region, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON, with status and duration; as an error only where it is one."""
    ask.answer()

    (line,) = logged(capsys)
    assert (line["method"], line["status"], line["severity"]) == (ask.method, ask.status, "INFO")
    assert isinstance(line["ms"], int)
    assert set(line) <= {
        "severity",
        "message",
        "function",
        "operation",
        "method",
        "status",
        "ms",
        "code",
    }


def test_no_line_holds_what_somebody_wrote(
    region: Region, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither text nor name, contact, address, code, receipt, key or token."""
    told = {
        "body": "Tetangga saya Sekarwangi memukul.",
        "title": "Rahasia-judul",
        "reporter": {"name": "Sekarwangi", "email": "sekar@example.org", "phone": "081234567890"},
    }
    headers = {"x_forwarded_for": "192.0.2.250, 10.0.0.1", "idempotency_key": "secretkey" * 3}
    answer = region.post(told, **headers)
    region.read(answer.json["code"], answer.json["receipt"], **headers)
    region.read(answer.json["code"], "1111 2222 3333 4444", **headers)
    region.desk(f"/reports/{answer.json['code']}")

    lines = capsys.readouterr().out
    private = ["Sekar", "sekar", "Rahasia", "memukul", "1234567890", "192.0.2.250", "secretkey"]
    private += [answer.json["code"], answer.json["code"][:10], "1111", "eyJ", "verifier1"]
    private += answer.json["receipt"].split()
    assert len(lines.splitlines()) == 4
    assert [each for each in private if each in lines] == []


def test_a_trace_of_the_platform_is_passed_on(
    region: Region, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that its log viewer joins the lines of a request."""
    region.call("describe_service", "/health", x_cloud_trace_context="abc123/1;o=1")

    (line,) = logged(capsys)
    assert line["logging.googleapis.com/trace"].endswith("/traces/abc123")
