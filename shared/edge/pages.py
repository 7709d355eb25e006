"""The small pages that a form's post is answered with when a browser asks for HTML."""

import functools
from collections.abc import Mapping
from typing import Any

from flask import Request
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from shared.edge.contract import Operation

_JSON = "application/json"
_HTML = "text/html"


def wants_page(request: Request, operation: Operation | None) -> bool:
    """Only what a form can be posted to has a page, and JSON goes first where both are welcome."""
    if operation is not None and operation.form is None:
        return False
    is_form = request.mimetype.endswith(("form-data", "form-urlencoded"))
    return is_form and request.accept_mimetypes.best_match([_JSON, _HTML]) == _HTML


def page_of(body: Mapping[str, Any], language: str, nonce: str) -> str:
    name = "filed" if "receipt" in body else "problem"
    template = _templates().get_template(f"{name}.{language}.html")
    return template.render(nonce=nonce, language=language, **body)


@functools.cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("shared.web"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
    )
