"""The emulator's own refusals, in the same form as the functions' (RFC 9457)."""

import json
from http import HTTPStatus

from werkzeug.wrappers import Response


def problem(status: int, code: str, detail: str) -> Response:
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    return Response(json.dumps(body), status, content_type="application/problem+json")
