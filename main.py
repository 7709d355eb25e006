"""The deploy root: every entry point by name."""

from functions.describe_service import describe_service
from functions.handle_report import handle_report
from functions.relay_outbox import relay_outbox
from functions.route_report import route_report
from functions.submit_report import submit_report
from functions.track_report import track_report

__all__ = [
    "describe_service",
    "handle_report",
    "relay_outbox",
    "route_report",
    "submit_report",
    "track_report",
]
