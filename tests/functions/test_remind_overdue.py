"""The ladder as it is deployed: on the store, at the region's time, called again and again."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from google.api_core.exceptions import InvalidArgument

from shared.adapters import firestore_reports
from shared.edge.replies.problems import ProblemDetails
from shared.edge.replies.reports import ReportView
from shared.edge.replies.runs import LadderSwept
from tests.functions.region import ROADS, Filed, Region, client_of, living_in

# Filed on Saturday, 21 November 2026: verification ends on Wednesday night.
REMINDED = datetime.fromisoformat("2026-11-24T08:00+08:00").astimezone(UTC)
ESCALATED = datetime.fromisoformat("2026-11-26T08:00+08:00").astimezone(UTC)
A_MONTH_LATER = datetime.fromisoformat("2026-12-28T08:00+08:00").astimezone(UTC)
# Nothing in it says where or what: nobody's report.
HELPLESS = "Mohon dibantu, terima kasih banyak."
NOBODY = "127.0.0.1:1"


class Killed(BaseException):
    """The process ends: no handler sees it."""


@pytest.fixture(autouse=True)
def nothing_is_due(region: Region) -> None:
    """Reports of the other tests here were filed in another life."""
    for id_ in region.in_collection("reports"):
        region.store.document("reports", id_).delete()
    region.topic.messages()


def swept(region: Region, at: datetime) -> LadderSwept:
    region.outside.now = at
    answer = client_of("remind_overdue").post("/")
    assert answer.status_code == 200, answer.text
    return LadderSwept.model_validate(answer.json)


def filed(region: Region, number: int, **fields: Any) -> list[Filed]:
    return [region.filed(body=HELPLESS, **fields) for _ in range(number)]


def rungs(region: Region, report: Filed) -> list[str]:
    """Those told of, as the timeline has them."""
    events = region.store.collection("reports", report.id, "timeline").stream()
    facts = [event.get("content.facts") for event in events]
    return [each["rung"] for each in facts if "rung" in each]


def answered(region: Region) -> Filed:
    report = region.filed(category=ROADS)
    answer = {"outcome": "explained", "cause": "anggaran", "text": "Dianggarkan tahun depan."}
    region.order(report.code, "route", agency="dpupr", text="Silakan.")
    assert region.order(report.code, "respond", by="dpupr1", **answer).status_code == 200
    return report


def test_a_deadline_that_comes_near_is_told_of_and_then_one_missed(region: Region) -> None:
    """First the verifiers, then the coordinator; each with its event on the topic."""
    [report] = filed(region, 1)
    region.topic.messages()

    first, second = swept(region, REMINDED), swept(region, ESCALATED)

    assert (first.events, second.events) == ({"reminded": 1}, {"escalated": 1})
    assert rungs(region, report) == ["verification-1#1", "verification+0#1"]
    types = [message["type"] for message in region.topic.messages()]
    assert types == ["report.reminded", "report.escalated"]


def test_called_twice_it_tells_once(region: Region) -> None:
    """The scheduler may call again at any time."""
    [report] = filed(region, 1)

    assert swept(region, ESCALATED).reports == 1
    again = swept(region, ESCALATED)
    assert again == LadderSwept(reports=0, events={}, failed=0, left=0)
    assert rungs(region, report) == ["verification+0#1"]


def test_what_nobody_came_to_is_routed_where_the_rules_suggest(region: Region) -> None:
    """The coordinator is told, and the agency's days begin."""
    report = region.filed(category=ROADS)

    assert swept(region, ESCALATED).events == {"escalated": 1, "routed": 1}
    assert region.report(report.code)["agency"] == "dpupr"


def test_an_answer_without_reply_is_closed_after_a_reminder(region: Region) -> None:
    """Ten working days from the answer; the reporter is reminded three before the end."""
    report = answered(region)

    swept(region, datetime.fromisoformat("2026-12-02T08:00+08:00"))
    swept(region, datetime.fromisoformat("2026-12-07T08:00+08:00"))

    stored = region.report(report.code)
    assert rungs(region, report) == ["reporter-3#1"]
    assert (stored["status"], stored["outcome"]) == ("closed", "no_reply")


def test_two_sweeps_at_once_tell_once(region: Region) -> None:
    """Two instances, one store: the timeline is the lock."""
    reports = filed(region, 30)
    region.outside.now = ESCALATED

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: client_of("remind_overdue").post("/"), range(2)))

    assert [answer.status_code for answer in answers] == [200, 200]
    assert sum(answer.json["reports"] for answer in answers) == len(reports)
    assert {tuple(rungs(region, report)) for report in reports} == {("verification+0#1",)}


