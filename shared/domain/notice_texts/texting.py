"""From the wording of a notice to one SMS: the wordiest that fits."""

from collections.abc import Iterator
from itertools import product

from shared.domain.languages import Pair, of_pair
from shared.domain.notice_texts.blanks import Blanks
from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.sms import first_that_fits, plainly
from shared.domain.notice_texts.telling import Telling

_LONG_SENDER: Pair = ("Tanggap {region}: ", "Tanggap {region}: ")
_SHORT_SENDER: Pair = ("Tanggap: ", "Tanggap: ")
_SENDERS = (_LONG_SENDER, _SHORT_SENDER)
_NEWS: Pair = ("ada kabar untuk nomor {code}", "there is news for number {code}")
_NEWS_WITH_LINK: Pair = (
    "ada kabar untuk nomor {code}: {link}",
    "there is news for number {code}: {link}",
)
# Without it nobody can go on; it says nothing about the report.
_ALWAYS_IN_FULL = frozenset({"one_time_code"})


def texted(wording: Wording, telling: Telling) -> str:
    """Somebody else may see it on the screen: of a confidential report it only says "news"."""
    news = _spelled(_NEWS, _SHORT_SENDER, "", telling)
    if telling.is_confidential and telling.notice.kind not in _ALWAYS_IN_FULL:
        return news
    return first_that_fits(_candidates(wording, telling), last_resort=news)


def _candidates(wording: Wording, telling: Telling) -> Iterator[str]:
    """A link that answers at once is worth more than words, and any link more than names."""
    answer, page = telling.links.answer(telling.code), telling.links.report(telling.code)
    for link, pair, sender in product((answer, page), wording.sms, _SENDERS):
        # Where nothing can be answered there is only one link.
        if link == page or "{answer}" in pair[0]:
            yield _spelled(pair, sender, link, telling)
    for sender in _SENDERS:
        yield _spelled(_NEWS_WITH_LINK, sender, page, telling)


def _spelled(pair: Pair, sender: Pair, link: str, telling: Telling) -> str:
    """Words in the alphabet of an SMS; the link, always last, as it is."""
    words = of_pair(sender, telling.language) + of_pair(pair, telling.language)
    before, blank, _ = words.replace("{answer}", "{link}").partition("{link}")
    plain = plainly(before.format_map(Blanks(telling)))
    return f"{plain} {link}" if blank else plain
