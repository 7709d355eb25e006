"""What is edited of the directory: as programs send it, and as the pages post it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from shared.domain.directory import Deputy, Officer
from shared.domain.people import Amendment
from shared.domain.statuses import Role
from shared.edge.messages import Cleaned, Email, Id, Line, Message, Phone

Name = Annotated[str, Cleaned, StringConstraints(min_length=1, max_length=100)]
OfficerId = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Web = Annotated[
    str,
    Cleaned,
    StringConstraints(pattern=r"^https://[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?$", max_length=200),
]
Duty = Literal["intake", "verifier", "agency", "coordinator", "oversight", "admin"]


class DeputyForm(Message):
    officer: OfficerId
    since: date
    until: date

    def deputy(self) -> Deputy:
        return Deputy(self.officer, self.since, self.until)


class _Work(Message):
    """What an officer does, and until when."""

    name: Name
    agency: Id | None = None
    head: bool = False
    until: date | None = None
    deputy: DeputyForm | None = None

    def officer(self, roles: Any, email: str = "") -> Officer:
        return Officer(
            id="",
            email=email,
            name=self.name,
            roles=frozenset(Role(role) for role in roles),
            agency=self.agency,
            head=self.head,
            until=self.until,
            deputy=self.deputy.deputy() if self.deputy else None,
        )


class NewOfficer(_Work):
    email: Email
    roles: Annotated[list[Duty], Field(max_length=6)]

    def wanted(self) -> Officer:
        return self.officer(self.roles, self.email)


class ChangedOfficer(_Work):
    """The whole record; its address stays. `version` is the one last read."""

    roles: Annotated[list[Duty], Field(max_length=6)]
    version: Version

    def wanted(self) -> Officer:
        return self.officer(self.roles)


class ContactForm(Message):
    email: Email | None = None
    phone: Phone | None = None
    web: Web | None = None


class AgencyForm(Message):
    """`version` is the one last read."""

    contact: ContactForm = ContactForm()
    paper: bool = False
    version: Version

    def wanted(self, agency: str) -> Amendment:
        contact = self.contact.model_dump(exclude_none=True)
        return Amendment(agency, contact, self.paper)


class AgencyPage(AgencyForm):
    idempotency_key: str | None = None


class NewOfficerPage(_Work):
    """Roles as ticks: `roles.verifier=true`."""

    email: Email
    roles: Annotated[dict[Duty, bool], Field(default_factory=dict)]
    idempotency_key: str | None = None

    def wanted(self) -> Officer:
        return self.officer(self.roles, self.email)


class ChangedOfficerPage(_Work):
    roles: Annotated[dict[Duty, bool], Field(default_factory=dict)]
    version: Version
    idempotency_key: str | None = None

    def wanted(self) -> Officer:
        return self.officer(self.roles)


class ReleasedAccount(Message):
    """`account`: the mark of the one that was bound when the page was read."""

    account: Version
    reason: Line
    idempotency_key: str | None = None


class OfficersQuestion(Message):
    """Of one agency; without it, those who work for the whole region."""

    agency: Id | None = None


class LogQuestion(Message):
    agency: Id | None = None
    cursor: Annotated[str, StringConstraints(max_length=100)] | None = None


class EditsQuestion(Message):
    cursor: Annotated[str, StringConstraints(max_length=100)] | None = None