def test_killed_between_two_groups_it_goes_on_at_the_next_tick(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of sixty reports some are told of; the next call tells of the others."""
    reports = filed(region, 60)
    numbers, save = count(), firestore_reports.save

    def die_after_one(*commit: Any) -> Any:
        if next(numbers):
            raise Killed
        return save(*commit)

    with monkeypatch.context() as patch:
        patch.setattr(firestore_reports, "save", die_after_one)
        with pytest.raises(Killed):
            swept(region, ESCALATED)
    done = sum(bool(rungs(region, report)) for report in reports)

    assert 0 < done < len(reports)
    assert swept(region, ESCALATED).reports == len(reports) - done
    assert {tuple(rungs(region, report)) for report in reports} == {("verification+0#1",)}


def test_a_month_later_only_the_highest_rung_is_told_of(region: Region) -> None:
    """One mail about each clock, not one for each morning of the outage."""
    [report] = filed(region, 1)

    swept(region, A_MONTH_LATER)

    assert rungs(region, report) == ["verification+2#1", "legal+0#1"]
    assert "verification-1#1" in region.report(report.code)["rungs"]
    assert region.report(report.code)["oversight_offered"] is True


def test_the_reporter_reads_who_was_told_and_who_is_next(region: Region) -> None:
    """As the OpenAPI page describes it."""
    [report] = filed(region, 1)
    swept(region, ESCALATED)

    view = region.read(report.code, report.receipt).json
    event = view["timeline"][-1]

    ReportView.model_validate_json(json.dumps(view), strict=True)
    assert (event["type"], event["clock"], event["to"]) == (
        "escalated",
        "verification",
        ["coordinator"],
    )
    assert event["next"] == {"to": ["inspectorate"], "at": "2026-11-30T00:00:00Z"}


# A report that fails


@pytest.fixture
def poison(region: Region) -> Filed:
    """First in line, and not to be made out."""
    [report] = filed(region, 1)
    region.outside.advance(hours=1)
    region.store.document("reports", report.id).update({"status": "nonsense"})
    return report


def test_poison_first_in_line_holds_up_nobody(region: Region, poison: Filed) -> None:
    """It is counted and put off; all behind it are told of."""
    others = filed(region, 30)

    result = swept(region, ESCALATED)

    stored = region.report(poison.code)
    assert (result.reports, result.failed) == (30, 1)
    assert stored["next_tick_at"] == ESCALATED + timedelta(minutes=5)
    assert stored["tick_failures"] == 1
    assert {tuple(rungs(region, report)) for report in others} == {("verification+0#1",)}
    assert swept(region, ESCALATED).failed == 0


def test_a_failure_is_logged_without_what_was_written(
    region: Region, poison: Filed, capsys: pytest.CaptureFixture[str]
) -> None:
    """The code and the place, for who looks into it."""
    swept(region, ESCALATED)

    said = capsys.readouterr().out
    [line] = [json.loads(each) for each in said.splitlines() if "report failed" in each]
    assert (line["severity"], line["report"]) == ("ERROR", poison.id)
    assert line["where"].startswith("Unreadable at ")
    assert not [word for word in (HELPLESS, "nonsense") if word in said]


@pytest.fixture
def huge(region: Region) -> Iterator[Filed]:
    """As large as a document may be: it can be read, and takes no further field."""
    [report] = filed(region, 1)
    region.outside.advance(hours=1)
    document = region.store.document("reports", report.id)
    size = 0
    for more in (2**bit for bit in range(20, -1, -1)):
        with suppress(InvalidArgument):
            document.update({"body": "x" * (size + more)})
            size += more
    yield report
    document.delete()


def test_a_document_that_takes_no_more_holds_up_nobody(region: Region, huge: Filed) -> None:
    """Its commit is refused with all the others'; one by one they stand."""
    others = filed(region, 30)

    result = swept(region, ESCALATED)

    assert (result.reports, result.failed) == (30, 1)
    assert {tuple(rungs(region, report)) for report in others} == {("verification+0#1",)}


def test_while_the_store_is_away_it_is_called_again(region: Region) -> None:
    """503: the scheduler's next call finds everything as it was."""
    with living_in({"FIRESTORE_EMULATOR_HOST": NOBODY}):
        answer = client_of("remind_overdue").post("/")

    assert ProblemDetails.model_validate(answer.json).code == "store-away"
