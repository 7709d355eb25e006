"""Where each bar of a chart goes. What it looks like stands in scoreboard_chart.svg."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from shared.domain import dates

WIDTHS: Mapping[str, int] = {"wide": 1040, "medium": 680, "narrow": 340}
SERIES = ("on_time", "late", "unanswered")
# More bars than these say less; the table beneath has them all.
MOST_BARS = 15

_LEGEND, _ROW, _BAR = 36, 46, 14
_PLOT, _AXIS, _ABOVE, _SCALE = 170, 40, 24, 34
_A_CHARACTER = 8.2
_FOR_THE_SHARE = 100


@dataclass(frozen=True, slots=True)
class Piece:
    series: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """`x`, `y`: where the text above it ends, or has its middle. A name may have two lines."""

    name: str
    x: float
    y: float
    due: int
    on_time: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    kind: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    lines: tuple[tuple[float, int], ...] = ()


def groups_chart(found: Mapping[str, Any], width: int, _language: str) -> Chart:
    """One bar for each group, as long as all others: the parts of a hundred."""
    most = charted(found)
    bars = tuple(_lying(group, number, width) for number, group in enumerate(most))
    return Chart("groups", width, _LEGEND + _ROW * len(most), bars)


def months_chart(found: Mapping[str, Any], width: int, language: str) -> Chart:
    """One column for each month, as high as it has deadlines."""
    months = every_month(found, language)
    most = max((month["due"] for month in months), default=0)
    top = _round_above(most)
    step = (width - _SCALE) / max(len(months), 1)
    bars = tuple(_standing(month, n, step, top) for n, month in enumerate(months))
    foot = _LEGEND + _ABOVE + _PLOT
    lines = tuple((foot - _PLOT * part / 2, top * part // 2) for part in (0, 1, 2))
    return Chart("months", width, foot + _AXIS, bars, lines)


CHARTS: Mapping[str, Callable[[Mapping[str, Any], int, str], Chart]] = {
    "groups": groups_chart,
    "months": months_chart,
}


def sizes(found: Mapping[str, Any], months: Mapping[str, Any]) -> dict[str, Any]:
    """By chart: height of the picture at any width; and how many groups are drawn."""
    return {
        "groups": _LEGEND + _ROW * len(charted(found)),
        "months": _LEGEND + _ABOVE + _PLOT + _AXIS if months["groups"] else 0,
        "drawn": len(charted(found)),
        "widths": WIDTHS,
    }


def charted(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Those with the most deadlines, the largest first."""
    due = [group for group in found["groups"] if group["due"]]
    return sorted(due, key=lambda group: -group["due"])[:MOST_BARS]


def every_month(found: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """Those without a deadline too; `first`: of a year, or of the row."""
    if not found["groups"]:
        return []
    known = {group["id"]: group for group in found["groups"]}
    days = _first_days(date.fromisoformat(found["from"]), date.fromisoformat(found["counted_to"]))
    nothing = dict.fromkeys(("due", *SERIES), 0)
    return [
        nothing
        | known.get(f"{day:%Y-%m}", {})
        | {
            "name": dates.long_month(day, language),
            "short": dates.short_month(day, language),
            "year": day.year if day == days[0] or day.month == 1 else None,
        }
        for day in days
    ]


def _first_days(since: date, until: date) -> Sequence[date]:
    days = [since.replace(day=1)]
    while (following := (days[-1] + timedelta(days=31)).replace(day=1)) <= until:
        days.append(following)
    return days


def _lying(group: Mapping[str, Any], number: int, width: int) -> Bar:
    y, due = _LEGEND + _ROW * number + 18, group["due"]
    lengths = [width * group[name] / due for name in SERIES]
    starts = accumulate(lengths, initial=0.0)
    pieces = tuple(
        Piece(name, round(min(x, width - 1), 1), y + 8, round(max(length - 2, 1), 1), _BAR)
        for name, x, length in zip(SERIES, starts, lengths, strict=False)
        if length
    )
    name = _fitting(group["name"], width - _FOR_THE_SHARE)
    return Bar(name, width, y, due, group["on_time"], pieces)


def _standing(month: Mapping[str, Any], number: int, step: float, top: int) -> Bar:
    wide = min(step * 0.62, 64)
    x, foot = _SCALE + step * (number + 0.5), _LEGEND + _ABOVE + _PLOT
    heights = [_PLOT * month[name] / top for name in SERIES]
    ends = accumulate(heights)
    pieces = tuple(
        Piece(name, round(x - wide / 2, 1), round(foot - end, 1), round(wide, 1),
              round(max(height - 2, 1), 1))
        for name, end, height in zip(SERIES, ends, heights, strict=True)
        if height
    )  # fmt: skip
    high = round(foot - sum(heights), 1)
    name = month["short"] if month["year"] is None else f"{month['short']}\n{month['year']}"
    return Bar(name, round(x, 1), high, month["due"], month["on_time"], pieces)


def _fitting(name: str, width: float) -> str:
    """Letters differ in width; a third more than the usual one is room enough."""
    most = int(width / _A_CHARACTER)
    return name if len(name) <= most else f"{name[: most - 1].rstrip(' ,')}…"


def _round_above(number: int) -> int:
    """Even, with one or two digits that count: what a scale is easily read by."""
    unit: int = 10 ** max(len(str(number)) - 2, 0) * 2
    return max(-(-number // unit) * unit, 2)
