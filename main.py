"""The deploy root: every entry point by name."""

from functions.count_report import count_report
from functions.describe_service import describe_service
from functions.handle_report import handle_report
from functions.record_delivery import record_delivery
from functions.relay_outbox import relay_outbox
from functions.remind_overdue import remind_overdue
from functions.route_report import route_report
from functions.send_notice import send_notice
from functions.serve_desk import serve_desk
from functions.serve_pages import serve_pages
from functions.show_scoreboard import show_scoreboard
from functions.submit_report import submit_report
from functions.track_report import track_report
from functions.write_digests import write_digests
from functions.write_notices import write_notices

__all__ = [
    "count_report",
    "describe_service",
    "handle_report",
    "record_delivery",
    "relay_outbox",
    "remind_overdue",
    "route_report",
    "send_notice",
    "serve_desk",
    "serve_pages",
    "show_scoreboard",
    "submit_report",
    "track_report",
    "write_digests",
    "write_notices",
]
