"""What fills the blanks of the texts. Each blank has one maker; what is not needed is not made."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from shared.domain.acts.replying import DAYS_TO_RETURN
from shared.domain.clocks import ClockKind
from shared.domain.codes import show_code
from shared.domain.dates import long_moment
from shared.domain.file_visibility import named_files
from shared.domain.languages import of_pair
from shared.domain.notice_texts import names, phrases
from shared.domain.notice_texts.message import Unfilled
from shared.domain.notice_texts.telling import Day, Telling, Words, day_of, moment
from shared.domain.statuses import Status, label


class Blanks(dict[str, Any]):
    """For `str.format_map`; raises Unfilled where there is nothing to say."""

    def __init__(self, telling: Telling) -> None:
        super().__init__()
        self._telling = telling

    def __missing__(self, name: str) -> Any:
        value = _MAKERS[name](self._telling) if name in _MAKERS else None
        if not value:
            raise Unfilled(self._telling.notice.kind, name)
        self[name] = value
        return value


def _basis(telling: Telling) -> str | None:
    run = telling.run(ClockKind.LEGAL, telling.facts["run"])
    return telling.rules.policy.by_id(run.policy).basis if run else None


def _status(telling: Telling) -> str:
    report = telling.report
    assert report
    return label(
        report.status,
        report.outcome,
        telling.language,
        agency=telling.rules.directory.agency_name(report.agency),
        body=names.body(telling),
        code=show_code(report.merged_into) if report.merged_into else "",
    )


def _turn(telling: Telling) -> str:
    """Whose turn it is now, and until when."""
    assert telling.report
    sentence = of_pair(phrases.TURNS[telling.report.status], telling.language)
    return sentence.format_map(Blanks(replace(telling, event=None)))


def _first_step(telling: Telling) -> str:
    """It may lie with an agency before anybody could tell of its arrival."""
    assert telling.report
    if telling.report.status is not Status.SUBMITTED:
        return _turn(telling)
    return of_pair(phrases.CHECKING, telling.language).format_map(Blanks(telling))


def _phrase(table: Mapping[Any, Any], name: str) -> Callable[[Telling], str | None]:
    """The words for a value of the report."""

    def words(telling: Telling) -> str | None:
        pair = table.get(getattr(telling.report, name))
        return of_pair(pair, telling.language) if pair else None

    return words


def _due(*kinds: ClockKind) -> Callable[[Telling], Day | None]:
    return lambda telling: telling.due(*kinds)


def _until(telling: Telling) -> str:
    zone = ZoneInfo(telling.rules.directory.zone)
    return long_moment(telling.notice.expires_at.astimezone(zone), telling.language)


def _told_on(telling: Telling) -> Words:
    """A mail may leave on a later day than what it tells of."""
    assert telling.event
    same_day = telling.rules.today(telling.now) == telling.rules.today(telling.event.at)
    words = of_pair(phrases.TODAY if same_day else phrases.ON_THE_DAY, telling.language)
    return Words(words.format_map(Blanks(telling)))


def _files(telling: Telling) -> str | None:
    """How many the event names."""
    number = len(named_files(telling.event)) if telling.event else 0
    words = of_pair(phrases.ONE_FILE if number == 1 else phrases.FILES, telling.language)
    return words.format(number=number) if number else None


def _head(telling: Telling) -> str | None:
    """Of the chain, as the event left it."""
    if telling.event:
        return telling.event.hash
    return telling.report.head if telling.report else None


def _given_day(telling: Telling) -> Day | None:
    given = telling.facts.get("on")
    return Day(day_of(given), telling.language) if given else None


_MAKERS: Mapping[str, Callable[[Telling], Any]] = {
    "code": lambda telling: show_code(telling.code),
    "target": lambda telling: telling.report and show_code(telling.report.code),
    "into": lambda telling: (
        telling.report and telling.report.merged_into and show_code(telling.report.merged_into)
    ),
    "link": lambda telling: telling.links.report(telling.code),
    "answer": lambda telling: telling.links.answer(telling.code),
    "desk": lambda telling: telling.links.desk(telling.code),
    "queue": lambda telling: telling.links.queue(),
    "head": _head,
    "title": Telling.title,
    "region": lambda telling: telling.rules.directory.name_in(telling.language),
    "text": lambda telling: telling.event and telling.event.texts.get("text"),
    "told_on": _told_on,
    "files": _files,
    "on": lambda telling: telling.day(telling.event.at) if telling.event else None,
    "agency": names.agency,
    "giver": lambda telling: telling.agency(telling.event.agency) if telling.event else None,
    "holder": lambda telling: telling.agency(telling.keeper()),
    "coordinator": names.coordinator,
    "late_party": names.late_party,
    "offices": lambda telling: names.names_of(telling.facts, telling),
    "next_offices": lambda telling: names.names_of(telling.facts["next"], telling),
    "next_day": lambda telling: telling.day(moment(telling.facts["next"]["at"])),
    "due_day": lambda telling: telling.day(moment(telling.facts["due_at"])),
    "clock": lambda telling: of_pair(phrases.CLOCKS[telling.facts["clock"]], telling.language),
    "missed": lambda telling: of_pair(phrases.MISSED[telling.facts["clock"]], telling.language),
    "seen_by": names.seen_by,
    "basis": _basis,
    "body": names.body,
    "contact": names.contact,
    "status": _status,
    "turn": _turn,
    "first_step": _first_step,
    "outcome": _phrase(phrases.OUTCOMES, "outcome"),
    "reason": _phrase(phrases.ARCHIVE_REASONS, "archive_reason"),
    "plan_day": _given_day,
    "verification_day": _due(ClockKind.VERIFICATION),
    "decision_day": _due(ClockKind.DECISION),
    "deadline": _due(ClockKind.PROMISE, ClockKind.RESPONSE),
    "completion_day": _due(ClockKind.COMPLETION),
    "reporter_day": _due(ClockKind.REPORTER),
    "return_day": lambda telling: (
        telling.days_after(telling.event.at, DAYS_TO_RETURN) if telling.event else None
    ),
    "one_time_code": lambda telling: telling.one_time_code,
    "until": _until,
}
