"""The whole performance: everything is filed first, then each report goes through its story."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from rich.console import Console

from emulator.bars import each
from emulator.connection import Unreachable
from emulator.demo.playing import Failure, Filed, Play
from emulator.demo.stage import Stage
from emulator.demo.stories import Planned
from emulator.demo.wording import Setting

THREADS = 6
# Reports that nobody has touched: a duplicate is merged into one of them.
_UNTOUCHED = "waiting"


@dataclass(frozen=True, slots=True)
class Result:
    """Commands by how often they were done and refused; `failures` are not in the stories."""

    filed: tuple[Filed, ...]
    statuses: Mapping[str, int]
    done: Mapping[str, int]
    refused: Mapping[str, int]
    failures: tuple[Failure, ...]


def perform(stage: Stage, planned: Sequence[Planned], console: Console) -> Result:
    filed = each(
        "Filing reports", planned, lambda one: _filed(stage, one), threads=THREADS, console=console
    )
    targets = merge_targets(filed)
    plays = [Play(one, stage.client, _setting(stage, targets, one)) for one in filed]
    failures = each("Playing their stories", plays, Play.run, threads=THREADS, console=console)
    acts = [act for play in plays for act in play.acts]
    return Result(
        filed=tuple(filed),
        statuses=_statuses(stage, filed),
        done=Counter(command for command, reason in acts if reason is None),
        refused=Counter(f"{command}: {reason}" for command, reason in acts if reason),
        failures=tuple(failure for failure in failures if failure),
    )


def merge_targets(filed: Iterable[Filed]) -> tuple[str, ...]:
    return tuple(
        one.code
        for one in filed
        if one.planned.story.name == _UNTOUCHED and one.planned.is_open_to_all
    )


def _filed(stage: Stage, planned: Planned) -> Filed:
    answer = stage.client.file(planned.message(stage.today), key=uuid4().hex)
    if not answer.is_done:
        raise Unreachable(
            f"report {planned.number + 1} of reports.yaml was not filed: {answer.reason}"
        )
    return Filed(planned, time.monotonic(), answer.body["code"], answer.body["receipt"])


def _setting(stage: Stage, targets: tuple[str, ...], filed: Filed) -> Setting:
    return Setting(stage.cast, stage.today, targets, filed.planned.number)


def _statuses(stage: Stage, filed: Iterable[Filed]) -> Mapping[str, int]:
    ours = {one.code for one in filed}
    coordinator = stage.cast.named("coordinator", None, 0)
    found = stage.client.search_as(coordinator.email, queue="all")
    return Counter(report["status"] for report in found if report["code"] in ours)
