"""A lost key: a one-time code to the contact on file, and for the code a new key, shown once."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.domain.codes import show_code
from shared.domain.receipts import show_receipt
from shared.edge import limits
from shared.edge.web import follow_key, pages
from shared.edge.web.follow_ports import FollowPorts, code_of
from shared.edge.web.pages import Page
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases.acting import loaded
from shared.usecases.renewing import Exchange, LostReceipt, ask_for_code, renew_receipt


@dataclass(frozen=True, slots=True)
class LostKeys:
    ports: FollowPorts

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {
            pages.LOST_KEY: self._lost,
            pages.ASK_CODE: self._ask,
            pages.NEW_KEY: self._new,
            pages.RENEW_KEY: self._renew,
        }

    def _lost(self, visit: Visit) -> Shown:
        return Shown("follow_lost_key.html", {"code": self._known(visit)})

    def _new(self, visit: Visit) -> Shown:
        return Shown("follow_new_key.html", {"code": self._known(visit)})

    def _known(self, visit: Visit) -> str:
        """As people read it. Raises NoSuchReport."""
        return show_code(loaded(self.ports.desk().reports, code_of(visit)).code)

    def _ask(self, visit: Visit) -> Moved:
        """Always the same answer."""
        limits.count_post(visit.address, visit.stamp.at)
        lost = self._receipt(visit)
        ask_for_code(visit.message.contact, lost, stamp=visit.stamp, desk=self.ports.desk())
        return Moved(f"{follow_key.path_of(lost.code)}/kunci-baru", flash="code-sent")

    def _renew(self, visit: Visit) -> Shown:
        """The new key opens the report for this browser at once."""
        limits.count_post(visit.address, visit.stamp.at)
        lost, desk = self._receipt(visit), self.ports.desk()
        exchange = Exchange(visit.message.one_time_code, lost, visit.attempt)
        receipt = renew_receipt(exchange, rules=self.ports.rules(), stamp=visit.stamp, desk=desk)
        _, mark = self.ports.opened(visit, lost.code, receipt)
        values = {
            "code": show_code(lost.code),
            "receipt": show_receipt(receipt),
            "host": visit.request.host,
        }
        cookie = follow_key.kept(lost.code, mark, visit)
        return Shown("follow_renewed.html", values, cookies=(cookie,))

    def _receipt(self, visit: Visit) -> LostReceipt:
        return LostReceipt(code_of(visit), visit.address, self.ports.renewals(), self.ports.tries())
