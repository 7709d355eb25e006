"""From a template to an answer: the one look of all pages, and what they may load.

Templates say what people read in Bahasa Indonesia within `_("…")` or `{% trans %}…{% endtrans %}`;
a per cent sign there is written twice. Values are escaped unless a template says otherwise. No
style or script stands in a page: both are files of shared/web/static, `asset("style.css")`.
"""

import functools
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from shared.domain import dates
from shared.edge.contract import Operation
from shared.edge.headers import PRIVATE, SECURITY
from shared.edge.web import static
from shared.edge.web.languages import translate

_JSON = "application/json"
_HTML = "text/html"
_CONNECT = "connect-src 'self'"
_POLICY = "; ".join((
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    _CONNECT,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))  # fmt: skip
_HEADERS = {
    **SECURITY,
    **PRIVATE,
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "Vary": f"{PRIVATE['Vary']}, Cookie",
}


def page_response(
    template: str,
    values: Mapping[str, Any],
    status: int,
    language: str,
    headers: Mapping[str, str],
) -> Response:
    html = templates(language).get_template(template).render(**values)
    return Response(html, status, {**_HEADERS, **headers}, content_type="text/html; charset=utf-8")


def uploading_to(site: str) -> dict[str, str]:
    """Headers of a page whose script may send files there, see `bucket.upload_site`."""
    return {"Content-Security-Policy": _POLICY.replace(_CONNECT, f"{_CONNECT} {site}")}


def wants_page(request: Request, operation: Operation | None) -> bool:
    """Of the API only what has a page, and JSON goes first where both are welcome.

    A post only when it is a form's; a problem (no operation) only when a form was posted.
    """
    if operation is not None and operation.page is None:
        return False
    is_form = request.mimetype.endswith(("form-data", "form-urlencoded"))
    is_asked = operation is not None and operation.method == "GET"
    is_html = request.accept_mimetypes.best_match([_JSON, _HTML]) == _HTML
    return is_html and (is_form or is_asked)


@functools.cache
def templates(language: str) -> Environment:
    """Texts, filters, and for pages outside of `serving.py` what their frame cannot know."""
    environment = Environment(
        loader=PackageLoader("shared.web"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals |= {
        "language": language,
        "asset": static.url,
        "region": "",
        "training": False,
        "here": None,
        "officer": None,
        "flash": "",
        "host": "",
        "written": "",
    }
    environment.filters |= {
        "day": lambda value: dates.long_date(_day(value), language),
        "moment": lambda value: dates.long_moment(datetime.fromisoformat(value), language),
        "number": lambda value: dates.number(value, language),
    }
    _install_texts(environment, language)
    return environment


def _install_texts(environment: Environment, language: str) -> None:
    """Plural forms are avoided: Bahasa Indonesia has none."""
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: translate(text, language),
        lambda text, _texts, _number: translate(text, language),
        newstyle=True,
    )


def _day(value: date | str) -> date:
    """The contract's times and dates, as they are or as texts."""
    return datetime.fromisoformat(value).date() if isinstance(value, str) else value
