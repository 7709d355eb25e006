"""At the counter: letters, calls and walk-ins are filed, and the slip they take home is printed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shared.domain.refusals import NotAllowed
from shared.domain.scene import Rules
from shared.domain.statuses import Role
from shared.edge import filings, uploads
from shared.edge.web import desk_choices
from shared.edge.web.desk_pages import FILE_FOR_ANOTHER, INTAKE
from shared.edge.web.desk_proofs import FileDesk
from shared.edge.web.pages import Page
from shared.edge.web.visits import Handler, Shown, Visit
from shared.usecases.attaching import Owner
from shared.usecases.filing import file_report
from shared.usecases.saving import Desk


@dataclass(frozen=True, slots=True)
class IntakeDesk:
    """`site`: where people reach the region."""

    rules: Callable[[], Rules]
    desk: Callable[[], Desk]
    site: Callable[[], str]
    files: FileDesk

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {INTAKE: self._form, FILE_FOR_ANOTHER: self._file}

    def _form(self, visit: Visit) -> Shown:
        if Role.INTAKE not in visit.person.roles:
            raise NotAllowed
        rules = self.rules()
        values = {
            "today": rules.today(visit.stamp.at),
            "agencies": desk_choices.agencies(rules.directory),
            "categories": desk_choices.categories(rules.directory, visit.language),
            "areas": desk_choices.districts(rules.directory),
            "limits": self.files.limits_said(visit),
        }
        return Shown("intake.html", values)

    def _file(self, visit: Visit) -> Shown:
        """In the language of whoever takes the slip home, not of the officer's page."""
        rules, asked = self.rules(), visit.message
        filing, identity = asked.filing(), asked.identity()
        filings.check(filing, rules, visit.stamp.at)
        filed = file_report(
            filing,
            identity,
            person=visit.person,
            role=Role.INTAKE,
            attempt=visit.attempt,
            rules=rules,
            stamp=visit.stamp,
            desk=self.desk(),
        )
        answer = filings.answer_of(filed, rules, filing.language)
        page = filings.page_of(filed, identity, rules, filing.language)
        slip = {"title": filed.report.title, "site": self.site(), "channel": filing.channel}
        taken = {"taken": self._taken(filed.report.code, visit, filing.language)}
        return Shown("slip.html", answer | page | slip | taken, 201, language=filing.language)

    def _taken(self, code: str, visit: Visit, language: str) -> list[dict[str, Any]]:
        """The report stands: whatever became of its files is said of them."""
        brought = uploads.brought(visit.request, public=visit.message.files_public)
        taken = self.files.taken_in(code, Owner(Role.REPORTER), brought, visit)
        return uploads.answer_of(taken, language)
