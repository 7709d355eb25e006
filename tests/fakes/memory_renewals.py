"""Renewals beside the reports in memory: a commit uses them up."""

from dataclasses import replace
from itertools import count

from shared.domain.notice import Notice
from shared.domain.renewal import Renewal
from shared.usecases.notice_ports import queued
from tests.fakes.memory_store import MemoryReports


class MemoryRenewals:
    def __init__(self, reports: MemoryReports) -> None:
        self._reports = reports
        self.notices: list[Notice] = []
        self._versions = count(1)

    def load(self, code: str) -> Renewal | None:
        return self._reports.renewals.get(code)

    def change(self, code: str, renewal: Renewal) -> bool:
        there = self.load(code)
        if (there.version if there else None) != renewal.version:
            return False
        self._reports.renewals[code] = replace(renewal, version=next(self._versions))
        return True

    def ask(self, code: str, renewal: Renewal, notice: Notice) -> bool:
        if not self.change(code, renewal):
            return False
        self.notices.append(notice)
        self._reports.outbox.waiting[notice.id] = queued(notice)
        return True
