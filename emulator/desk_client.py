"""A client of the front door, for programs that play reporters and officers."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

from emulator.connection import Answer, Connection, Message, Unreachable

_PAGE = 100


class DeskClient:
    """Every write has a key, so that one repeated after a lost answer has no second effect."""

    def __init__(self, url: str, *, connections: int) -> None:
        self._ask = Connection(url, connections=connections).ask
        self._url = url
        self._tokens: dict[str, str] = {}

    def directory(self) -> Message:
        """Raises Unreachable where there is none."""
        found = self._ask("GET", "/api/directory")
        if "region" not in found.body:
            raise Unreachable(f"{self._url}/api/directory answers {found.status}, not a directory")
        return found.body

    def file(self, report: Message, *, key: str) -> Answer:
        return self._ask("POST", "/api/reports", report, {"Idempotency-Key": key})

    def read(self, code: str, receipt: str) -> Answer:
        return self._ask("GET", f"/api/reports/{code}", headers=_holding(receipt))

    def act(self, code: str, receipt: str, action: Message) -> Answer:
        headers = {**_holding(receipt), **_once()}
        return self._ask("POST", f"/api/reports/{code}/actions", action, headers)

    def support(self, code: str) -> Answer:
        return self._ask("POST", f"/api/reports/{code}/support")

    def read_as(self, email: str, code: str) -> Answer:
        return self._ask("GET", f"/api/desk/reports/{code}", headers=self._signed_in(email))

    def act_as(self, email: str, code: str, action: Message) -> Answer:
        headers = {**self._signed_in(email), **_once()}
        return self._ask("POST", f"/api/desk/reports/{code}/actions", action, headers)

    def handlers_as(self, email: str) -> tuple[str, ...]:
        """Agencies that may hold supervisory reports."""
        found = self._ask("GET", "/api/desk/agencies", headers=self._signed_in(email))
        return tuple(found.body["handlers"])

    def search_as(self, email: str, **asked: Any) -> Iterator[Message]:
        """Every report found, page after page."""
        cursor: str | None = None
        while True:
            wanted = {**asked, "limit": _PAGE} | ({"cursor": cursor} if cursor else {})
            page = self._ask("POST", "/api/desk/search", wanted, self._signed_in(email))
            if not page.is_done:
                raise Unreachable(f"{self._url}/api/desk/search answers {page.reason}")
            yield from page.body["reports"]
            cursor = page.body["next_cursor"]
            if cursor is None:
                return

    def scoreboard(self, since: date, until: date) -> Message:
        """Both included."""
        found = self._ask("GET", f"/api/scoreboard?from={since}&to={until}")
        if not found.is_done:
            raise Unreachable(f"{self._url}/api/scoreboard answers {found.reason}")
        return found.body

    def emulator(self, path: str, message: Message | None = None) -> Any:
        """What only a local cloud answers; None from any other."""
        found = self._ask("POST" if message else "GET", f"/_emulator/{path}", message)
        return found.body if found.is_done else None

    def _signed_in(self, email: str) -> dict[str, str]:
        if email not in self._tokens:
            found = self.emulator("token", {"email": email})
            if found is None:
                raise Unreachable(f"{self._url} does not sign in {email}; only a local cloud does")
            self._tokens[email] = found["id_token"]
        return {"Authorization": f"Bearer {self._tokens[email]}"}


def _once() -> dict[str, str]:
    return {"Idempotency-Key": uuid4().hex}


def _holding(receipt: str) -> dict[str, str]:
    return {"Authorization": f"Receipt {receipt.replace(' ', '')}"}
