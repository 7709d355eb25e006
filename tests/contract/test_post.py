"""SES and SNS as moto plays them, and the failures that it does not play."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from emulator.aws import AWS_REGION, SENDER, Aws
from emulator.serving import listen, served, url_of
from shared.adapters import aws_client, aws_identity
from shared.adapters.ses_mailer import SesMailer, mailer
from shared.adapters.sns_texter import SnsTexter, texter
from shared.usecases.notice_ports import AnswerLost, Mail, RefusedByProvider, Text, TryAgain
from tests.contract.lossy import LossyLine

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ADDRESS, NUMBER = "sekar@example.org", "+6281234567890"
MAIL = Mail("a" * 32, "answered", "Laporan Anda – ditanggapi", "Halo.\n", "<p>Halo.</p>")
TEXT = Text("answered", "Tanggap: laporan sudah dijawab.")


@pytest.fixture(scope="module")
def aws_at() -> Iterator[tuple[Aws, str]]:
    aws, door = Aws(lambda: NOW), listen(0)
    with served(aws, door, threads=4):
        yield aws, url_of(door)


@pytest.fixture
def aws(aws_at: tuple[Aws, str], environment: Callable[[str], None]) -> Aws:
    environment(aws_at[1])
    return aws_at[0]


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """As if a new process had started with AWS at this address."""

    def begin(url: str) -> None:
        variables = {
            "AWS_ENDPOINT_URL": url,
            "AWS_REGION": AWS_REGION,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "SENDER": SENDER,
            "SMS_SENDER_ID": "TANGGAP",
        }
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        _forget()

    yield begin
    _forget()


def _forget() -> None:
    for made in (aws_client._client, aws_client._session, mailer, texter):
        made.cache_clear()


def test_a_mail_is_handed_over_whole(aws: Aws) -> None:
    """To one address, with its kind, in both languages' letters."""
    mailer().send(ADDRESS, MAIL)

    (sent,) = aws.messages()[-1:]
    assert sent.shown() == {
        "channel": "email",
        "to": ADDRESS,
        "subject": MAIL.subject,
        "text": MAIL.text,
        "at": NOW.isoformat(),
        "kind": "answered",
    }


def test_an_sms_is_handed_over_whole(aws: Aws) -> None:
    """With its kind; it has no subject."""
    texter().send(NUMBER, TEXT)

    (sent,) = aws.messages()[-1:]
    assert (sent.channel, sent.to, sent.text, sent.kind) == ("sms", NUMBER, TEXT.text, "answered")
    assert "subject" not in sent.shown()


def test_each_message_has_an_id_of_the_providers_own(aws: Aws) -> None:
    """By which results are told."""
    ids = [mailer().send(ADDRESS, MAIL), mailer().send(ADDRESS, MAIL), texter().send(NUMBER, TEXT)]

    assert len(set(ids)) == 3


def test_what_is_refused_for_good_says_why_in_a_word(aws: Aws) -> None:
    """Never in the provider's, which may name the address."""
    with pytest.raises(RefusedByProvider, match="bad-address"):
        texter().send("0812", TEXT)
    with pytest.raises(RefusedByProvider, match="message-rejected"):
        SesMailer(lambda: aws_client.aws_client("sesv2"), "x@elsewhere.example", "").send(
            ADDRESS, MAIL
        )


def test_a_region_that_has_not_set_up_mail_keeps_its_notices() -> None:
    """They wait: nothing is lost, nothing is called."""
    for adapter, to, message in (
        (SesMailer(pytest.fail, "", ""), ADDRESS, MAIL),
        (SnsTexter(pytest.fail, ""), NUMBER, TEXT),
    ):
        with pytest.raises(TryAgain, match="not-set-up"):
            adapter.send(to, message)  # type: ignore[arg-type]


# What goes over the line


class Answering:
    """Plays AWS with one answer, and keeps what it was asked."""

    def __init__(self, status: int, code: str) -> None:
        self._status, self._code = status, code
        self.asked: list[dict[str, Any]] = []

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        if environ["PATH_INFO"] != "/":
            self.asked.append(json.loads(body))
        headers = [("x-amzn-ErrorType", self._code), ("Content-Type", "application/json")]
        start_response(f"{self._status} Answer", headers if self._status >= 400 else headers[1:])
        answer = {"MessageId": "p1"} if self._status < 400 else {"message": "of theirs"}
        return [json.dumps(answer).encode()]


@contextmanager
def played(answering: Answering) -> Iterator[str]:
    door = listen(0)
    with served(answering, door, threads=2):
        yield url_of(door)


