"""A lost receipt over HTTP: a one-time code is asked for, or turned into a new receipt."""

from shared.domain.codes import parse_code
from shared.domain.languages import of_pair
from shared.domain.receipts import show_receipt
from shared.domain.renewal import SENT_PERHAPS
from shared.domain.scene import Rules
from shared.edge.http import Call, Reply
from shared.usecases.receipt_ports import Renewals, Tries
from shared.usecases.renewing import Exchange, LostReceipt, ask_for_code, renew_receipt
from shared.usecases.saving import Desk


def renewed(call: Call, renewals: Renewals, tries: Tries, rules: Rules, desk: Desk) -> Reply:
    typed, code = call.message, parse_code(call.path["code"])
    lost = LostReceipt(code, call.address, renewals, tries)
    if typed.contact:
        ask_for_code(typed.contact, lost, stamp=call.stamp, desk=desk)
        return Reply({"detail": of_pair(SENT_PERHAPS, call.language)}, 202)
    exchange = Exchange(typed.one_time_code, lost, call.attempt)
    receipt = renew_receipt(exchange, rules=rules, stamp=call.stamp, desk=desk)
    return Reply({"receipt": show_receipt(receipt)})
