"""The shapes of answers about the people of the desk, and about what they did."""

from datetime import date, datetime
from typing import Any

from pydantic import Field

from shared.domain.statuses import Role
from shared.edge.replies.answer import Answer, ReportCode
from shared.edge.replies.reports import AgencyName


class Absence(Answer):
    officer: str
    since: date
    until: date


class Officer(Answer):
    id: str
    name: str
    email: str
    roles: list[Role]
    agency: AgencyName | None
    head: bool
    until: date | None = Field(description="the last day in service")
    deputy: Absence | None = Field(description="who stands in, and on which days")
    has_signed_in: bool
    version: str = Field(description="goes back with a change")


class Officers(Answer):
    officers: list[Officer]


class AmendedAgency(Answer):
    id: str
    name: str
    contact: dict[str, str]
    paper: bool
    version: str


class ChangedField(Answer):
    field: str
    before: Any
    after: Any


class Edit(Answer):
    at: datetime
    by: str
    by_name: str
    subject_name: str
    subject: str = Field(description="officers/{id} or agencies/{id}")
    changes: list[ChangedField]


class Edits(Answer):
    edits: list[Edit]
    next_cursor: str | None


class OfficerName(Answer):
    id: str
    name: str


class Look(Answer):
    code: str = ReportCode
    at: datetime
    by: Role
    officer: OfficerName
    agency: AgencyName | None
    reason: str | None


class Looks(Answer):
    looks: list[Look]
    next_cursor: str | None
