"""The scoreboard for programs and for pages: what cannot be asked is a fault of its field."""

from datetime import date, datetime
from typing import Any

from shared.domain.scene import Rules
from shared.edge.problems import Fault, FieldFaults
from shared.usecases.scoreboard import (
    Asked,
    BadPeriod,
    DayNotOver,
    UnknownAgency,
    day_root,
    scoreboard,
)
from shared.usecases.scoreboard_ports import Cells, Heads


def board(
    asked: Asked, *, rules: Rules, now: datetime, language: str, cells: Cells
) -> dict[str, Any]:
    try:
        return scoreboard(asked, rules=rules, now=now, language=language, cells=cells)
    except BadPeriod as failure:
        raise FieldFaults(Fault("to", failure.code)) from failure
    except UnknownAgency as failure:
        raise FieldFaults(Fault("agency", "not-in-directory")) from failure


def root(day: date, *, rules: Rules, now: datetime, heads: Heads) -> dict[str, Any]:
    try:
        return day_root(day, rules=rules, now=now, heads=heads)
    except DayNotOver as failure:
        raise FieldFaults(Fault("day", "day-not-over")) from failure
