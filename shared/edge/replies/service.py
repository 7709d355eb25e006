"""The shapes of what the service says of itself: its directory, its dates, its health."""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from shared.edge.replies.answer import Answer
from shared.edge.replies.reports import AreaName, OutsideBody


class Agency(Answer):
    id: str
    name: str
    short_name: str
    kind: str
    head: str
    unconfirmed: bool
    succeeded_by: str | None


class OfficersAgency(Agency):
    contact: dict[str, str]
    parent: str | None
    paper: bool = Field(description="nobody there signs in; intake enters its answers")
    version: str = Field(description="goes back with a change")


class Cause(Answer):
    id: str
    name: str


class Agencies(Answer):
    agencies: list[OfficersAgency]
    bodies: list[OutsideBody]
    causes: list[Cause]
    handlers: list[str]


class Region(Answer):
    id: str
    name: str
    code: str
    zone: str


class Category(Answer):
    id: str
    name: str
    advice: str | None


class DirectoryView(Answer):
    region: Region
    categories: list[Category]
    agencies: list[Agency]
    bodies: list[OutsideBody]
    areas: list[AreaName]


class SkippedDay(Answer):
    date: date
    name: str


class DueView(Answer):
    due_at: datetime
    days: list[date] = Field(description="each counted day; the last one is the due day")
    skipped: list[SkippedDay] = Field(description="holidays on a weekday that were not counted")
    policy: str = Field(description="the dated row of the region's deadlines")


class Health(Answer):
    status: Literal["ok"]


class Document(BaseModel):
    """An OpenAPI 3.1 description."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]
    components: dict[str, Any]
