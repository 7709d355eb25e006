"""Whoever holds the receipt is the reporter. Right ones always work; wrong ones are counted."""

from datetime import datetime
from hashlib import sha256
from hmac import compare_digest

from shared.domain.receipts import ReceiptMark, UnreadableReceipt, is_holder, parse_receipt
from shared.domain.report import Report
from shared.usecases.failures import NoSuchReport, TooManyTries, WrongReceipt
from shared.usecases.ports import Keys, Reports
from shared.usecases.receipt_ports import Tries

# A holder who mistypes needs a few; a guesser would need 10^16.
_WRONG_TRIES_AN_HOUR = 10


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
    return opened(code, receipt, address=address, now=now, reports=reports, keys=keys, tries=tries)[
        0
    ]


def opened(
    code: str,
    receipt: str,
    *,
    address: str,
    now: datetime,
    reports: Reports,
    keys: Keys,
    tries: Tries,
) -> tuple[Report, ReceiptMark]:
    """With the mark that the receipt fits. Raises WrongReceipt and TooManyTries."""
    report, mark = reports.load_with_receipt(code)
    if report is None or mark is None:
        raise NoSuchReport
    if _opens(receipt, mark, code, keys):
        return report, mark
    if tries.wrong(address, now) > _WRONG_TRIES_AN_HOUR:
        raise TooManyTries
    raise WrongReceipt


def proof_of(mark: ReceiptMark) -> str:
    """What a browser keeps in place of the receipt: true as long as that is, and no way to it."""
    return sha256(f"proof\0{mark.key_id}\0{mark.mac}".encode()).hexdigest()


def held(code: str, proof: str, *, reports: Reports) -> Report | None:
    """None: the receipt has been replaced since."""
    report, mark = reports.load_with_receipt(code)
    if report is None or mark is None:
        raise NoSuchReport
    return report if compare_digest(proof_of(mark), proof) else None


def _opens(receipt: str, mark: ReceiptMark, code: str, keys: Keys) -> bool:
    try:
        return is_holder(parse_receipt(receipt), mark, code=code, keys=keys.secrets)
    except UnreadableReceipt:
        return False
