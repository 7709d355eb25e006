"""The pages: one table of routes. What each does stands in functions/serve_pages.py."""

from dataclasses import dataclass
from typing import Optional

from shared.edge.contract import Caller


@dataclass(frozen=True, slots=True)
class Page:
    """`form`: "module.Model" of what is posted to it; see `contract.model`.

    `again` is the page whose form was posted: shown once more, with what was typed, when the
    sender can mend what is wrong. `files`: whether its form may bring some.
    """

    name: str
    method: str
    path: str
    caller: Caller = Caller.ANYBODY
    form: str | None = None
    again: Optional["Page"] = None
    files: bool = False


FILING = Page("filing", "GET", "/")
REVIEW = Page("review", "POST", "/lapor/ringkasan", form="filing_forms.PageForm", again=FILING)
FILING_LEFT = Page("filing_left", "GET", "/lapor/<step>")
EDIT_FILING = Page("edit_filing", "POST", "/lapor/ubah", again=FILING)
FILE = Page("file", "POST", "/", form="filing_forms.PageForm", again=FILING)
SUGGEST = Page("suggest", "POST", "/lapor/usul", form="filing_forms.Draft")
FIND_VILLAGE = Page("find_village", "POST", "/lapor/wilayah", form="filing_forms.Place")
LOOKUP = Page("lookup", "GET", "/r")
REPORT = Page("report", "GET", "/r/<code>", Caller.HOLDER_OR_PUBLIC)
SHOW_KEY = Page("show_key", "POST", "/r/<code>/kunci", form="follow_forms.KeyForm", again=REPORT)
FORGET_KEY = Page(
    "forget_key", "POST", "/r/<code>/lupakan", form="follow_forms.Nothing", again=REPORT
)
TELL = Page(
    "tell", "POST", "/r/<code>/sampaikan", Caller.HOLDER,
    form="follow_forms.TellForm", again=REPORT,
)  # fmt: skip
ATTACH = Page(
    "attach", "POST", "/r/<code>/lampiran", Caller.HOLDER,
    form="follow_forms.FilesForm", again=REPORT, files=True,
)  # fmt: skip
ANNOUNCE = Page(
    "announce", "POST", "/r/<code>/lampiran/baru", Caller.HOLDER,
    form="file_forms.AnnouncementForm",
)  # fmt: skip
TAKE_BACK = Page(
    "take_back", "POST", "/r/<code>/lampiran/hapus", Caller.HOLDER,
    form="follow_forms.TakeBackForm", again=REPORT,
)  # fmt: skip
SUPPORT = Page("support", "POST", "/r/<code>/dukung", form="follow_forms.Nothing", again=REPORT)
OVERSIGHT_FILE = Page("oversight_file", "GET", "/r/<code>/berkas", Caller.HOLDER, again=REPORT)
REPORT_LEFT = Page("report_left", "GET", "/r/<code>/<step>")
LOST_KEY = Page("lost_key", "GET", "/r/<code>/kunci-hilang")
ASK_CODE = Page(
    "ask_code", "POST", "/r/<code>/kunci-hilang", form="follow_forms.LostKeyForm", again=LOST_KEY
)
NEW_KEY = Page("new_key", "GET", "/r/<code>/kunci-baru")
RENEW_KEY = Page(
    "renew_key", "POST", "/r/<code>/kunci-baru", Caller.CONTACT,
    form="follow_forms.OneTimeCodeForm", again=NEW_KEY,
)  # fmt: skip

SCOREBOARD = Page("scoreboard", "GET", "/scoreboard")
SCOREBOARD_CHART = Page("scoreboard_chart", "GET", "/scoreboard/<chart>.svg")
DAY_ROOT = Page("day_root", "GET", "/scoreboard/akar")
HOW = Page("how", "GET", "/how")
AGENCIES = Page("agencies", "GET", "/agencies")

LANGUAGE = Page("language", "GET", "/bahasa")
STATIC = Page("static", "GET", "/assets/<name>")

PAGES: tuple[Page, ...] = tuple(
    value for value in dict(globals()).values() if isinstance(value, Page)
)
