"""How a use case says no where no rule of the domain does; the edge makes an answer of each.

Apart from their use cases, so that whoever tells of a failure does not load them all.
"""


class NoSuchReport(Exception):
    """There is no report with this code."""


class StillChanging(Exception):
    """Others won the race three times in a row."""


class IdempotencyMismatch(Exception):
    """The same key came with another body."""


class WrongReceipt(Exception):
    """Not the receipt of this report."""


class TooManyTries(Exception):
    """Too many wrong receipts from this address within the hour."""


class WrongLink(Exception):
    """Not a link of ours to this report, ended, or made for another answer."""


class WrongOneTimeCode(Exception):
    """Not the code, no longer the code, or there never was one."""


class TooManyAsked(Exception):
    """Too many codes asked for from this address within the hour."""


class NoSuchEntry(Exception):
    """The directory has no officer, or no agency, of this id."""
