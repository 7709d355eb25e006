"""What the demo leaves behind, and what to look at next."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table

from emulator.demo.performance import Result
from emulator.demo.playing import Filed

_MOST_FAILURES = 20
# Reports worth a look, by the story they went through.
_WORTH_A_LOOK = (
    ("solved", "Answered, and confirmed as solved"),
    ("objected_twice", "Two objections: the coordinator has to decide"),
    ("promised", "A promise with its own clock"),
    ("supervisory", "About an official: the public sees the status and the clocks"),
    ("waiting", "Nobody has looked at it yet"),
)


def tables(result: Result) -> RenderableType:
    found: list[RenderableType] = [_statuses(result), _commands(result)]
    if result.failures:
        found.append(_failures(result))
    return Group(*found)


def conclusion(result: Result, url: str, *, stays: bool) -> str:
    if result.failures:
        return (
            f"[red]{len(result.failures)} of {len(result.filed)} stories came to a halt.[/] "
            "Compare the reason with emulator/demo/stories.yaml."
        )
    if not stays:
        return "Every story was played. To look around: make demo while make run is up, or --keep"
    return "\n".join(["Every story was played. What to look at next:", *_looks(result, url)])


def _statuses(result: Result) -> Table:
    table = Table("status", "reports", title=f"{len(result.filed)} reports", box=None, min_width=30)
    for status, count in sorted(result.statuses.items(), key=lambda item: -item[1]):
        table.add_row(status, str(count))
    return table


def _commands(result: Result) -> Table:
    table = Table("command", "done", "refused", title="Commands", box=None)
    table.add_row("submit", str(len(result.filed)), "0")
    for command in sorted({*result.done, *(each.split(":")[0] for each in result.refused)}):
        refused = {
            reason: count
            for reason, count in result.refused.items()
            if reason.startswith(f"{command}:")
        }
        told = "; ".join(f"{count} × {reason.split(': ')[1]}" for reason, count in refused.items())
        table.add_row(command, str(result.done.get(command, 0)), told or "0")
    return table


def _failures(result: Result) -> Table:
    table = Table("report", "story", "where", "reason", title="[red]Came to a halt[/]", box=None)
    for failure in result.failures[:_MOST_FAILURES]:
        filed = failure.filed
        number = f"{filed.code} (no. {filed.planned.number + 1})"
        table.add_row(number, filed.planned.story.name, failure.where, failure.reason)
    return table


def _looks(result: Result, url: str) -> Iterator[str]:
    for story, about in _WORTH_A_LOOK:
        filed = _first(result, story)
        if filed:
            yield f"  {about}: {url}/api/reports/{filed.code}"
    own = _first(result, "awaiting_reporter")
    if own:
        receipt = own.receipt.replace(" ", "")
        yield f"  As a reporter whose turn it is: curl -H 'Authorization: Receipt {receipt}' \\"
        yield f"    {url}/api/reports/{own.code}"
    yield f"  Officers to sign in as: {url}/_emulator/officers"


def _first(result: Result, story: str) -> Filed | None:
    return next((one for one in result.filed if one.planned.story.name == story), None)