FAILURES = {
    (429, "TooManyRequestsException"): TryAgain,
    (400, "LimitExceededException"): TryAgain,
    (400, "SendingPausedException"): TryAgain,
    (400, "AccountSuspendedException"): TryAgain,
    (400, "MailFromDomainNotVerifiedException"): TryAgain,
    (403, "AccessDeniedException"): TryAgain,
    (403, "ExpiredTokenException"): TryAgain,
    (404, "NotFoundException"): TryAgain,
    (500, "InternalFailure"): TryAgain,
    (503, "ServiceUnavailable"): TryAgain,
    (400, "MessageRejected"): RefusedByProvider,
    (400, "BadRequestException"): RefusedByProvider,
}


@pytest.mark.parametrize(
    ("answer", "failure"), FAILURES.items(), ids=[code for _, code in FAILURES]
)
def test_what_time_may_heal_is_tried_again(
    answer: tuple[int, str], failure: type[Exception], environment: Callable[[str], None]
) -> None:
    """Only what is wrong with this message or this address ends it; asked once each time."""
    answering = Answering(*answer)
    with played(answering) as url:
        environment(url)

        with pytest.raises(failure) as raised:
            mailer().send(ADDRESS, MAIL)

    assert len(answering.asked) == 1
    assert "theirs" not in str(raised.value)


def test_a_mail_says_that_a_machine_wrote_it_and_how_to_get_no_more(
    environment: Callable[[str], None],
) -> None:
    """Of a mail that is somebody's duty only the first."""
    answering = Answering(200, "")
    with played(answering) as url:
        environment(url)
        mailer().send(ADDRESS, Mail("b" * 32, "answered", "s", "t", "h", "https://x.example/leave"))
        mailer().send(ADDRESS, MAIL)

    with_leave, without = ([each.values() for each in _headers(asked)] for asked in answering.asked)
    assert [list(each) for each in with_leave] == [
        ["Auto-Submitted", "auto-generated"],
        ["List-Unsubscribe", "<https://x.example/leave>"],
        ["List-Unsubscribe-Post", "List-Unsubscribe=One-Click"],
    ]
    assert len(without) == 1


def _headers(asked: dict[str, Any]) -> list[dict[str, str]]:
    headers: list[dict[str, str]] = asked["Content"]["Simple"]["Headers"]
    return headers


def test_tags_tell_nobody_who_or_what(environment: Callable[[str], None]) -> None:
    """They are shown in consoles and figures: an id of ours and a kind."""
    answering = Answering(200, "")
    with played(answering) as url:
        environment(url)
        mailer().send(ADDRESS, MAIL)

    (asked,) = answering.asked
    assert asked["EmailTags"] == [
        {"Name": "notice", "Value": "a" * 32},
        {"Name": "kind", "Value": "answered"},
    ]


def test_nobody_there_is_tried_again(environment: Callable[[str], None]) -> None:
    """Nothing was handed over, that is certain."""
    environment("http://127.0.0.1:1")

    with pytest.raises(TryAgain):
        mailer().send(ADDRESS, MAIL)


def test_a_cut_line_is_an_answer_lost(
    aws_at: tuple[Aws, str], environment: Callable[[str], None]
) -> None:
    """It was handed over, once: by itself the client sends nothing again."""
    aws, url = aws_at
    line = LossyLine(url.removeprefix("http://"))
    environment(f"http://{line.address}")
    before = len(aws.messages())
    line.lose_the_next_answer()

    with pytest.raises(AnswerLost):
        mailer().send(ADDRESS, MAIL)

    line.close()
    assert len(aws.messages()) == before + 1


# Who we are there


def test_a_role_is_taken_on_with_the_token_that_google_gave(
    aws: Aws, aws_at: tuple[Aws, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No key in the environment: STS gives keys for an hour, for the token alone."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    asked: list[str] = []

    def token() -> str:
        asked.append("token")
        return "a token of Google's"

    session = aws_identity.session_of(
        "arn:aws:iam::123456789012:role/tanggap-badung-notices", AWS_REGION, token
    )
    client = session.client("sesv2", region_name=AWS_REGION)
    for _ in range(2):
        SesMailer(lambda: client, SENDER, "").send(ADDRESS, MAIL)

    assert asked == ["token"]


def test_a_token_that_cannot_be_had_is_tried_again(
    environment: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was handed over without it."""
    environment("http://127.0.0.1:1")
    monkeypatch.setenv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/tanggap-badung-notices")
    monkeypatch.setenv("AWS_AUDIENCE", "tanggap-badung")
    monkeypatch.setenv("GCE_METADATA_HOST", "127.0.0.1:1")
    monkeypatch.setenv("GCE_METADATA_TIMEOUT", "1")
    _forget()

    with pytest.raises(TryAgain):
        mailer().send(ADDRESS, MAIL)
