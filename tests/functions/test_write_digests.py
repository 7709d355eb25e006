"""The day's mails as they are deployed: on the store, at the region's time, called again."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tests.functions.region import ROADS, Region, Topic, client_of


def written(region: Region, at: datetime) -> int:
    region.outside.now = at
    answer = client_of("write_digests").post("/")
    assert answer.status_code == 200, answer.text
    return int(answer.json["digests"])


def with_work(region: Region) -> None:
    """An agency has a report to answer."""
    report = region.filed(category=ROADS)
    region.order(report.code, "route", agency="dpupr", text="Silakan.")


def test_on_a_working_morning_digests_are_written_once(region: Region) -> None:
    """Of agencies with work, and of the verifiers; none on a Sunday, none before eight."""
    sunday = datetime.fromisoformat("2026-11-29T09:00+08:00")
    mornings = [sunday, sunday + timedelta(hours=22), sunday + timedelta(hours=23)]

    with_work(region)
    before = region.in_collection("notices").keys()
    numbers = [written(region, at) for at in (*mornings, *mornings)]

    new = [each for id_, each in region.in_collection("notices").items() if id_ not in before]
    assert numbers == [0, 0, len(new), 0, 0, 0]
    assert {notice["kind"] for notice in new} == {"digest", "queue"}


def test_each_goes_out_at_once_without_waiting_for_the_relay(
    region: Region, emulators: Mapping[str, str]
) -> None:
    """They are read first thing in the morning."""
    topic = Topic(region.store.project, emulators["PUBSUB_EMULATOR_HOST"], "notices")
    with_work(region)
    before = set(region.in_collection("notices"))

    number = written(region, datetime.fromisoformat("2026-12-01T08:00+08:00"))

    new = set(region.in_collection("notices")) - before
    sent = {each["id"] for each in topic.messages()}
    assert new <= sent
    assert len(new) == number
    assert not new & set(region.in_collection("outbox"))
