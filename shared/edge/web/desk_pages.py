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
    form="desk_forms.DeskActions", again=DESK_REPORT,
)  # fmt: skip
