"""The scoreboard for people: which deadlines were kept, whose, when, and how that is counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Response
from werkzeug.exceptions import NotFound

from shared.domain.languages import of_pair
from shared.domain.scene import Rules
from shared.domain.scoreboard import wording
from shared.domain.scoreboard.cells import Counts
from shared.domain.scoreboard.reading import By
from shared.edge import bodies
from shared.edge.headers import SECURITY
from shared.edge.problems import FieldFaults, problem_of
from shared.edge.scoreboards import board, root
from shared.edge.web import forms, scoreboard_charts
from shared.edge.web.pages import DAY_ROOT, SCOREBOARD, SCOREBOARD_CHART, Page
from shared.edge.web.rendering import templates
from shared.edge.web.visits import Handler, Shown, Visit
from shared.usecases.scoreboard import Asked
from shared.usecases.scoreboard_ports import Cells, Heads

_MONTHS_BEFORE = 5
_BY = tuple(by for by in By if by is not By.MONTH)
_PICTURE = {
    **SECURITY,
    # A picture of its own: its colours stand in it, and nothing else is loaded or run.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cache-Control": "public, max-age=300",
}


@dataclass(frozen=True, slots=True)
class ScoreboardPages:
    rules: Callable[[], Rules]
    cells: Callable[[], Cells]
    heads: Callable[[], Heads]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {SCOREBOARD: self._board, SCOREBOARD_CHART: self._chart, DAY_ROOT: self._root}

    def _board(self, visit: Visit) -> Shown:
        """What cannot be asked is told beside its field; the usual days are shown meanwhile."""
        usual = _usual(self._today(visit))
        try:
            question = bodies.message_from(visit.request.args, "messages.ScoreboardQuestion")
            return self._shown(_asked(question, usual), visit)
        except FieldFaults as failure:
            return replace(self._shown(usual, _faulty(visit, failure)), status=422)

    def _shown(self, asked: Asked, visit: Visit) -> Shown:
        cells = _ReadOnce(self.cells())
        found = self._found(asked, visit.stamp.at, visit.language, cells)
        in_months = replace(asked, by=By.MONTH)
        months = self._found(in_months, visit.stamp.at, visit.language, cells)
        typed = {name: found[name] or "" for name in ("from", "to", "by", "agency")}
        values = {
            "board": found,
            "months": scoreboard_charts.every_month(months, visit.language),
            "charts": scoreboard_charts.sizes(found, months),
            "form": replace(visit.form, typed=typed | dict(visit.form.typed), at="board-"),
            "choices": _BY,
            "agencies": self.rules().directory.agencies.values(),
            "agency": self.rules().directory.agency_name(asked.agency),
            "query": urlencode({name: value for name, value in typed.items() if value}),
            "of_months": urlencode({n: v for n, v in (typed | {"by": By.MONTH}).items() if v}),
            "counted": _counted(visit.language),
        }
        return Shown("scoreboard.html", values)

    def _chart(self, visit: Visit) -> Response:
        asked: Any = bodies.message_from(visit.request.args, "scoreboard_forms.ChartQuestion")
        name = visit.path["chart"]
        if name not in scoreboard_charts.CHARTS:
            raise NotFound
        question = _asked(asked, _usual(self._today(visit)))
        if name == "months":
            question = replace(question, by=By.MONTH)
        found = self._found(question, visit.stamp.at, asked.language, self.cells())
        width = scoreboard_charts.WIDTHS[asked.width]
        drawing = scoreboard_charts.CHARTS[name](found, width, asked.language)
        template = templates(asked.language).get_template("scoreboard_chart.svg")
        picture = template.render(chart=drawing)
        return Response(picture, headers=_PICTURE, content_type="image/svg+xml")

    def _root(self, visit: Visit) -> Shown:
        yesterday = self._today(visit) - timedelta(days=1)
        values: dict[str, Any] = {"found": None, "typed": {"day": yesterday.isoformat()}}
        try:
            return Shown("scoreboard_root.html", values | self._root_of(visit))
        except FieldFaults as failure:
            faulty = _faulty(visit, failure)
            typed = values["typed"] | dict(faulty.form.typed)
            shown = values | {"form": faulty.form, "typed": typed}
            return Shown("scoreboard_root.html", shown, status=422)

    def _root_of(self, visit: Visit) -> dict[str, Any]:
        asked: Any = bodies.message_from(visit.request.args, "scoreboard_forms.RootQuestion")
        if asked.day is None:
            return {}
        now, heads = visit.stamp.at, self.heads()
        found = root(asked.day, rules=self.rules(), now=now, heads=heads)
        is_in = asked.head in found["heads"] if asked.head else None
        typed = {"day": found["day"], "head": asked.head or ""}
        return {"found": found | {"is_in": is_in}, "typed": typed}

    def _found(self, asked: Asked, now: datetime, language: str, cells: Cells) -> dict[str, Any]:
        return board(asked, rules=self.rules(), now=now, language=language, cells=cells)

    def _today(self, visit: Visit) -> date:
        return self.rules().today(visit.stamp.at)


class _ReadOnce:
    """Two boards of the same days, one look at the store."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._read: dict[tuple[date, date], Counts] = {}

    def between(self, since: date, until: date) -> Counts:
        if (since, until) not in self._read:
            self._read[since, until] = self._cells.between(since, until)
        return self._read[since, until]


def _asked(question: Any, usual: Asked) -> Asked:
    asked: Asked = question.asked()
    if asked.since or asked.until:
        return asked
    return replace(asked, since=usual.since, until=usual.until)


def _usual(today: date) -> Asked:
    """Six months up to yesterday: whole ones, as far as they are over."""
    yesterday = today - timedelta(days=1)
    months = yesterday.year * 12 + yesterday.month - 1 - _MONTHS_BEFORE
    return Asked(since=date(months // 12, months % 12 + 1, 1), until=yesterday)


def _faulty(visit: Visit, failure: FieldFaults) -> Visit:
    problem = problem_of(failure)
    assert problem  # noqa: S101 - faults of fields are foreseen
    typed = visit.request.args.to_dict()
    return replace(visit, form=forms.with_faults(visit.form, typed, problem, visit.language))


def _counted(language: str) -> dict[str, Any]:
    return {
        "principles": [of_pair(pair, language) for pair in wording.PRINCIPLES],
        "columns": {name: of_pair(pair, language) for name, pair in wording.COLUMNS.items()},
    }
