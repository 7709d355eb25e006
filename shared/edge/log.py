"""One structured line per request. It names operations and codes; no path, address or text."""

import functools
import json
import logging
import os
import sys
import traceback
from dataclasses import dataclass
from typing import Any

from flask import Request

_SERVER_ERROR = 500


@dataclass(slots=True)
class Line:
    function: str = ""
    operation: str = ""
    code: str = ""
    bug: Exception | None = None

    def write(self, request: Request, status: int, seconds: float) -> None:
        fields: dict[str, Any] = {
            "function": self.function or os.environ.get("K_SERVICE", ""),
            "operation": self.operation,
            "method": request.method,
            "status": status,
            "ms": round(seconds * 1000),
            "code": self.code,
            **_trace(request),
        }
        if self.bug:
            fields["where"] = where(self.bug)
        severity = logging.ERROR if status >= _SERVER_ERROR else logging.INFO
        write(severity, "request", fields)


def write(severity: int, message: str, fields: dict[str, Any]) -> None:
    given = {name: value for name, value in fields.items() if value not in ("", None)}
    line = {"severity": logging.getLevelName(severity), "message": message, **given}
    _logger().log(severity, json.dumps(line))


def where(bug: BaseException) -> str:
    """Type and places of an exception. Its own words may hold what somebody wrote: left out."""
    frames = traceback.extract_tb(bug.__traceback__)[-8:]
    places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(bug).__name__} at {places}"


def _trace(request: Request) -> dict[str, str]:
    trace = request.headers.get("X-Cloud-Trace-Context", "").split("/")[0]
    project = os.environ.get("GOOGLE_CLOUD_PROJECT", "")
    if not trace.isalnum():
        return {}
    return {"logging.googleapis.com/trace": f"projects/{project}/traces/{trace}"}


@functools.cache
def _logger() -> logging.Logger:
    """Cloud Logging reads JSON lines from standard output.

    Threads may come here at once: a logger takes the same handler only once.
    """
    logger = logging.getLogger("tanggap")
    logger.setLevel(logging.INFO)
    logger.propagate = False
    logger.addHandler(_TO_STDOUT)
    return logger


class _ToStdout(logging.Handler):
    """Looks standard output up at each line: tests and servers replace it."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stdout.write(record.getMessage() + "\n")
        sys.stdout.flush()


_TO_STDOUT = _ToStdout()
