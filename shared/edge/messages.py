"""What programs and forms may send. Unknown fields are refused, values are never echoed."""

import re
import unicodedata
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from shared.domain.acts.filing import Filing
from shared.domain.codes import UnreadableCode, parse_code
from shared.domain.report import Location
from shared.domain.scoreboard.reading import By
from shared.domain.statuses import Kind, Status
from shared.usecases.ports import Identity
from shared.usecases.scoreboard import Asked

# Control characters have no place in a text, and direction overrides can make it read otherwise
# than it is. Both are left out rather than refused: phones insert them without anybody's doing.
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")
_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_SEPARATORS = re.compile(r"[\s().\-]")
# Composing takes quadratic time on long runs of accents (stream-safe text has at most 30, UAX #15):
# such runs stay as they are. Marks are no word characters.
_STACKED = re.compile(r"([^\x00-\x7f\w]{31,})")


def _clean(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    pieces = _STACKED.split(value.replace("\r\n", "\n"))
    pieces[::2] = [unicodedata.normalize("NFC", piece) for piece in pieces[::2]]
    return _INVISIBLE.sub("", "".join(pieces)).strip()


def _email(value: str) -> str:
    if not _EMAIL.fullmatch(value):
        raise PydanticCustomError("not_an_email", "not an e-mail address")
    return value


def _phone(value: str) -> str:
    """E.164 (ITU-T); the Indonesian 08… and 62… become +62…."""
    typed = _SEPARATORS.sub("", unicodedata.normalize("NFKC", value))
    digits = re.sub(r"^(0|62)(?=8)", "+62", typed)
    if not _E164.fullmatch(digits):
        raise PydanticCustomError("not_a_phone", "not a phone number")
    return digits


def _code(value: str) -> str:
    """One that cannot be read is the code of no report."""
    try:
        return parse_code(value)
    except UnreadableCode:
        return ""


def _contact(value: str) -> str:
    return _email(value) if "@" in value else _phone(value)


def _one_of_two(code: str | None, info: ValidationInfo) -> str | None:
    """A contact that is at fault is not there, and its own fault says so."""
    if "contact" in info.data and (code is None) == (info.data["contact"] is None):
        raise PydanticCustomError("either_or", "one of contact and one_time_code")
    return code


Cleaned = BeforeValidator(_clean)
Line = Annotated[str, Cleaned, StringConstraints(min_length=1, max_length=300)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,99}$")]
Area = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?$")
]
Text = Annotated[str, Cleaned, StringConstraints(min_length=1, max_length=10_000)]
Title = Annotated[str, Cleaned, StringConstraints(min_length=1, max_length=150)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=40), AfterValidator(_code)]
Email = Annotated[str, Cleaned, StringConstraints(max_length=254), AfterValidator(_email)]
Phone = Annotated[str, Cleaned, StringConstraints(max_length=40), AfterValidator(_phone)]

FileId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$")]
# More than any region allows of one report; the rules know what is there.
FileIds = Annotated[tuple[FileId, ...], Field(max_length=50)]
ContactTyped = Annotated[str, Cleaned, StringConstraints(max_length=254), AfterValidator(_contact)]


class Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Place(Message):
    text: Line | None = None
    lat: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None


class Contact(Message):
    name: Annotated[str, Cleaned, StringConstraints(min_length=1, max_length=100)] | None = None
    email: Email | None = None
    phone: Phone | None = None


# The same names here and there; what else a form holds is no part of the report.
_OF_FILING = {part.name for part in fields(Filing)}


class ReportForm(Message):
    body: Annotated[str, Cleaned, StringConstraints(min_length=10, max_length=10_000)]
    kind: Kind = Kind.COMPLAINT
    title: Title | None = None
    about_official: bool = False
    occurred_on: date | None = None
    category: Id | None = None
    agency: Id | None = None
    area: Area | None = None
    location: Place | None = None
    anonymous: bool = False
    secret: bool | None = None
    reporter: Contact | None = None
    language: Literal["id", "en"] = "id"

    def filing(self) -> Filing:
        place = Location(**self.location.model_dump()) if self.location else None
        return Filing(**self.model_dump(include=_OF_FILING - {"location"}), location=place)

    def identity(self) -> Identity:
        return Identity(**self.reporter.model_dump()) if self.reporter else Identity()


class BrowserForm(ReportForm):
    """The same as a form: the header's twin, the proof of work, and a field only robots fill.

    `files_public`: everybody may see the files that come with it.
    """

    idempotency_key: str | None = None
    files_public: bool = False
    altcha: str | None = None
    website: Literal[""] | None = None


class IntakeForm(ReportForm):
    """An officer files for somebody who came, wrote or called."""

    channel: Literal["walk_in", "letter", "phone", "whatsapp", "social", "other"]
    on_behalf: Literal[True]


class SearchForm(Message):
    queue: Literal["verification", "agency", "mine", "contested", "overdue", "appeals", "all"]
    status: Status | None = None
    agency: Id | None = None
    category: Id | None = None
    area: Area | None = None
    q: Annotated[str, Cleaned, StringConstraints(max_length=200)] | None = None
    cursor: Annotated[str, StringConstraints(max_length=500)] | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 25


class ReceiptForm(Message):
    """One of the two: where to send a one-time code, or the code."""

    contact: ContactTyped | None = None
    one_time_code: Annotated[
        Annotated[str, StringConstraints(min_length=1, max_length=40)] | None,
        AfterValidator(_one_of_two),
        Field(validate_default=True),
    ] = None


class OversightQuestion(Message):
    """`identity`: whether the file names its reporter, as they gave their name."""

    identity: Literal["yes", "no"] = "no"


def given(value: Any) -> Any:
    """A field left empty was not filled in."""
    return None if value == "" else value


def _day(value: str) -> date:
    """Nothing else: pydantic would take a number for seconds since 1970."""
    if not _DAY.fullmatch(value):
        raise PydanticCustomError("not_a_day", "not a day")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("not_a_day", "not a day") from None


Day = Annotated[date, BeforeValidator(_day)]


class ScoreboardQuestion(Message):
    since: Annotated[Day | None, BeforeValidator(given)] = Field(None, alias="from")
    until: Annotated[Day | None, BeforeValidator(given)] = Field(None, alias="to")
    by: Annotated[By | None, BeforeValidator(given)] = None
    agency: Annotated[Id | None, BeforeValidator(given)] = None

    def asked(self) -> Asked:
        return Asked(self.by or By.AGENCY, self.since, self.until, self.agency)


class DayQuestion(Message):
    day: Day
