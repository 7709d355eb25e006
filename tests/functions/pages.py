"""A browser without JavaScript: it keeps cookies and sends a form with all that stands in it."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.functions.region import client_of

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@dataclass
class Page:
    answer: TestResponse

    @property
    def status(self) -> int:
        return self.answer.status_code

    @property
    def text(self) -> str:
        return self.answer.text

    @property
    def said(self) -> str:
        """What a reader sees of it, blanks as one."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.text)).split())

    @property
    def fields(self) -> dict[str, str]:
        """What the page's forms would send as they stand."""
        found = _Fields()
        found.feed(self.text)
        return found.values

    def form(self, action: str) -> dict[str, str]:
        """Of several forms the one that says it does this."""
        found = _Fields()
        found.feed(self.text)
        return next(form for form in found.forms if form.get("action") == action)

    def form_with(self, name: str) -> dict[str, str]:
        """Of several forms the one that has this field."""
        return next(form for form in self.forms if name in form)

    @property
    def forms(self) -> list[dict[str, str]]:
        """What each of its forms would send as it stands."""
        found = _Fields()
        found.feed(self.text)
        return found.forms

    def fault(self, name: str) -> str:
        """What stands beside the field."""
        found = re.search(rf'<p class="fault" id="e-{re.escape(name)}">([^<]*)</p>', self.text)
        return unescape(found[1]) if found else ""


def _with_cookies() -> FlaskClient:
    return client_of("serve_pages").application.test_client()


@dataclass
class Browser:
    language: str = "id"
    client: FlaskClient = field(default_factory=_with_cookies)

    def get(self, path: str, **headers: str) -> Page:
        return Page(self.client.get(path, headers=self._headers(headers)))

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> Page:
        """Exactly these fields."""
        return Page(self.client.post(path, data=fields, headers=self._headers(headers)))

    def send(self, page: str, /, **typed: str) -> Page:
        """Opens the page, fills its form in, sends it to the same path. `__` stands for a dot."""
        opened = self.get(page)
        dotted = {name.replace("__", "."): value for name, value in typed.items()}
        return self.post(page, opened.fields | dotted)

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-").title(): value for name, value in headers.items()}
        return {**BROWSER, "Accept-Language": self.language, **named}


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.forms: list[dict[str, str]] = []
        self._within: str | None = None
        self._frames = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name"), given.get("value") or ""
        if tag == "form":
            # The search for a number stands at the head of each page, and is no form of its own.
            self._frames = given.get("class") == "find"
            self.forms.extend([] if self._frames else [{}])
        if self._frames:
            return
        if tag == "input" and name and (_is_sent(given)):
            self._keep(name, value)
        elif tag == "option" and self._within and "selected" in given:
            self._keep(self._within, value)
        elif tag in ("select", "textarea") and name:
            self._within = name
            self._keep(name, "")

    def _keep(self, name: str, value: str) -> None:
        for fields in (self.values, *self.forms[-1:]):
            fields[name] = value

    def handle_data(self, data: str) -> None:
        if self._within and self.lasttag == "textarea":
            self._keep(self._within, self.values[self._within] + data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self._within = None


def _is_sent(given: dict[str, str | None]) -> bool:
    return given.get("type") not in ("radio", "checkbox") or "checked" in given
