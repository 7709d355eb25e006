"""Queued notices go out, once; what failed is tried again each minute."""

import json
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest

from shared.adapters.firestore_notices import notices
from shared.domain.notice import Audience, Notice
from shared.usecases.ports import Consumed
from tests.functions.outside import NOW
from tests.functions.region import ROADS, Filed, Region

ADDRESS = "sekar@example.org"
TICK = {"type": "notice.due"}


def queued(region: Region, filed: Filed, kind: str = "answered", **fields: Any) -> str:
    """The id of a notice about the last event of the report."""
    at = region.outside.now
    given = {
        "id": uuid4().hex,
        "kind": kind,
        "audience": Audience.REPORTER,
        "created_at": at,
        "next_attempt_at": at,
        "expires_at": at.replace(year=at.year + 1),
        "code": filed.id,
        "seq": region.report(filed.code)["seq"],
    }
    notice = Notice(**(given | fields))
    notices().add([notice], Consumed("test", notice.id))
    return notice.id


def told(region: Region, notice: str) -> int:
    wire = {"id": notice, "type": "notice.queued", "schema": 1, "code": "", "seq": 0}
    at = region.outside.now.isoformat()
    return region.deliver("send_notice", wire | {"at": at}).status_code


def ticked(region: Region) -> int:
    return region.deliver("send_notice", TICK).status_code


def state(region: Region, notice: str) -> dict[str, Any]:
    return region.in_collection("notices")[notice]


@pytest.fixture
def filed(region: Region) -> Filed:
    """Answered by its agency a moment ago."""
    filed = region.filed(category=ROADS, reporter={"email": ADDRESS})
    region.order(filed.code, "route", agency="dpupr", text="Silakan.")
    region.order(filed.code, "accept", by="dpupr1")
    done = {"outcome": "solved", "text": "Ditambal.", "proof": "Foto."}
    region.order(filed.code, "respond", by="dpupr1", **done)
    return filed


def received(region: Region) -> list[Any]:
    return [each for each in region.outside.aws.messages(to=ADDRESS) if each.at >= NOW]


@pytest.fixture(autouse=True)
def _an_empty_mailbox(region: Region) -> None:
    region.outside.aws._sent.clear()


def test_a_queued_notice_goes_out(region: Region, filed: Filed) -> None:
    """To the contact on file, with the code in it and never the receipt."""
    notice = queued(region, filed)

    assert told(region, notice) == 200
    (mail,) = received(region)
    assert (mail.kind, state(region, notice)["state"]) == ("answered", "sent")
    assert filed.code in mail.text
    assert filed.receipt.replace(" ", "") not in mail.text.replace(" ", "")


def test_an_event_delivered_again_sends_nothing(region: Region, filed: Filed) -> None:
    """At least once is how Pub/Sub delivers."""
    notice = queued(region, filed)

    statuses = [told(region, notice) for _ in range(3)]

    assert (statuses, len(received(region))) == ([200] * 3, 1)


def test_two_deliveries_at_once_send_one_mail(region: Region, filed: Filed) -> None:
    """Of four, three let go."""
    notice = queued(region, filed)
    racers = [Thread(target=told, args=(region, notice)) for _ in range(4)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert len(received(region)) == 1


def test_an_event_that_was_lost_is_made_up_for_by_the_sweep(region: Region, filed: Filed) -> None:
    """A tick says its type and nothing else."""
    queued(region, filed)

    assert [ticked(region), ticked(region)] == [200, 200]
    assert len(received(region)) == 1


def test_an_outage_is_survived_without_dead_letters(region: Region, filed: Filed) -> None:
    """Every delivery is acknowledged; the mail goes out when SES is back."""
    notice = queued(region, filed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(region.outside.aws, "_moto", _away)
        statuses = [told(region, notice)]
        for _ in range(5):
            region.outside.advance(minutes=1)
            statuses.append(ticked(region))
    region.outside.advance(minutes=20)

    assert [*statuses, ticked(region)] == [200] * 7
    assert (state(region, notice)["state"], len(received(region))) == ("sent", 1)


def _away(_environ: Any, start_response: Any) -> list[bytes]:
    start_response("503 Service Unavailable", [("x-amzn-ErrorType", "ServiceUnavailable")])
    return [b"{}"]


def test_a_lease_left_by_somebody_who_was_killed_is_taken_over(
    region: Region, filed: Filed
) -> None:
    """After five minutes, and it counts as a lost answer."""
    notice = queued(region, filed)
    left = {"state": "sending", "lease": "gone", "attempts": 1}
    until = {"lease_until": NOW.replace(minute=NOW.minute + 5)}
    region.store.document("notices", notice).update(
        {**left, **until, "next_attempt_at": until["lease_until"]}
    )
    ticked(region)
    before = len(received(region))
    region.outside.advance(minutes=5)

    ticked(region)

    assert (before, len(received(region))) == (0, 1)
    assert (state(region, notice)["lost"], state(region, notice)["attempts"]) == (1, 2)


@pytest.mark.parametrize("data", [b"no json", {"id": "x"}, {"type": 5}])
def test_what_cannot_be_read_is_parked(region: Region, data: Any) -> None:
    """And acknowledged: no retry can help."""
    assert region.deliver("send_notice", data).status_code == 200
    assert [each["reason"] for each in region.in_collection("parked").values()] == ["unreadable"]
    for id_ in region.in_collection("parked"):
        region.store.document("parked", id_).delete()


def test_a_notice_that_nobody_knows_is_nothing_to_do(region: Region) -> None:
    """It was swept away long after it ended."""
    assert told(region, "f" * 32) == 200


def test_no_line_of_the_log_holds_an_address_or_a_text(
    region: Region, filed: Filed, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ids and outcomes only, also when it fails."""
    notice = queued(region, filed)
    broken = queued(region, filed, kind="no_such_kind")
    capsys.readouterr()

    told(region, notice)
    ticked(region)

    lines = capsys.readouterr().out
    assert "sekar" not in lines.lower()
    assert filed.id not in lines
    logged = [json.loads(line) for line in lines.splitlines()]
    assert {"notice": notice, "outcome": "sent"}.items() <= logged[0].items()
    assert [each["notice"] for each in logged if each["message"] == "notice failed"] == [broken]
    region.store.document("notices", broken).delete()


def test_officers_see_which_messages_went_out(region: Region, filed: Filed) -> None:
    """Kinds, states and times; never an address."""
    told(region, queued(region, filed))

    view = region.desk(f"/reports/{filed.code}").json

    (line,) = [each for each in view["notices"] if each["kind"] == "answered"]
    assert (line["to"], line["state"], line["reason"]) == ("reporter", "sent", None)
    assert "sekar" not in json.dumps(view["notices"])
