"""The officers' pages: one table of routes. What each does stands beside its table of handlers."""

from shared.edge.contract import Caller
from shared.edge.web.pages import Page

SIGN_IN = Page("sign_in", "GET", "/desk/signin")
SIGN_IN_LEAVE = Page("sign_in_leave", "GET", "/desk/signin/go")
SIGN_IN_BACK = Page("sign_in_back", "GET", "/desk/signin/back")
SIGN_OUT = Page("sign_out", "POST", "/desk/signout", form="desk_forms.SignOut", again=SIGN_IN)

QUEUE = Page("queue", "GET", "/desk", Caller.OFFICER)
SEARCH_QUEUE = Page(
    "search_queue", "POST", "/desk", Caller.OFFICER, form="desk_forms.QueueForm", again=QUEUE
)
ROUTE_MANY = Page(
    "route_many", "POST", "/desk/route", Caller.OFFICER, form="desk_forms.RouteMany", again=QUEUE
)
DESK_REPORT = Page("desk_report", "GET", "/desk/r/<code>", Caller.OFFICER)
ACT = Page(
    "act", "POST", "/desk/r/<code>", Caller.OFFICER,
    form="desk_forms.DeskActions", again=DESK_REPORT, files=True,
)  # fmt: skip
SEND_AHEAD = Page(
    "send_ahead", "POST", "/desk/r/<code>/lampiran", Caller.OFFICER,
    form="desk_forms.FilesAhead", again=DESK_REPORT, files=True,
)  # fmt: skip
ANNOUNCE_PROOF = Page(
    "announce_proof", "POST", "/desk/r/<code>/lampiran/baru", Caller.OFFICER,
    form="file_forms.AnnouncementForm",
)  # fmt: skip
TAKE_BACK_PROOF = Page(
    "take_back_proof", "POST", "/desk/r/<code>/lampiran/hapus", Caller.OFFICER,
    form="follow_forms.TakeBackForm", again=DESK_REPORT,
)  # fmt: skip
COVER = Page("cover", "GET", "/desk/r/<code>/lampiran/<id>", Caller.OFFICER)
COVER_FILE = Page(
    "cover_file", "POST", "/desk/r/<code>/lampiran/<id>", Caller.OFFICER,
    form="cover_forms.CoverForm", again=COVER,
)  # fmt: skip

INTAKE = Page("intake", "GET", "/desk/intake", Caller.OFFICER)
FILE_FOR_ANOTHER = Page(
    "file_for_another", "POST", "/desk/intake", Caller.OFFICER,
    form="intake_forms.FiledForAnother", again=INTAKE, files=True,
)  # fmt: skip
SHEET = Page("sheet", "GET", "/desk/r/<code>/sheet", Caller.OFFICER)
SHEET_QR = Page("sheet_qr", "GET", "/desk/r/<code>/sheet.svg", Caller.OFFICER)
PAPER_ANSWER = Page("paper_answer", "GET", "/desk/r/<code>/answer", Caller.OFFICER)
ENTER_ANSWER = Page(
    "enter_answer", "POST", "/desk/r/<code>/answer", Caller.OFFICER,
    form="intake_forms.PaperAnswer", again=PAPER_ANSWER, files=True,
)  # fmt: skip

BOARD = Page("board", "GET", "/desk/board", Caller.OFFICER)
SETTLE = Page(
    "settle", "POST", "/desk/board/<code>", Caller.OFFICER,
    form="desk_forms.DeskActions", again=BOARD,
)  # fmt: skip
AGENCY_BOARD = Page("agency_board", "GET", "/desk/agency", Caller.OFFICER)
LOOKS = Page("looks", "GET", "/desk/looks", Caller.OFFICER)

PEOPLE = Page("people", "GET", "/desk/people", Caller.OFFICER)
ADD_PERSON = Page(
    "add_person", "POST", "/desk/people", Caller.OFFICER,
    form="people_forms.NewOfficerPage", again=PEOPLE,
)  # fmt: skip
PERSON = Page("person", "GET", "/desk/people/<id>", Caller.OFFICER)
CHANGE_PERSON = Page(
    "change_person", "POST", "/desk/people/<id>", Caller.OFFICER,
    form="people_forms.ChangedOfficerPage", again=PERSON,
)  # fmt: skip
RELEASE_ACCOUNT = Page(
    "release_account", "POST", "/desk/people/<id>/account", Caller.OFFICER,
    form="people_forms.ReleasedAccount", again=PERSON,
)  # fmt: skip
AGENCIES = Page("agencies", "GET", "/desk/agencies", Caller.OFFICER)
AGENCY = Page("agency", "GET", "/desk/agencies/<id>", Caller.OFFICER)
CHANGE_AGENCY = Page(
    "change_agency", "POST", "/desk/agencies/<id>", Caller.OFFICER,
    form="people_forms.AgencyPage", again=AGENCY,
)  # fmt: skip
EDITS = Page("edits", "GET", "/desk/edits", Caller.OFFICER)
