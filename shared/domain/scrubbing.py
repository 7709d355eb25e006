"""Personal data in free text: found whatever its spelling, and masked. Nothing stored changes."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Literal, TypeAlias

What: TypeAlias = Literal["nik", "phone", "email", "plate"]

MARKS: Mapping[What, str] = MappingProxyType(
    {"nik": "[NIK]", "phone": "[telepon]", "email": "[email]", "plate": "[plat]"}
)

_BLOCK = "█"  # no rule matches it: what one rule found, or an officer masked, is closed to the next
_LOOK_ALIKES = {"−": "-", "⁄": "/", "∕": "/", "。": ".", "٫": ".", "\u2800": " "}
_FILLERS = "\u115f\u1160"  # Hangul letters that show nothing

# What may stand between two digits of one number. Repetitions are bounded or possessive, and no
# optional piece begins like its neighbour, so that time stays linear whatever is typed.
_GAP = r"[ ./\-_·•|~*]{0,3}"
_LOOSE_GAP = r"[ ./\-_·•|~*()]{0,3}"
_STEP = r"[ ./\-_]{1,3}"

_LOCAL = r"(?<!\w)(?<!\w[.+%-])\w++(?:[.+%-]\w++)*+[.+%-]?+"
_AT = r"(?:@ ?| {1,2}@ {1,2}| ?[\[({<] ?(?:at|et|a|@) ?[\])}>] ?| {1,2}at {1,2})"
_DOT = r"(?:\.| ?[\[({<] ?(?:dot|titik|\.) ?[\])}>] ?| {1,2}(?:dot|titik) {1,2})"
_EMAIL = rf"{_LOCAL}{_AT}(?:[\w-]{{1,63}}{_DOT}){{1,8}}[^\W\d_][\w-]{{1,63}}"
_CARELESS_EMAIL = (
    rf"{_LOCAL}{_AT}(?:(?:g|y|hot|rocket)mail|yahoo|outlook|icloud)"
    r"(?:[., ]{0,3}(?:com|co[. ]?id))?\b"
)

_APART = r"(?<!\d)(?<!\d[-./])"
_ENDED = r"(?![-./]?\d)"
# two digits each: "8.15" or "1-2-2026" is too short to be taken for more, and may be part of more
_DATE = r"(?:[0-3]\d[-./][01]\d[-./](?:19|20)\d\d|(?:19|20)\d\d[-./][01]\d[-./][0-3]\d)"
_SHORT_DATE = r"[0-3]\d[-./][01]\d[-./]\d\d"
_TIME = r"(?:[01]\d|2[0-4])[.:][0-5]\d(?:[.:][0-5]\d)?"
_AMOUNT = r"[1-9]\d{0,2}(?:\.\d{3}){1,4}(?:,\d\d?)?"
_ORDINARY = rf"(?:{_DATE}|{_SHORT_DATE}|{_TIME}|{_AMOUNT})"
_RUN_OF_ORDINARY = (
    rf"{_APART}(?<![\d)] ){_ORDINARY}(?:(?: ?- ?| {{1,3}}){_ORDINARY}){{1,8}}{_ENDED}"
)
_RUN_OF_YEARS = (
    r"(?<!\d)(?<!\d[-./ ])(?:19|20)\d\d(?:(?: ?[-/] ?| {1,3})(?:19|20)\d\d){1,8}(?![-./ ]?\d)"
)
_RUPIAH = rf"\bRp\.? ?(?:{_AMOUNT}|[1-9]\d{{0,11}}){_ENDED}"
_TRACKING_CODE = r"(?<!\w)(?=\d{0,9}[a-z])[0-9a-hjkmnp-tv-z]{10}-[0-9a-hjkmnp-tv-z](?!\w)"
_LATITUDE = r"(?:1[01]|\d)\.\d{4,17}"
_LONGITUDE = r"(?:9[5-9]|1[0-4]\d)\.\d{4,17}(?!\d)"
_POSITION = rf"(?<![\d.])-?{_LATITUDE}(?: ?[,;/] ?| {{1,2}}|!4d){_LONGITUDE}"
_SOUTH = rf"(?<![\w.])-{_LATITUDE}(?!\d)"
# 188.4/7431-92/436.6.2/2015: a letter's file plan has a dot, its year comes last
_LETTER_NUMBER = r"(?<!\d)(?=[\d/ -]{0,24}\d\.\d)\d{1,4}(?:[./-] ?\d{1,4}){2,8}/(?:19|20)\d\d(?!\d)"
_NEIGHBOURHOOD = r"\bRT[ .]{0,2}\d{1,3}(?: ?/ ?(?:RW[ .]{0,2})?\d{1,3})?(?![\d-])"
_POST = r"/status/\d{18,20}(?!\d)"

# NIK: region (6), day (a woman's plus 40), month, year, serial (4). A KK has the same shape.
_DAY = rf"(?:[04]{_GAP}[1-9]|[1256]{_GAP}\d|[37]{_GAP}[01])"
_MONTH = rf"(?:0{_GAP}[1-9]|1{_GAP}[0-2])"
_NIK = rf"(?<!\d)[1-9]{_GAP}(?:\d{_GAP}){{5}}{_DAY}{_GAP}{_MONTH}(?:{_GAP}\d){{6}}(?!\d)"
_SIXTEEN_DIGITS = rf"(?<!\d)\d(?:{_GAP}\d){{15}}(?!\d)"
_LONG_NUMBER = r"\d{15,}"  # mistyped, or run into its neighbour
_CALLED_NIK = r"(?<!\w)(?:no)?(?:nikk?|kk|ktp)[ .:=/-]{0,4}(\d{10,})"

_COUNTRY = r"(?:\+|00)?62"
_OPENED = r"(?:\((?=[+\d ]{2,7}\)))?"  # the bracket of "(0812) …" belongs to the number
_MOBILE = rf"(?:(?<!\d){_COUNTRY}0?|(?<!\d)0|(?<!\w)o)8\d{{7,11}}(?!\d)"
_GROUPED_MOBILE = (
    rf"{_OPENED}(?<!\d)(?:{_COUNTRY}{_LOOSE_GAP}|0)8\d\d\)?{_STEP}(?:\d{{4}}{_STEP}\d{{3,5}}"
    rf"|\d{{3}}{_STEP}\d{{3}}{_STEP}\d{{2,3}}|\d{{3}}{_STEP}\d{{3,4}})(?!\d)"
)
_TRUNK = rf"(?<!\d)(?:\+|00)?6{_LOOSE_GAP}2{_LOOSE_GAP}(?:0{_LOOSE_GAP})?"
_SCATTERED_MOBILE = (
    rf"{_OPENED}(?:{_TRUNK}|(?<!\d)0{_LOOSE_GAP}|(?<!\w)o{_LOOSE_GAP})"
    rf"8{_LOOSE_GAP}[1-9](?:{_LOOSE_GAP}\d){{7,10}}(?!\d)"
)
_AREA = r"0(?:2[124]|31|61|[2-79]\d\d)"
_LANDLINE = (
    rf"(?<![\d/])(?:\( ?{_AREA} ?\)|{_AREA})[ .\-/]{{0,3}}(?:\d{{5,8}}"
    r"|\d{2,3}[ .-]\d{2,3}[ .-]\d{2,3}|\d{3,4}[ .-]\d{3,4})(?![\d/])"
)
_SPELLED_LANDLINE = rf"(?<!\d)0{_STEP}[2-9](?:{_STEP}\d){{7,11}}(?!\d)"
_INTERNATIONAL = rf"{_OPENED}\+ ?[1-9](?:[ \-()]{{0,2}}\d){{8,14}}(?!\d)"
_CALLED_PHONE = (
    r"(?<!\w)(?:telp?|te?lpn?|tl?fn?|telf|telepon|telpon|tele?phone|phone|fax|faks)"
    r"[ .:=(/-]{0,4}(\d{6,13}|[2-9]\d{2,3}[ -]\d{3,4})(?!\d)"
)
_CALLED_MOBILE = (
    r"(?<!\w)(?:wa|whats?app?|hp|hape|handphone|ponsel|kontak|hub|hubungi|cp)"
    r"[ .:=(/-]{0,4}(\d{9,13})(?!\d)"
)

# A plate: letters of a police region, up to four digits, up to three letters. What else has this
# shape (a block, a year, a weight) shows in the word after it; the looser the shape, the more
# words count.
_PAIR = "A[ABDEG]|B[ABDEGHKLMNP]|D[ABCDEGHKLMNPRSTW]|E[ABD]|K[BHTU]|P[ABGSTY]"
_REGION = f"(?:{_PAIR}|[ABD-HK-NPR-TWZ])"
_PLATE_GAP = r"[ .\-_]{0,2}"
_CAPITAL = r"(?!(?:RT|RW|NO|JLN?|GG|KEL|KEC|KM|KG)\b)[A-Z]"
_LETTER = (
    r"(?!(?:rt|rw|no|jln?|gg|kel|kec|kab|km|kg|gr|cm|mm?|m2|di|ke|dan|ada|yg|dg|dgn|utk|jam|tgl"
    r"|thn?|bln|org|kk|ini|itu|dri?|sd|pak|bpk|bu|ibu|pm|am|wib|wita?|kwh|kva|jt|rb|ton|tdk|tak"
    r"|sdh|udh|blm|hr|hri|nya|per|pcs|aja|jg|sy|mau|mei|jan|feb|mar|apr|jun|jul|agt|agu|sep|okt"
    r"|nov|des|hp|wa|tlp|an|x)\b)[a-z]"
)
_NO_YEAR = r"(?!(?:19|20)\d\d(?!\d))"
_CALLED_PLATE = (
    r"(?<!\w)(?:(?:ber)?nopol|no\.? ?pol(?:isi)?|plat)(?: no(?:mor|mer)?)?[ .:=]{0,3}"
    rf"({_REGION}{_PLATE_GAP}\d{{1,4}}(?:{_PLATE_GAP}{_LETTER}{{1,3}})?(?!\w))"
)
_VEHICLE = (
    r"\b(?:mobil|motor|truc?k|bus|angkot|kendaraan|taksi|pick ?up)\b[^\d\[\]█]{0,30}?"
    rf"(?<!\w)({_REGION}{_PLATE_GAP}\d{{3,4}}{_PLATE_GAP}{_LETTER}{{1,3}}(?!\w))"
)
_PLATE = (
    rf"(?<!\w)(?-i:{_REGION}{_PLATE_GAP}\d{{3,4}}{_PLATE_GAP}{_CAPITAL}{{1,3}}"
    rf"|(?:{_PAIR}){_PLATE_GAP}\d{{1,2}}{_PLATE_GAP}{_CAPITAL}{{2,3}})(?!\w)"
)
_CARELESS_PLATE = (
    rf"(?<!\w)(?:(?:{_PAIR}|(?-i:{_REGION})){_PLATE_GAP}{_NO_YEAR}\d{{3,4}}{_PLATE_GAP}"
    rf"|{_REGION}{_NO_YEAR}\d{{3,4}}){_LETTER}{{2,3}}(?!\w)"
)

# In order: a rule sees what those before it left. None keeps what must stay. Where a pattern has a
# group, that is the number, and the rest only tells what it is.
_PATTERNS: tuple[tuple[What | None, str], ...] = (
    ("email", _EMAIL),
    ("email", _CARELESS_EMAIL),
    (None, _TRACKING_CODE),
    (None, _RUPIAH),
    (None, _POSITION),
    (None, _SOUTH),
    (None, _POST),
    (None, _RUN_OF_ORDINARY),
    (None, _RUN_OF_YEARS),
    (None, rf"{_APART}{_DATE}{_ENDED}"),
    (None, _LETTER_NUMBER),
    (None, _NEIGHBOURHOOD),
    ("nik", _CALLED_NIK),
    ("nik", _LONG_NUMBER),
    ("nik", _NIK),
    ("phone", _MOBILE),
    ("phone", _CALLED_PHONE),
    ("phone", _CALLED_MOBILE),
    ("phone", _LANDLINE),
    ("phone", _GROUPED_MOBILE),
    ("nik", _SIXTEEN_DIGITS),
    ("phone", _SCATTERED_MOBILE),
    ("phone", _INTERNATIONAL),
    ("phone", _SPELLED_LANDLINE),
    ("plate", _CALLED_PLATE),
    ("plate", _VEHICLE),
    ("plate", _PLATE),
    ("plate", _CARELESS_PLATE),
)
_ROUNDS = 4  # a masked number leaves its neighbour with a new edge; more is nothing people write


@dataclass(frozen=True, slots=True)
class Span:
    """`start` and `end` count characters of the text that was searched, as slices do."""

    start: int
    end: int
    what: What


def scrub(text: str) -> str:
    """`text` with a mark for each number or address of a person; every other character stays."""
    pieces, kept_to = [], 0
    for span in find_personal_data(text):
        pieces += [text[kept_to : span.start], MARKS[span.what]]
        kept_to = span.end
    return "".join([*pieces, text[kept_to:]])


def find_personal_data(text: str) -> tuple[Span, ...]:
    shadow, origins = _shadow(text)
    if not _signs().search(shadow):
        return ()
    found = sorted(_rounds(shadow))
    return tuple(Span(origins[start], origins[end - 1] + 1, what) for start, end, what in found)


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with a block for each character of `spans`, which may overlap or lie outside it."""
    pieces, masked_to = [], 0
    for first, last in sorted(spans):
        start, end = max(first, masked_to), min(last, len(text))
        if start < end:
            pieces += [text[masked_to:start], _BLOCK * (end - start)]
            masked_to = end
    return "".join([*pieces, text[masked_to:]])


