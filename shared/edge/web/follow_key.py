"""Who opens the page of a report: its holder, for half an hour after showing the key; or anybody.

The browser keeps a proof, not the receipt: nobody who finds it has the receipt, and it is worth
nothing once the receipt is replaced.
"""

from dataclasses import replace

from shared.domain.codes import show_code
from shared.domain.receipts import ReceiptMark
from shared.edge.web import session
from shared.edge.web.session import Cookie
from shared.edge.web.visits import Visit
from shared.usecases.access import proof_of

SECONDS = 30 * 60
_NAME = "holder"


def path_of(code: str) -> str:
    return f"/r/{show_code(code)}"


def kept(code: str, mark: ReceiptMark, visit: Visit) -> Cookie:
    """Sent back to this report's pages alone, and never along with a link from elsewhere."""
    content = {"code": code, "proof": proof_of(mark)}
    cookie = session.signed(_NAME, content, keys=visit.keys, now=visit.stamp.at, seconds=SECONDS)
    return replace(cookie, path=path_of(code), same_site="Strict")


def forgotten(code: str) -> Cookie:
    return Cookie(_NAME, "", 0, path=path_of(code), same_site="Strict")


def proof_in(visit: Visit, code: str) -> str | None:
    content = session.content_of(
        visit.request, _NAME, keys=visit.keys, now=visit.stamp.at, path=path_of(code)
    )
    return content["proof"] if content and content["code"] == code else None
