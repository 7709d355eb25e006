"""Whoever holds the receipt is the reporter. Right ones always work; wrong ones are counted."""

from datetime import datetime

from shared.domain.receipts import ReceiptMark, UnreadableReceipt, is_holder, parse_receipt
from shared.domain.report import Report
from shared.usecases.acting import NoSuchReport
from shared.usecases.ports import Keys, Reports
from shared.usecases.receipt_ports import Tries

# A holder who mistypes needs a few; a guesser would need 10^16.
_WRONG_TRIES_AN_HOUR = 10


class WrongReceipt(Exception):
    """Not the receipt of this report."""


class TooManyTries(Exception):
    """Too many wrong receipts from this address within the hour."""


def report_of_holder(
    code: str,
    receipt: str,
    *,
    address: str,
    now: datetime,
    reports: Reports,
    keys: Keys,
    tries: Tries,
) -> Report:
    report, mark = reports.load_with_receipt(code)
    if report is None or mark is None:
        raise NoSuchReport
    if _opens(receipt, mark, code, keys):
        return report
    if tries.wrong(address, now) > _WRONG_TRIES_AN_HOUR:
        raise TooManyTries
    raise WrongReceipt


def _opens(receipt: str, mark: ReceiptMark, code: str, keys: Keys) -> bool:
    try:
        return is_holder(parse_receipt(receipt), mark, code=code, keys=keys.secrets)
    except UnreadableReceipt:
        return False
