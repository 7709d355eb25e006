"""What the ladder would do with a report now: the sweep's own rules, and no hand on anything."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.domain import commands as c
from shared.domain.audiences import told
from shared.domain.climbing import steps
from shared.domain.report import Report
from shared.domain.scene import Rules


@dataclass(frozen=True, slots=True)
class Line:
    """`what`: the row of the ladder, or the command that comes with it; `whom` it concerns.

    `passed`: how many lower rungs nobody is told of.
    """

    code: str
    status: str
    what: str
    whom: str
    passed: int = 0


def outlook(report: Report, rules: Rules, now: datetime) -> Iterator[Line]:
    for command in steps(report, rules, now):
        yield _line(report, command, rules)


def _line(report: Report, command: c.Command, rules: Rules) -> Line:
    if isinstance(command, c.Climb):
        row, passed = command.step.rung.row, len(command.step.passed)
        whom = ", ".join(told(row.to, report, rules.directory))
        return Line(report.code, report.status, row.id, whom, passed)
    whom = command.agency if isinstance(command, c.Route) else "reporter"
    return Line(report.code, report.status, c.name_of(type(command)), whom)
