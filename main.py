"""The deploy root: every entry point by name.

Each is loaded when the framework asks for it: no cold start pays for the other functions.
"""

from importlib import import_module
from typing import Any

ENTRY_POINTS = (
    "count_report",
    "cover_image",
    "describe_service",
    "handle_report",
    "record_delivery",
    "process_upload",
    "relay_outbox",
    "remind_overdue",
    "route_report",
    "send_notice",
    "serve_desk",
    "serve_file",
    "serve_pages",
    "show_scoreboard",
    "submit_report",
    "track_report",
    "write_digests",
    "write_notices",
)


def __getattr__(name: str) -> Any:
    """Raises AttributeError for what is no entry point."""
    if name not in ENTRY_POINTS:
        raise AttributeError(name)
    return getattr(import_module(f"functions.{name}"), name)