def _rounds(shadow: str) -> Iterator[tuple[int, int, What]]:
    for _ in range(_ROUNDS):
        found = list(_matches(shadow))
        yield from found
        if not found:
            return
        shadow = mask(shadow, ((start, end) for start, end, _ in found))


def _matches(shadow: str) -> Iterator[tuple[int, int, What]]:
    for what, pattern in _rules():
        spans = [match.span(match.lastindex or 0) for match in pattern.finditer(shadow)]
        shadow = mask(shadow, spans)
        if what:
            yield from ((start, end, what) for start, end in spans)


@cache
def _signs() -> re.Pattern[str]:
    """Every pattern holds a digit or some form of "@"; most texts hold neither."""
    return re.compile(r"\d|@|[\[({<]|\bat\b", re.IGNORECASE)


@cache
def _rules() -> tuple[tuple[What | None, re.Pattern[str]], ...]:
    """Compiled with the first text: that takes as long as a fifth of all our other code to load."""
    return tuple((what, re.compile(pattern, re.IGNORECASE)) for what, pattern in _PATTERNS)


def _shadow(text: str) -> tuple[str, list[int]]:
    """`text` as a reader takes it, and for each of its characters the position it came from."""
    folded = [_fold(char) for char in text]
    origins = [at for at, chars in enumerate(folded) for _ in chars]
    return "".join(folded), origins


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """NFKC of one character, with plain digits, dashes and blanks; empty when it is invisible."""
    return "".join(_plain(one) for one in unicodedata.normalize("NFKC", char))


def _plain(char: str) -> str:
    category, digit = unicodedata.category(char), unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char.isspace():
        return " "
    if category in {"Cc", "Cf", "Me", "Mn"} or char in _FILLERS:
        return ""
    return "-" if category == "Pd" else _LOOK_ALIKES.get(char, char)
