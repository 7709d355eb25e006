"""What became of mails, as SNS posts it: signed, late, twice, in any order."""

import json
from typing import Any
from uuid import uuid4

import pytest
from werkzeug.test import TestResponse

from shared.adapters import sns_messages
from shared.adapters.firestore_bounces import bounces
from shared.adapters.firestore_notices import notices
from shared.domain import sending
from shared.domain.answer_links import leave_token
from shared.domain.notice import Audience, Notice, NoticeState
from shared.usecases.ports import Consumed
from tests.functions.outside import NOW
from tests.functions.region import Filed, Region, client_of
from tests.functions.sns import (
    CERTIFICATE_URL,
    bounce,
    certificate,
    complaint,
    notification,
    ses,
    signed,
)

ADDRESS = "sekar@example.org"


class Amazon:
    """Gives the certificate that its address names, and counts who asks."""

    def __init__(self) -> None:
        self.fetched: list[str] = []

    def __call__(self, url: str) -> bytes:
        self.fetched.append(url)
        return certificate()


@pytest.fixture
def amazon(region: Region) -> Amazon:
    amazon, sns = Amazon(), sns_messages.sns_messages()
    sns._fetch = amazon
    sns._keys.clear()
    return amazon


@pytest.fixture(autouse=True)
def _nobody_refused(region: Region) -> None:
    for id_ in region.in_collection("refused"):
        region.store.document("refused", id_).delete()


def posted(message: Any) -> TestResponse:
    """SNS says that its JSON is plain text."""
    text = message if isinstance(message, str) else json.dumps(message)
    return client_of("record_delivery").post(
        "/api/deliveries", data=text, content_type="text/plain; charset=UTF-8"
    )


def told(event: Any, **fields: str) -> TestResponse:
    return posted(signed(notification(event, **fields)))


def kept(region: Region, notice: Notice) -> dict[str, Any]:
    return region.in_collection("notices")[notice.id]


@pytest.fixture
def sent(region: Region, amazon: Amazon) -> Notice:
    """Its provider calls it by a name of its own."""
    queued = a_notice()
    notices().add([queued], Consumed("test", queued.id))
    leased = sending.leased(loaded(queued), "lease", NOW)
    mine = notices().change(loaded(queued), leased)
    assert mine
    done = notices().change(mine, sending.sent(mine, f"p-{queued.id}", NOW))
    assert done
    return done


def a_notice(code: str = "7K3M9QX2WDQ") -> Notice:
    return Notice(
        id=uuid4().hex,
        kind="answered",
        audience=Audience.REPORTER,
        created_at=NOW,
        next_attempt_at=NOW,
        expires_at=NOW.replace(year=2027),
        code=code,
        seq=1,
    )


def loaded(notice: Notice) -> Notice:
    found = notices().load(notice.id)
    assert found
    return found


def of(notice: Notice) -> dict[str, Any]:
    """The provider's own name of it, as its results carry it."""
    return {"mail": {"messageId": notice.provider_id}}


RESULTS = {
    "delivered": (lambda mail: ses("Delivery", delivery={}, **mail), "delivered", None, False),
    "bounced": (lambda mail: bounce(**mail), "failed", "bounced", True),
    "mailbox away": (lambda mail: bounce("Transient", **mail), "failed", "mailbox-away", False),
    "complained": (lambda mail: complaint(**mail), "delivered", "complained", True),
    "rejected": (lambda mail: ses("Reject", **mail), "failed", "message-rejected", False),
    "opened": (lambda mail: ses("Open", **mail), "sent", None, False),
}


@pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)
@pytest.mark.parametrize("version", ["1", "2"])
def test_a_result_becomes_the_notices_state(
    region: Region, sent: Notice, result: Any, version: str
) -> None:
    """Twice is no error; only who is gone or complains is not written to again."""
    event, state, reason, refused = result

    answers = [told(event(of(sent)), SignatureVersion=version).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert (kept(region, sent)["state"], kept(region, sent)["reason"]) == (state, reason)
    assert bounces().is_refused(ADDRESS) is refused


def test_the_older_kind_of_notification_is_read_too(region: Region, sent: Notice) -> None:
    """It names its type otherwise."""
    event = ses("", **of(sent)) | {"notificationType": "Delivery"}
    del event["eventType"]

    assert told(event).status_code == 200
    assert kept(region, sent)["state"] == "delivered"


def test_what_bounced_stays_so_when_it_is_called_delivered_later(
    region: Region, sent: Notice
) -> None:
    """Results overtake each other."""
    for event in (bounce(**of(sent)), ses("Delivery", **of(sent))):
        told(event)

    assert kept(region, sent)["state"] == "failed"


def test_a_result_that_is_earlier_than_our_own_note_comes_again(
    region: Region, amazon: Amazon
) -> None:
    """SNS tries for an hour; afterwards it is nobody's."""
    unknown = ses("Delivery", mail={"messageId": "p-unknown"})

    early = told(unknown)
    region.outside.advance(hours=1)
    late = told(unknown)

    assert (early.status_code, early.headers["Retry-After"]) == (503, "5")
    assert (late.status_code, late.json) == (200, {"recorded": "not ours"})


def test_our_tag_finds_a_notice_whose_answer_was_lost(region: Region, amazon: Amazon) -> None:
    """So it is not sent a second time."""
    queued = a_notice()
    notices().add([queued], Consumed("test", queued.id))
    notices().change(loaded(queued), sending.leased(loaded(queued), "lease", NOW))
    tagged = {"messageId": "p-lost", "tags": {"notice": [queued.id], "ses:caller": ["x"]}}

    told(ses("Delivery", mail=tagged))

    after = loaded(queued)
    assert (after.state, after.provider_id) == (NoticeState.DELIVERED, "p-lost")
    assert after.next_attempt_at is None


# Whose message it is


FORGERIES = {
    "another key": lambda: signed(notification(ses("Delivery")), by="somebody"),
    "no signature": lambda: notification(ses("Delivery")),
    "a changed message": lambda: (
        signed(notification(ses("Delivery"))) | {"Message": json.dumps(bounce())}
    ),
    "an unknown version": lambda: signed(notification(ses("Delivery"))) | {"SignatureVersion": "3"},
    "another topic": lambda: signed(notification(ses("Delivery"), TopicArn="arn:aws:sns:x:1:y")),
    "a signature that is none": lambda: notification(ses("Delivery")) | {"Signature": "%%%"},
    "an unknown type": lambda: signed(notification(ses("Delivery"))) | {"Type": "Unsubscribe"},
    "no type": lambda: {"TopicArn": notification("x")["TopicArn"]},
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES)
def test_what_sns_did_not_sign_changes_nothing(
    region: Region, sent: Notice, amazon: Amazon, forgery: Any
) -> None:
    """401, and no address is refused on a stranger's word."""
    assert posted(forgery()).status_code == 401
    assert kept(region, sent)["state"] == "sent"
    assert not bounces().is_refused(ADDRESS)


HOSTS = [
    "https://sns.ap-southeast-3.amazonaws.com.evil.example/c.pem",
    "https://evil.example/sns.ap-southeast-3.amazonaws.com.pem",
    "http://sns.ap-southeast-3.amazonaws.com/c.pem",
    "https://sns.ap-southeast-3.amazonaws.com@evil.example/c.pem",
    "https://sns.ap-southeast-3.amazonaws.com:8443/c.pem",
    "https://s3.ap-southeast-3.amazonaws.com/bucket/c.pem",
    "file:///etc/passwd",
    "",
]


@pytest.mark.parametrize("url", HOSTS)
def test_a_certificate_is_fetched_from_sns_only(region: Region, amazon: Amazon, url: str) -> None:
    """From nowhere else is anything even asked for."""
    answer = told(ses("Delivery"), SigningCertURL=url)

    assert (answer.status_code, amazon.fetched) == (401, [])


def test_a_certificate_is_fetched_once(sent: Notice, amazon: Amazon) -> None:
    """And kept as long as the process lives."""
    for _ in range(3):
        told(ses("Delivery", **of(sent)))

    assert amazon.fetched == [CERTIFICATE_URL]


CONFIRM = "https://sns.ap-southeast-3.amazonaws.com/?Action=ConfirmSubscription&Token=t"


def subscription(**fields: str) -> dict[str, str]:
    asked = {"Type": "SubscriptionConfirmation", "SubscribeURL": CONFIRM, "Token": "t"}
    return notification("You have chosen to subscribe.", **(asked | fields))


def test_the_topics_own_subscription_is_confirmed(region: Region, amazon: Amazon) -> None:
    """By a visit to the address that SNS gives."""
    assert posted(signed(subscription())).status_code == 200
    assert amazon.fetched == [CERTIFICATE_URL, CONFIRM]


@pytest.mark.parametrize(
    "fields",
    [{"TopicArn": "arn:aws:sns:x:1:y"}, {"SubscribeURL": "https://evil.example/confirm"}],
)
def test_no_other_subscription_is_confirmed(
    region: Region, amazon: Amazon, fields: dict[str, str]
) -> None:
    """Whoever else subscribes us, we agree to nothing and visit nobody."""
    assert posted(signed(subscription(**fields))).status_code == 401
    assert set(amazon.fetched) <= {CERTIFICATE_URL}


@pytest.mark.parametrize("text", ["", "no json", "[]", '"text"', "null"])
def test_what_is_no_message_is_malformed(region: Region, amazon: Amazon, text: str) -> None:
    """400, as everywhere."""
    assert posted(text).status_code == 400


@pytest.mark.parametrize("event", ["no json", "{}", {"eventType": "Bounce"}])
def test_a_signed_message_of_another_kind_is_malformed(
    region: Region, amazon: Amazon, event: Any
) -> None:
    """Such as the test that SES publishes when it is set up."""
    assert told(event).status_code == 400


# One click


def test_one_click_ends_the_mails(region: Region) -> None:
    """As the reader's mail program makes it; again is no error."""
    filed = region.filed(reporter={"email": ADDRESS})
    notice = about(filed)

    answers = [left(leave_token(notice.id, key=b"k" * 32)).status_code for _ in range(2)]

    assert answers == [200, 200]
    assert bounces().is_refused(ADDRESS)


@pytest.mark.parametrize("token", ["x", "a" * 32 + "." + "b" * 16, "." * 40, "%00"])
def test_a_link_that_is_not_ours_ends_nothing(region: Region, token: str) -> None:
    """404, whoever guesses."""
    assert left(token).status_code == 404
    assert not bounces().is_refused(ADDRESS)


def about(filed: Filed) -> Notice:
    notice = a_notice(filed.id)
    notices().add([notice], Consumed("test", notice.id))
    return notice


def left(token: str) -> TestResponse:
    return client_of("record_delivery").post(
        f"/api/deliveries/{token}", data={"List-Unsubscribe": "One-Click"}
    )


def test_no_line_of_the_log_holds_an_address(
    region: Region, sent: Notice, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever SES says about it."""
    told(bounce(**of(sent)))
    posted(signed(notification(bounce()), by="somebody"))

    assert "sekar" not in capsys.readouterr().out
