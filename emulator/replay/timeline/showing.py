"""The timeline as somebody at a terminal sees it: the date going by, then the sums."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from emulator import region
from emulator.desk_client import DeskClient
from emulator.own_cloud import own_cloud
from emulator.region import Region
from emulator.replay import filing, fitting_region
from emulator.replay.rows import Row, UnreadableFile
from emulator.replay.timeline import history, reckoning
from emulator.replay.timeline.history import Past
from emulator.replay.timeline.passing import Passing
from emulator.replay.timeline.reckoning import Climbed, Line

# The last report's deadlines, its reporter's ten working days and the holidays between them.
_AFTER_THE_LAST = timedelta(days=45)
_BEFORE_THE_FIRST = timedelta(minutes=5)
_COORDINATOR = f"coordinator@{fitting_region.MODEL}.example"


@dataclass(frozen=True, slots=True)
class Told:
    """`undone`: deeds of the file that the system said no to."""

    lines: tuple[Line, ...]
    refused: Mapping[str, int]
    climbed: Climbed
    undone: Sequence[str]

    @property
    def is_whole(self) -> bool:
        return not self.undone and all(line.is_equal for line in self.lines)


def play(rows: Sequence[Row], file: str, infra: Path, threads: int, console: Console) -> bool:
    """Whether every sum agrees. Raises UnreadableFile, ChildFailed, Unreachable."""
    found = history.pasts(rows)
    fitting = fitting_region.built(rows)
    if fitting is None:
        raise UnreadableFile("the file does not say which agency answered what; --map agency=…")
    fitting_region.write(fitting, infra)
    here = region.read(fitting_region.MODEL, infra)
    hours = history.hours(found)
    options = ("--region", fitting_region.MODEL, "--infra", str(infra))
    with own_cloud(*options, clock=hours[0].at - _BEFORE_THE_FIRST) as url:
        client = DeskClient(url, connections=threads)
        passing = _passing(client, here, file, threads)
        _pass(passing, hours, here, console)
        told = _told(passing, found, here, threads)
        _show(told, file, console)
    return told.is_whole


def _passing(client: DeskClient, here: Region, file: str, threads: int) -> Passing:
    agencies = {agency.name: id_ for id_, agency in here.directory.agencies.items()}
    heads = {each["agency"]: each["email"] for each in client.emulator("officers") if each["head"]}
    known = filing.known(client.directory())
    return Passing(client, known, agencies, heads, file, threads)


def _pass(passing: Passing, hours: Sequence[history.Hour], here: Region, console: Console) -> None:
    deeds = sum(len(hour.deeds) for hour in hours)
    zone = ZoneInfo(here.directory.zone)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=deeds)
        for at, done in passing.run(hours, hours[-1].at + _AFTER_THE_LAST):
            local = at.astimezone(zone)
            progress.update(task, advance=done, description=f"{local:%a %d %b %Y %H:%M}")


def _told(passing: Passing, found: Sequence[Past], here: Region, threads: int) -> Told:
    client, outcomes = passing.client, passing.outcomes
    now = datetime.fromisoformat(client.emulator("clock")["now"])
    climbed = reckoning.climbed(client, _COORDINATOR, passing.reports, threads)
    lines = reckoning.lines(
        found,
        outcomes,
        reckoning.per_file(found, outcomes, here.calendar),
        reckoning.per_scoreboard(client, *reckoning.days_of(found, now)),
        climbed.unrouted,
    )
    return Told(lines, reckoning.refusals(outcomes), climbed, passing.undone)


def _sums(told: Told, file: str) -> Table:
    table = Table("", "file", "system", "", title=f"The timeline of {file}", box=None)
    for line in told.lines:
        equal = "equal" if line.is_equal else "[red]not equal[/]"
        table.add_row(line.about, str(line.file), str(line.system), equal)
    for reason, count in sorted(told.refused.items()):
        table.add_row(f"  refused: {reason}", "", str(count), "")
    return table


def _rungs(climbed: Climbed) -> Table:
    table = Table("rung", "told", "passed with a higher one", title="The ladder", box=None)
    for rung in sorted(climbed.rungs.keys() | climbed.passed.keys()):
        passed = climbed.passed.get(rung, 0)
        table.add_row(rung, str(climbed.rungs.get(rung, 0)), str(passed or ""))
    return table


def _show(told: Told, file: str, console: Console) -> None:
    console.print(_sums(told, file), "", _rungs(told.climbed))
    for reason in told.undone[:10]:
        console.print(f"[red]Not done:[/] {reason}", soft_wrap=True)
