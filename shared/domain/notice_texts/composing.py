"""From a notice to the message it stands for."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import product

from shared.domain.answer_links import Links
from shared.domain.events import Event
from shared.domain.languages import Pair, of_pair
from shared.domain.notice import Audience, Notice
from shared.domain.notice_texts import (
    agency,
    agency_head,
    coordinator,
    inspectorate,
    reporter,
    verifiers,
)
from shared.domain.notice_texts.blanks import Blanks
from shared.domain.notice_texts.message import Message, Wording, mail
from shared.domain.notice_texts.officers import CONFIDENTIAL
from shared.domain.notice_texts.sms import first_that_fits, plainly
from shared.domain.notice_texts.telling import Telling
from shared.domain.notices import UNREACHABLE, reporter_of
from shared.domain.report import Report
from shared.domain.scene import Rules

TEXTS: Mapping[Audience, Mapping[str, Wording]] = {
    Audience.REPORTER: reporter.TEXTS,
    Audience.AGENCY: agency.TEXTS,
    Audience.AGENCY_HEAD: agency_head.TEXTS,
    Audience.VERIFIERS: verifiers.TEXTS,
    Audience.COORDINATOR: coordinator.TEXTS,
    Audience.INSPECTORATE: inspectorate.TEXTS,
}
_SENDERS: tuple[Pair, ...] = (
    ("Tanggap {region}: ", "Tanggap {region}: "),
    ("Tanggap: ", "Tanggap: "),
)
_NEWS: Pair = ("ada kabar untuk nomor {code}", "there is news for number {code}")
_NEWS_WITH_LINK: Pair = (
    "ada kabar untuk nomor {code}: {link}",
    "there is news for number {code}: {link}",
)
_LINKS = ("link", "answer", "desk", "queue")
# Without it nobody can go on; it says nothing about the report.
_ALWAYS_IN_FULL = frozenset({"one_time_code"})


def compose(
    notice: Notice,
    report: Report | None,
    event: Event | None,
    rules: Rules,
    links: Links,
    now: datetime,
    language: str,
    one_time_code: str | None = None,
) -> Message:
    """`report` as it is at `now`, and `event`: of the notice's code and seq. Raises Unfilled."""
    is_to_reporter = notice.audience is Audience.REPORTER
    code = reporter_of(notice) if is_to_reporter else notice.code or ""
    telling = Telling(notice, code, report, event, rules, links, now, language, one_time_code)
    wording = _wording(telling)
    footer = reporter.FOOTER if is_to_reporter else ()
    blanks = Blanks(telling)
    subject, *paragraphs = (
        of_pair(pair, language).format_map(blanks)
        for pair in (wording.subject, *wording.paragraphs, *footer)
    )
    clickable = [blanks[name] for name in _LINKS if name in blanks]
    sms = _sms(wording, telling) if is_to_reporter else None
    return mail(subject, paragraphs, links=clickable, language=language, sms=sms)


def _wording(telling: Telling) -> Wording:
    """Mails about confidential reports tell officers where to look, and nothing else."""
    notice = telling.notice
    is_open = notice.audience is Audience.REPORTER or notice.kind == UNREACHABLE
    if telling.is_confidential and not is_open:
        return CONFIDENTIAL
    return TEXTS[notice.audience][notice.kind]


def _sms(wording: Wording, telling: Telling) -> str:
    """Somebody else may see it on the screen: of a confidential report it only says "news"."""
    bare = plainly("Tanggap: " + _filled(_NEWS, telling))
    if telling.is_confidential and telling.notice.kind not in _ALWAYS_IN_FULL:
        return bare
    return first_that_fits(_candidates(wording, telling), last_resort=bare)


def _candidates(wording: Wording, telling: Telling) -> Iterator[Callable[[], str]]:
    """A link that answers at once is worth more than words, and any link more than names."""
    answer, page = telling.links.answer(telling.code), telling.links.report(telling.code)
    for link, pair, sender in product((answer, page), wording.sms, _SENDERS):
        # Where nothing can be answered there is only one link.
        if link == page or "{answer}" in pair[0]:
            yield partial(_spelled, pair, sender, link, telling)
    for sender in _SENDERS:
        yield partial(_spelled, _NEWS_WITH_LINK, sender, page, telling)


def _spelled(pair: Pair, sender: Pair, link: str, telling: Telling) -> str:
    """Words in the alphabet of an SMS; the link, always last, as it is."""
    words = of_pair(sender, telling.language) + of_pair(pair, telling.language)
    before, blank, _ = words.replace("{answer}", "{link}").partition("{link}")
    plain = plainly(before.format_map(Blanks(telling)))
    return f"{plain} {link}" if blank else plain


def _filled(pair: Pair, telling: Telling) -> str:
    return of_pair(pair, telling.language).format_map(Blanks(telling))
