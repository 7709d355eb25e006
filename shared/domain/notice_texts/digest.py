"""The mail of a working day's morning: what is late, what is due, what is new."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.domain.answer_links import Links
from shared.domain.clocks import ClockKind
from shared.domain.languages import Pair, of_pair
from shared.domain.notice import Notice
from shared.domain.notice_texts.blanks import Blanks
from shared.domain.notice_texts.message import Message, mail
from shared.domain.notice_texts.telling import Telling
from shared.domain.notices import is_accused
from shared.domain.report import Report
from shared.domain.scene import Rules

# A mail is read to its end only when it is short; what is left out is one click away.
_LONGEST_PART = 20

SUBJECTS: dict[str, Pair] = {
    "digest": (
        "{agency:short}: {late} terlambat, {open} laporan terbuka",
        "{agency:short}: {late} late, {open} open reports",
    ),
    "queue": (
        "Verifikasi: {late} terlambat, {open} laporan menunggu",
        "Verification: {late} late, {open} reports waiting",
    ),
}
LATE: Pair = ("Terlambat ({number})", "Late ({number})")
DUE: Pair = ("Jatuh tempo berikutnya ({number})", "Due next ({number})")
NEW: Pair = (
    "Baru sejak hari kerja kemarin ({number})",
    "New since the last working day ({number})",
)
LINE: Pair = ("{code} {title} – {due}", "{code} {title} – {due}")
LINE_WITHOUT_DAY: Pair = ("{code} {title}", "{code} {title}")
CONFIDENTIAL_LINE: Pair = ("{code}", "{code}")
LEFT_OUT: Pair = ("… dan {left} lainnya: {queue}", "… and {left} more: {queue}")
DESK: Pair = ("Meja kerja: {queue}", "Your desk: {queue}")


@dataclass(frozen=True, slots=True)
class _Morning:
    notice: Notice
    rules: Rules
    links: Links
    now: datetime
    language: str

    def telling(self, report: Report | None) -> Telling:
        code = report.code if report else ""
        return Telling(
            self.notice, code, report, None, self.rules, self.links, self.now, self.language
        )

    def said(self, pair: Pair, report: Report | None = None, **known: object) -> str:
        blanks = Blanks(self.telling(report))
        blanks.update(known)
        return of_pair(pair, self.language).format_map(blanks)

    def is_new(self, report: Report) -> bool:
        """It came between two openings; when each mail leaves does not matter, so that what comes
        in between is new on one morning and not on two."""
        calendar = self.rules.calendar
        today = calendar.day_of(self.now)
        last, this = calendar.opening_of(calendar.before(today, 1)), calendar.opening_of(today)
        return last <= _came_at(report) < this


def compose_digest(
    notice: Notice,
    reports: Iterable[Report],
    rules: Rules,
    links: Links,
    now: datetime,
    language: str,
) -> Message | None:
    """None when there is nothing to do. Late ones first, then by due time, then the new ones."""
    morning = _Morning(notice, rules, links, now, language)
    found = sorted(_theirs(reports, notice, rules), key=_when_due)
    if not found:
        return None
    late = [report for report in found if report.due_at and report.due_at < now]
    new = [report for report in found if report not in late and morning.is_new(report)]
    due = [report for report in found if report not in late and report not in new]
    subject = morning.said(SUBJECTS[notice.kind], late=str(len(late)), open=str(len(found)))
    parts = ((LATE, late), (DUE, due), (NEW, new))
    paragraphs = (_part(title, part, morning) for title, part in parts if part)
    return mail(
        subject,
        (*paragraphs, morning.said(DESK)),
        links=(links.queue(),),
        language=language,
    )


def _theirs(reports: Iterable[Report], notice: Notice, rules: Rules) -> Iterator[Report]:
    unit, directory = notice.unit, rules.directory
    return (each for each in reports if not (unit and is_accused(unit, each, directory)))


def _when_due(report: Report) -> tuple[bool, datetime, str]:
    """What has no day comes last."""
    return report.due_at is None, report.due_at or report.submitted_at, report.code


def _came_at(report: Report) -> datetime:
    """Into the hands of whoever has it now."""
    checks = [run.started_at for run in report.clocks if run.kind is ClockKind.VERIFICATION]
    kept = [stretch.since for stretch in report.custody if stretch.until is None]
    return (kept or checks or [report.submitted_at])[-1]


def _part(title: Pair, reports: list[Report], morning: _Morning) -> str:
    lines = [morning.said(title, number=str(len(reports)))]
    lines += [_line(report, morning) for report in reports[:_LONGEST_PART]]
    if (left := len(reports) - _LONGEST_PART) > 0:
        lines.append(morning.said(LEFT_OUT, left=str(left)))
    return "\n".join(lines)


def _line(report: Report, morning: _Morning) -> str:
    telling = morning.telling(report)
    if telling.is_confidential:
        return morning.said(CONFIDENTIAL_LINE, report)
    if report.due_at is None:
        return morning.said(LINE_WITHOUT_DAY, report)
    return morning.said(LINE, report, due=telling.day(report.due_at))
