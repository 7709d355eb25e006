"""What following a report needs of the world, and who it is that follows."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.domain.codes import parse_code
from shared.domain.receipts import ReceiptMark
from shared.domain.report import Report
from shared.domain.scene import Rules
from shared.edge.problems import NoCredentials
from shared.edge.web import follow_key
from shared.edge.web.visits import Visit
from shared.usecases.access import held, opened
from shared.usecases.file_ports import Bucket
from shared.usecases.ports import Supporters
from shared.usecases.receipt_ports import Renewals, Tries
from shared.usecases.saving import Desk


@dataclass(frozen=True, slots=True)
class FollowPorts:
    """Each made when it is needed. `upload_site`: below which address the bucket takes uploads."""

    desk: Callable[[], Desk]
    rules: Callable[[], Rules]
    supporters: Callable[[], Supporters]
    tries: Callable[[], Tries]
    renewals: Callable[[], Renewals]
    bucket: Callable[[], Bucket]
    upload_site: Callable[[], str]

    def holder(self, visit: Visit, code: str) -> Report | None:
        """The report, for the browser that showed its key a while ago."""
        proof = follow_key.proof_in(visit, code)
        return held(code, proof, reports=self.desk().reports) if proof else None

    def needed_holder(self, visit: Visit, code: str) -> Report:
        """Raises NoCredentials."""
        report = self.holder(visit, code)
        if report is None:
            raise NoCredentials
        return report

    def opened(self, visit: Visit, code: str, receipt: str) -> tuple[Report, ReceiptMark]:
        """With the key as it was typed; wrong ones are counted as the contract's are."""
        return opened(
            code,
            receipt,
            address=visit.address,
            now=visit.stamp.at,
            reports=self.desk().reports,
            keys=self.desk().keys,
            tries=self.tries(),
        )


def code_of(visit: Visit) -> str:
    """Raises UnreadableCode."""
    return parse_code(visit.path["code"])
