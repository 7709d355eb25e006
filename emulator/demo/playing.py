"""Drives one report through its story, as the people named in it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from emulator.connection import Answer
from emulator.demo.cast import NobodyThere, Officer
from emulator.demo.stories import Planned, Step
from emulator.demo.wording import Setting, holder_of
from emulator.desk_client import DeskClient

# Routing comes by an event, a second or two after filing. One that got lost on its way is published
# again by relay_outbox, which looks every minute for what is a minute old.
_SECONDS_TO_START = 150
_LOOK_EVERY = 0.25
_STALE = "stale-revision"
_NOBODY_THERE = "Di perangkat daerah ini belum ada petugas yang terdaftar."


@dataclass(frozen=True, slots=True)
class Filed:
    """`at`: by the monotonic clock."""

    planned: Planned
    at: float
    code: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Failure:
    """Where a story came to a halt, and why."""

    filed: Filed
    where: str
    reason: str


@dataclass(slots=True)
class Play:
    """`acts`: each command that was tried, and the reason when it was refused."""

    filed: Filed
    client: DeskClient
    setting: Setting
    view: Mapping[str, Any] = field(default_factory=dict)
    acts: list[tuple[str, str | None]] = field(default_factory=list)

    def run(self) -> Failure | None:
        story = self.filed.planned.story
        if not self._started(story.starts):
            return Failure(self.filed, "start", f"{self.view.get('status')}, not {story.starts}")
        for number, step in enumerate(story.steps, 1):
            reason = self._refusal(step)
            if reason:
                return Failure(self.filed, f"step {number}: {step.who} {step.do}", reason)
        return None

    def _started(self, status: str) -> bool:
        """Counted from the filing: where nothing is routed, not every report waits in its turn."""
        while True:
            self.view = self.client.read(self.filed.code, self.filed.receipt).body
            if self.view.get("status") == status:
                return True
            if time.monotonic() > self.filed.at + _SECONDS_TO_START:
                return False
            time.sleep(_LOOK_EVERY)

    def _refusal(self, step: Step) -> str | None:
        try:
            answer = self._done(step)
        except NobodyThere as missing:
            return str(missing)
        return None if answer.is_done else answer.reason

    def _done(self, step: Step) -> Answer:
        if step.who == "reporter":
            answer = self._by_reporter(step)
        else:
            if step.who.startswith("agency"):
                self._bring_to_people()
            officer = self.setting.cast.named(
                step.who, holder_of(self.view), self.filed.planned.number
            )
            answer = self._by_officer(step, officer)
        if answer.is_done:
            self.view = {**self.view, **answer.body}
        return answer

    def _by_reporter(self, step: Step) -> Answer:
        if step.do == "support":
            answer = self.client.support(self.filed.code)
        else:
            action = self.setting.action(step, self.view, None)
            answer = self.client.act(self.filed.code, self.filed.receipt, action)
        return self._noted(step.do, answer)

    def _by_officer(self, step: Step, officer: Officer) -> Answer:
        """Read, decide, act; when somebody was quicker, once more."""
        answer = self._tried(step, officer)
        if answer.body.get("code") == _STALE:
            return self._tried(step, officer)
        return answer

    def _tried(self, step: Step, officer: Officer) -> Answer:
        read = self.client.read_as(officer.email, self.filed.code)
        if not read.is_done:
            return self._noted("read", read)
        action = self.setting.action(step, read.body, officer)
        action["revision"] = read.body["revision"]
        return self._noted(step.do, self.client.act_as(officer.email, self.filed.code, action))

    def _bring_to_people(self) -> None:
        """Not every agency has seeded officers: a verifier moves it on to one that has."""
        holder = holder_of(self.view)
        if holder is None or self.setting.cast.has_people_at(holder):
            return
        self._done(Step("verifier", "recall", {"text": _NOBODY_THERE}))
        self._done(Step("verifier", "route", {"agency": "other", "text": _NOBODY_THERE}))

    def _noted(self, command: str, answer: Answer) -> Answer:
        self.acts.append((command, None if answer.is_done else answer.reason))
        return answer
