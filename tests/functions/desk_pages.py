"""An officer's browser: it signs in the way people do, and fills in one form of a page."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask.testing import FlaskClient

from tests.functions.pages import Browser, Page
from tests.functions.region import Filed, Region, client_of, officer


def _with_cookies() -> FlaskClient:
    return client_of("serve_desk").application.test_client()


@dataclass
class DeskBrowser(Browser):
    client: FlaskClient = field(default_factory=_with_cookies)

    def signed_in(self, region: Region, id_: str, to: str = "/desk") -> Page:
        """From the desk to the issuer and back; the page that one comes back to."""
        back = self.vouched_for(region, id_, to)
        answer = self.get(back)
        assert answer.status == 303, answer.said
        return self.get(answer.answer.headers["Location"])

    def vouched_for(self, region: Region, id_: str, to: str = "/desk") -> str:
        """The path that the issuer sends the browser back to."""
        gone = self.get(f"/desk/signin/go?kembali={to}").answer
        asked = dict(parse_qsl(urlsplit(gone.headers["Location"]).query))
        parts = urlsplit(region.outside.issuer.granted(asked, officer(id_)))
        return f"{parts.path}?{parts.query}"

    def act(self, code: str, action: str, /, **typed: Any) -> Page:
        """The form of one command, as its page has it."""
        page = self.get(f"/desk/r/{code}")
        return self.post(f"/desk/r/{code}", page.form(action) | typed)


def with_agency(region: Region, **fields: object) -> Filed:
    filed = region.filed(**fields)
    assert region.order(filed.code, "route", agency="dpupr").status_code == 200
    return filed
