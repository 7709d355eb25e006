"""The pages: one table of routes. What each does stands in functions/serve_pages.py."""

from dataclasses import dataclass
from typing import Optional

from shared.edge.contract import Caller


@dataclass(frozen=True, slots=True)
class Page:
    """`form`: "module.Model" of what is posted to it; see `contract.model`.

    `again` is the page whose form was posted: shown once more, with what was typed, when the
    sender can mend what is wrong.
    """

    name: str
    method: str
    path: str
    caller: Caller = Caller.ANYBODY
    form: str | None = None
    again: Optional["Page"] = None


FILING = Page("filing", "GET", "/")
FILE = Page("file", "POST", "/", form="messages.BrowserForm", again=FILING)
LOOKUP = Page("lookup", "GET", "/r")
REPORT = Page("report", "GET", "/r/<code>", Caller.HOLDER_OR_PUBLIC)

LANGUAGE = Page("language", "GET", "/bahasa")
STATIC = Page("static", "GET", "/assets/<name>")

PAGES: tuple[Page, ...] = tuple(
    value for value in dict(globals()).values() if isinstance(value, Page)
)
