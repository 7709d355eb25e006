"""The file's own sums beside the scoreboard's: what has to be equal, and whether it is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from emulator.desk_client import DeskClient
from emulator.replay.filing import Outcome
from emulator.replay.timeline.history import Past
from shared.domain.calendar import Calendar

# The response row of infra/policy.yaml, told here once more: a sum is no proof of itself.
WORKING_DAYS_TO_ANSWER = 5
_ROWS_AT_ONCE = timedelta(days=300)
_IN_TIME, _LATE, _NEVER = "answered in time", "answered late", "never answered"


@dataclass(frozen=True, slots=True)
class Line:
    about: str
    file: int
    system: int

    @property
    def is_equal(self) -> bool:
        return self.file == self.system


@dataclass(frozen=True, slots=True)
class Climbed:
    """`rungs`: what each of them did; `passed`: those recorded with a higher one after an outage.

    `unrouted`: reports that no agency ever had, so that no answer was ever due.
    """

    rungs: Mapping[str, int]
    passed: Mapping[str, int]
    unrouted: int


def per_file(
    found: Iterable[Past], outcomes: Mapping[int, Outcome], calendar: Calendar
) -> Counter[str]:
    """Of each row that became a report, by the dates of the file alone."""
    first: set[str] = set()
    counted: Counter[str] = Counter()
    for past in found:
        code = outcomes[past.number].code
        if code and code not in first:
            first.add(code)
            counted[_kept(past, calendar)] += 1
    return counted


def per_scoreboard(client: DeskClient, since: date, until: date) -> Counter[str]:
    """As everybody reads it; it tells of a year at most, so it is asked more than once."""
    counted: Counter[str] = Counter()
    while since <= until:
        last = min(since + _ROWS_AT_ONCE, until)
        total = client.scoreboard(since, last)["total"]
        counted.update({name: total[name] for name in ("on_time", "late", "unanswered")})
        since = last + timedelta(days=1)
    return counted


def refusals(outcomes: Mapping[int, Outcome]) -> Counter[str]:
    return Counter(outcome.refused for outcome in outcomes.values() if outcome.refused)


def climbed(client: DeskClient, email: str, codes: Iterable[str], threads: int) -> Climbed:
    rungs, passed, unrouted = Counter[str](), Counter[str](), 0
    with ThreadPoolExecutor(threads) as pool:
        for view in pool.map(lambda code: client.read_as(email, code).body, codes):
            unrouted += all(clock["kind"] != "response" for clock in view["clocks"])
            for event in view["timeline"]:
                rungs.update(_rung(event))
                passed.update(each.partition("#")[0] for each in event.get("passed") or ())
    return Climbed(rungs, passed, unrouted)


def lines(
    found: Iterable[Past],
    outcomes: Mapping[int, Outcome],
    file: Mapping[str, int],
    board: Mapping[str, int],
    unrouted: int,
) -> tuple[Line, ...]:
    codes = {outcome.code for outcome in outcomes.values() if outcome.code}
    again = sum(outcome.code is not None for outcome in outcomes.values()) - len(codes)
    refused = sum(outcome.refused is not None for outcome in outcomes.values())
    return (
        Line("rows", sum(1 for _ in found), len(codes) + again + refused),
        Line("reports", sum(file.values()), len(codes)),
        Line(_IN_TIME, file.get(_IN_TIME, 0), board["on_time"]),
        Line(_LATE, file.get(_LATE, 0), board["late"]),
        Line(_NEVER, file.get(_NEVER, 0), board["unanswered"] + unrouted),
    )


def _kept(past: Past, calendar: Calendar) -> str:
    if past.answered is None:
        return _NEVER
    due = calendar.add(calendar.day_of(past.submitted), WORKING_DAYS_TO_ANSWER, "WD")
    return _IN_TIME if calendar.day_of(past.answered) <= due else _LATE


def _rung(event: Mapping[str, object]) -> Iterator[str]:
    if event["type"] in ("reminded", "escalated"):
        yield str(event["rung"]).partition("#")[0]
    elif event["type"] == "expired":
        yield "expired"


def days_of(found: Iterable[Past], now: datetime) -> tuple[date, date]:
    """From the first filing to yesterday: what falls due today may still be kept."""
    return min(past.submitted for past in found).date(), now.date() - timedelta(days=1)
