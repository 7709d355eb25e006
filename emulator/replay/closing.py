"""What became of every row, in one table, and what to do next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table

from emulator.replay.filing import Outcome
from emulator.replay.routing import Routed


@dataclass(frozen=True, slots=True)
class Result:
    outcomes: Sequence[Outcome]
    routed: Routed | None
    filing_seconds: float
    all_seconds: float

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(outcome.code for outcome in self.outcomes if outcome.code)

    @property
    def refused(self) -> Counter[str]:
        return Counter(outcome.refused for outcome in self.outcomes if outcome.refused)

    @property
    def failed(self) -> Counter[str]:
        return Counter(outcome.failed for outcome in self.outcomes if outcome.failed)

    @property
    def lost(self) -> int:
        """Without any answer, or answered with a code that the desk does not know."""
        unanswered = sum(outcome.unanswered is not None for outcome in self.outcomes)
        return unanswered + (self.routed.missing if self.routed else 0)

    @property
    def is_whole(self) -> bool:
        return not (self.lost or self.failed)


def table(result: Result, name: str) -> Table:
    found = Table("", "", "", title=f"Replay of {name}", box=None, show_header=False)
    for about, count, more in _lines(result):
        found.add_row(about, str(count), more)
    return found


def conclusion(result: Result, url: str, *, is_own: bool) -> str:
    if not result.is_whole:
        why = next((each.unanswered for each in result.outcomes if each.unanswered), None)
        told = f" {why}." if why else ""
        return f"[red]Something was lost or failed.[/]{told} Run it again: nothing is filed twice."
    if is_own:
        return "Every row was filed or refused with a reason. Nothing was kept; --url keeps it."
    return (
        "Every row was filed or refused with a reason; running it again files nothing twice. "
        f"Look at one: {url}/api/reports/{min(result.codes, default='<code>')}"
    )


def _lines(result: Result) -> Iterator[tuple[str, object, str]]:
    rows, codes = len(result.outcomes), len(result.codes)
    filed = sum(outcome.code is not None for outcome in result.outcomes)
    yield "rows", rows, ""
    yield "became reports", filed, _share(filed, rows)
    if filed > codes:
        yield "  the same row again", filed - codes, "ids that stand in the file more than once"
    yield "refused", result.refused.total(), _share(result.refused.total(), rows)
    for reason, count in result.refused.most_common():
        yield f"  {reason}", count, ""
    yield "lost", result.lost, ""
    yield "5xx", result.failed.total(), "; ".join(result.failed)
    yield from _routing(result.routed, codes)
    rate = rows / result.filing_seconds if result.filing_seconds else 0
    yield "reports a second", f"{rate:.0f}", f"{result.filing_seconds:.0f} s of filing"
    yield "duration", f"{result.all_seconds:.0f} s", "with start, routing and counting"


def _routing(routed: Routed | None, codes: int) -> Iterator[tuple[str, object, str]]:
    if routed is None:
        yield "routed by rule", "?", "only a local cloud lets a verifier in to count"
        return
    yield "routed by rule", routed.by_rule, _share(routed.by_rule, codes)
    yield "for verifiers", routed.for_verifiers, _share(routed.for_verifiers, codes)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else ""
