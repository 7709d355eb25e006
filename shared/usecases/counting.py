"""Count a report on the scoreboard, as it is now.

A report's tally says what it was last counted as: the difference goes to the cells in the same
commit as the new tally. So the tally is this consumer's mark, too: an event that comes twice, late
or not at all finds or leaves the report counted as it is.
"""

from shared.domain.scene import Rules
from shared.domain.scoreboard.contribution import contribution
from shared.usecases.acting import loaded
from shared.usecases.failures import StillChanging
from shared.usecases.ports import Reports
from shared.usecases.scoreboard_ports import Tallies, Tally

CONSUMER = "count_report"
_TRIES = 3

# What can change what a report counts as; all else is about words, people and reminders.
COUNTED = frozenset({
    "report.routed", "report.classified", "report.referred", "report.held", "report.supplemented",
    "report.resumed", "report.forwarded", "report.contested", "report.recalled", "report.planned",
    "report.answered", "report.extended", "report.replied", "report.confirmed", "report.objected",
    "report.archived", "report.appealed", "report.merged", "report.split", "report.withdrawn",
    "report.reassigned", "report.reopened", "report.transferred", "report.expired",
    "report.rescheduled",
})  # fmt: skip


def count_report(code: str, *, rules: Rules, reports: Reports, tallies: Tallies) -> None:
    for _ in range(_TRIES):
        # The tally first: then the report is never an older one than the tally was made of.
        before = tallies.load(code)
        report = loaded(reports, code)
        after = Tally(code, report.seq, contribution(report, rules))
        if after.counts == before.counts or tallies.replace(before, after):
            return
    raise StillChanging
