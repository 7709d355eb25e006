"""A post office on fakes, with a report about which there is something to tell."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from shared.domain import commands as c
from shared.domain.directory import Agency, Officer
from shared.domain.notice import Audience, Notice
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.domain.statuses import Role
from shared.usecases.composing import Composer
from shared.usecases.filing import file_report
from shared.usecases.notice_ports import Mail
from shared.usecases.ports import Consumed, Identity
from shared.usecases.post_office import Outcome, PostOffice
from shared.usecases.sending import Sweep, send
from tests.builders import KEYS
from tests.domain.builders import REPORTER, SOLVED, VERIFIER, filing, officer_of
from tests.fakes.memory_notices import MemoryBounces, MemoryNotices
from tests.fakes.memory_renewals import MemoryRenewals
from tests.fakes.recording_post import Posted, RecordingPost
from tests.usecases.office import Office

SITE = "https://lapor.example"
SEKAR = Identity("Sekar", "sekar@example.org", "+6281234567890")
ONLY_PHONE = Identity("Sekar", None, "+6281234567890")
NOBODY = Identity()
MORNING = timedelta(hours=1)


class Post(Office):
    """Live, with a verifier, two coordinators and a head; each agency has a mail address."""

    def __init__(self) -> None:
        super().__init__()
        self.mailer, self.texter = RecordingPost(), RecordingPost()
        self.notices, self.bounces = MemoryNotices(self.reports.outbox), MemoryBounces()
        self.post_office = self._opened(self.notices)
        self.directed(notices="live", agencies=_with_addresses(self.rules))
        self._hire("verifier1", Role.VERIFIER)
        self._hire("coordinator1", Role.COORDINATOR)
        self._hire("coordinator2", Role.COORDINATOR)
        self._hire("kepala.dlhk", Role.AGENCY, "dlhk", head=True)
        self._ids = count(1)

    def directed(self, **fields: Any) -> None:
        self.rules = replace(self.rules, directory=replace(self.rules.directory, **fields))

    def filed_by(self, identity: Identity, **fields: Any) -> Report:
        return file_report(
            filing(**fields),
            identity,
            person=REPORTER,
            role=Role.REPORTER,
            attempt=None,
            rules=self.rules,
            stamp=self.stamp(),
            desk=self.desk,
        ).report

    def answered(self, identity: Identity = SEKAR, **fields: Any) -> Report:
        report = self.filed_by(identity, area="51.03.06", **fields)
        self.act(report, c.Route(agency="dlhk", text="Silakan."), VERIFIER)
        self.act(report, c.Accept(), officer_of("dlhk"))
        return self.act(report, SOLVED, officer_of("dlhk"))

    def notice(self, report: Report | None, kind: str = "answered", **fields: Any) -> Notice:
        """About the last event of the report, waiting since now."""
        given = {
            "id": f"{next(self._ids):032x}",
            "kind": kind,
            "audience": Audience.REPORTER,
            "created_at": self.now,
            "next_attempt_at": self.now,
            "expires_at": self.now + timedelta(days=7),
            "code": report and report.code,
            "seq": report and report.seq,
        }
        notice = Notice(**(given | fields))
        self.notices.add([notice], Consumed("write_notices", notice.id))
        return notice

    def send(self, notice: Notice, office: PostOffice | None = None) -> Outcome:
        return send(
            notice.id, rules=self.rules, stamp=self.stamp(), office=office or self.post_office
        )

    def sweep(self, is_over: Callable[[], bool] = lambda: False) -> dict[Outcome, int]:
        self.failures: list[str] = []
        return dict(
            Sweep(
                self.rules,
                self.stamp(),
                self.post_office,
                is_over,
                lambda id_, _: self.failures.append(id_),
            ).run()
        )

    def later(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now

    def kept(self, notice: Notice) -> Notice:
        return self.notices.known[notice.id]

    def last_state(self, notice: Notice) -> str:
        return self.kept(notice).state

    @property
    def mails(self) -> list[Posted]:
        return self.mailer.posted

    @property
    def last_mail(self) -> Mail:
        message = self.mails[-1].message
        assert isinstance(message, Mail)
        return message

    def opened_over(self, notices: MemoryNotices) -> PostOffice:
        return replace(self.post_office, notices=notices)

    def _opened(self, notices: MemoryNotices) -> PostOffice:
        return PostOffice(
            notices=notices,
            mailer=self.mailer,
            texter=self.texter,
            bounces=self.bounces,
            composer=Composer(self.reports, MemoryRenewals(self.reports), KEYS, SITE),
            reports=self.reports,
            officers=self.officers,
            outbox=self.reports.outbox,
            publisher=self.publisher,
        )

    def _hire(self, id_: str, role: Role, agency: str | None = None, *, head: bool = False) -> None:
        address, roles = f"{id_}@badung.example", frozenset({role})
        self.officers.known[id_] = Officer(id_, address, id_, roles, agency, head)


def _with_addresses(rules: Rules) -> dict[str, Agency]:
    return {
        id_: replace(agency, contact={"email": f"{id_}@badung.example"})
        for id_, agency in rules.directory.agencies.items()
    }
