"""How soon something is due, as an officer plans the day: in working days, or by tomorrow."""

from datetime import datetime, timedelta
from typing import Any

from shared.domain.scene import Rules

_A_DAY = timedelta(days=1)


def due_of(at: str | None, rules: Rules, now: datetime) -> dict[str, Any] | None:
    """`at` as the contract has it. `when`: late, today, tomorrow or later; `days`: working days.

    A day that is over but for a weekend is late by none.
    """
    if at is None:
        return None
    due, today = rules.calendar.day_of(datetime.fromisoformat(at)), rules.today(now)
    days = rules.calendar.count(min(due, today), max(due, today), "WD")
    if due < today:
        return {"at": at, "when": "late", "days": days}
    if due <= today + _A_DAY:
        return {"at": at, "when": "today" if due == today else "tomorrow", "days": days}
    return {"at": at, "when": "later", "days": days}
