"""reports.yaml and stories.yaml as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Step:
    who: str
    do: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """`starts`: the status in which the system leaves the report."""

    name: str
    about: str
    starts: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """A report to file, and what is to happen to it."""

    number: int
    story: Story
    fields: Mapping[str, Any]
    occurred_days_ago: int | None

    @property
    def is_open_to_all(self) -> bool:
        return not (self.fields.get("about_official") or self.fields.get("secret"))

    def message(self, today: date) -> dict[str, Any]:
        if self.occurred_days_ago is None:
            return dict(self.fields)
        occurred_on = today - timedelta(days=self.occurred_days_ago)
        return {**self.fields, "occurred_on": occurred_on.isoformat()}


def stories() -> Mapping[str, Story]:
    return {name: _story(name, each) for name, each in _written("stories.yaml").items()}


def planned() -> tuple[Planned, ...]:
    told = stories()
    return tuple(
        _planned(number, each, told) for number, each in enumerate(_written("reports.yaml"))
    )


def _written(name: str) -> Any:
    return yaml.load((HERE / name).read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506


def _story(name: str, written: Mapping[str, Any]) -> Story:
    return Story(name, written["about"], written["starts"], tuple(map(_step, written["steps"])))


def _step(written: Mapping[str, Any]) -> Step:
    fields = {name: value for name, value in written.items() if name not in ("who", "do")}
    return Step(written["who"], written["do"], fields)


def _planned(number: int, written: Mapping[str, Any], told: Mapping[str, Story]) -> Planned:
    fields = dict(written)
    story, days = fields.pop("story"), fields.pop("occurred_days_ago", None)
    return Planned(number, told[story], fields, days)
