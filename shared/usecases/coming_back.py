"""How the reporter of a report that has come to its end may come back, and until when."""

from dataclasses import dataclass
from datetime import date, timedelta

from shared.domain.acts.replying import DAYS_TO_RETURN
from shared.domain.commands import Appeal, Command, Object, name_of
from shared.domain.events import Stamp
from shared.domain.languages import Pair
from shared.domain.refusals import UnableTo
from shared.domain.report import Report
from shared.domain.scene import REPORTER, Rules
from shared.domain.statuses import Status
from shared.domain.workflow import decide

_COMMANDS = {Status.CLOSED: Object, Status.ARCHIVED: Appeal}


@dataclass(frozen=True, slots=True)
class WayBack:
    """`action` in the words of the contract; `refused`: why no more. Until the end of `until`."""

    action: str
    until: date
    refused: Pair | None


def way_back(report: Report, *, rules: Rules, stamp: Stamp) -> WayBack | None:
    """None: it is open, or went where its reporter cannot call it back from."""
    command = _COMMANDS.get(report.status)
    if command is None or report.final_at is None:
        return None
    until = rules.calendar.day_of(report.final_at) + timedelta(days=DAYS_TO_RETURN)
    return WayBack(name_of(command), until, _refusal(report, command(text="?"), rules, stamp))


def _refusal(report: Report, command: Command, rules: Rules, stamp: Stamp) -> Pair | None:
    """As the rules themselves answer: nothing is kept of it."""
    try:
        decide(report, command, person=REPORTER, rules=rules, stamp=stamp)
    except UnableTo as refusal:
        return refusal.sentence
    return None
