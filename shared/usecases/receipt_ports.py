"""What checking receipts and renewing lost ones needs of the world."""

from datetime import datetime
from typing import Protocol

from shared.domain.notice import Notice
from shared.domain.renewal import Renewal


class Tries(Protocol):
    def wrong(self, address: str, at: datetime) -> int:
        """Counts one more wrong receipt from this address; the number within the hour."""
        ...

    def asked(self, address: str, at: datetime) -> int:
        """The same of one-time codes that were asked for."""
        ...


class Renewals(Protocol):
    """One record for each report. What is written takes the place of what was read, or nothing."""

    def load(self, code: str) -> Renewal | None: ...

    def change(self, code: str, renewal: Renewal) -> bool:
        """Compare-and-set on the renewal's version; False: changed meanwhile. Raises StoreAway."""
        ...

    def ask(self, code: str, renewal: Renewal, notice: Notice) -> bool:
        """As `change`, with the notice and its outbox entry in the same commit."""
        ...
