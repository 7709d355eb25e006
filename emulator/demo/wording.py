"""The special values of stories.yaml, put into the words of the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from emulator.demo.cast import Cast, Officer
from emulator.demo.stories import Step


@dataclass(frozen=True, slots=True)
class Setting:
    """What the special values stand for today, here and for the report of this number."""

    cast: Cast
    today: date
    targets: tuple[str, ...]
    number: int

    def action(self, step: Step, view: Mapping[str, Any], officer: Officer | None) -> Any:
        fields = {name: self._value(name, step, view, officer) for name in step.fields}
        return {"action": step.do, **fields}

    def _value(
        self, name: str, step: Step, view: Mapping[str, Any], officer: Officer | None
    ) -> Any:
        match (name, step.fields[name]):
            case ("agency", "suggested"):
                return self.suggested(view)
            case ("agency", "other"):
                return self.other(view)
            case ("into", "other"):
                return self.targets[self.number % len(self.targets)]
            case ("officer", "me"):
                return officer.id if officer else None
            case ("on" | "by", int(days)):
                return (self.today + timedelta(days=days)).isoformat()
            case (_, value):
                return value

    def suggested(self, view: Mapping[str, Any]) -> str:
        """The best suggestion that somebody here can act on, else any agency."""
        best = view.get("suggestion") or {}
        ranked = (best.get("agency"), *(each["agency"] for each in best.get("others", ())))
        return next((id_ for id_ in ranked if self.cast.has_people_at(id_)), self.other(view))

    def other(self, view: Mapping[str, Any]) -> str:
        holder = holder_of(view)
        free = [agency for agency in self.cast.agencies() if agency != holder]
        return free[self.number % len(free)]


def holder_of(view: Mapping[str, Any]) -> str | None:
    agency = view.get("agency")
    return agency["id"] if agency else None
