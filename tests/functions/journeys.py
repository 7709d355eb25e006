"""Long journeys of reports full of marked personal data, with every answer kept."""

import io
import json
import logging
import re
import secrets
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

from google.cloud.firestore import Client
from werkzeug.test import TestResponse

from emulator import officers
from shared.domain.directory import Officer
from shared.domain.statuses import Role
from tests.functions.region import Filed, Region

# A mark is what no text holds by chance: consonants, so that no scrubbing takes it for a number.
_CONSONANTS = "bcdfghjklmnpqrstvwxz"
_NOT_ALNUM = re.compile(r"[^0-9a-z]")

ROADS, HEALTH, WASTE, HANDLER = "dpupr", "dinkes", "dlhk", "inspektorat"

# Marks of who reported and who works on it; every other kind is a text with a word and a number.
IDENTITY = ("name", "email", "phone")
Step = tuple[str, str, Mapping[str, Any]]


def a_word() -> str:
    return "q" + "".join(secrets.choice(_CONSONANTS) for _ in range(13))


def a_phone() -> str:
    return f"0812{secrets.randbelow(10**8):08}"


def a_nik() -> str:
    born = f"{secrets.randbelow(28) + 1:02}0{secrets.randbelow(9) + 1}"
    return f"510306{born}{secrets.randbelow(10**6):06}"


def a_plate() -> str:
    letters = "".join(secrets.choice("BCDFGHJ") for _ in range(3))
    return f"DK {secrets.randbelow(9000) + 1000} {letters}"


def squeezed(text: str) -> str:
    """However it is grouped or cased: a number in three pieces is the number."""
    return _NOT_ALNUM.sub("", text.lower())


# People


def _officer(role: Role, agency: str | None = None) -> Officer:
    id_ = a_word()
    return Officer(id_, f"{a_word()}@badung.example", a_word(), frozenset({role}), agency)


def a_cast() -> dict[str, Officer]:
    """Officers whose ids, names and addresses are marks themselves."""
    return {
        "verifier": _officer(Role.VERIFIER),
        "coordinator": _officer(Role.COORDINATOR),
        "oversight": _officer(Role.OVERSIGHT),
        "intake": _officer(Role.INTAKE),
        "admin": _officer(Role.ADMIN),
        "roads": _officer(Role.AGENCY, ROADS),
        "colleague": _officer(Role.AGENCY, ROADS),
        "health": _officer(Role.AGENCY, HEALTH),
        "handler": _officer(Role.AGENCY, HANDLER),
        "accused": _officer(Role.AGENCY, WASTE),
        "verifier at the accused": _officer(Role.VERIFIER, WASTE),
    }


# Reports


@dataclass(frozen=True)
class Marked:
    """One report: its words and numbers by kind, and how it is filed."""

    words: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def text(self, kind: str) -> str:
        """The text of this kind, made when it is first needed."""
        if kind not in self.words:
            self.words[kind], self.numbers[kind] = a_word(), (a_phone(),)
        return f"{self.words[kind]}, hubungi {self.numbers[kind][0]}."

    def body(self) -> str:
        """The word to be masked stands early, after more blanks than a title keeps."""
        if "body" not in self.words:
            nik, phone, plate = a_nik(), a_phone(), a_plate()
            self.words.update(body=a_word(), masked=a_word())
            self.numbers["body"] = (nik, phone, plate, f"{a_word()}@surat.example")
        blank, listed = "\n" * 20, ", ".join(self.numbers["body"])
        return f"{self.words['body']}{blank}{self.words['masked']} rusak. Data: {listed}."

    def span(self) -> dict[str, int]:
        start = self.body().index(self.words["masked"])
        return {"start": start, "end": start + len(self.words["masked"])}

    def reporter(self) -> dict[str, str]:
        if "name" not in self.words:
            self.words.update(name=a_word(), email=a_word(), phone=a_phone()[1:])
        email = f"{self.words['email']}@pelapor.example"
        return {"name": self.words["name"], "email": email, "phone": "0" + self.words["phone"]}

    def needles(self) -> Iterator[tuple[str, str]]:
        """(kind, what to look for); numbers of a text as `number in …`."""
        yield from ((kind, squeezed(word)) for kind, word in self.words.items())
        for kind, numbers in self.numbers.items():
            # Without the leading 0, which E.164 replaces.
            yield from ((f"number in {kind}", squeezed(number).lstrip("0")) for number in numbers)


@dataclass(frozen=True)
class Exchange:
    """Who asked what about which report, and everything that came back."""

    viewer: str
    report: str
    action: str
    path: str
    answer: TestResponse

    def __str__(self) -> str:
        asked = f"{self.action} {self.path} ({self.report})"
        return f"{self.viewer}: {asked} → {self.answer.status_code}"

    @property
    def told(self) -> str:
        return f"{self.answer.headers}\n{self.answer.text}"

    @property
    def is_done(self) -> bool:
        return self.answer.status_code in (200, 201)

    @property
    def model(self) -> str | None:
        """The name of the model that the OpenAPI page gives for such an answer."""
        if not self.is_done:
            return "problems.ProblemDetails"
        return next((model for end, model in _MODELS if re.search(end, self.path)), None)


_MODELS = (
    (r"/search$", "reports.Found"),
    (r"/support$", "reports.Supported"),
    (r"/agencies$", "service.Agencies"),
    (r"/directory$", "service.DirectoryView"),
    (r"/openapi.json$", "service.Document"),
    (r"/health$", "service.Health"),
    (r"/reports$", "reports.Filed"),
    (r"^/api/desk/reports/", "reports.DeskView"),
    (r"^/api/reports/", "reports.ReportView"),
    (r"^/$", "runs.Swept"),
)


class Stage:
    """A region on which journeys are played; everything said and written is kept."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.cast = a_cast()
        officers.write(region.store, tuple(self.cast.values()))
        self.marked: dict[str, Marked] = {}
        self.filed: dict[str, Filed] = {}
        self.exchanges: list[Exchange] = []
        self.published: list[dict[str, Any]] = []
        self._network = "2001:db8:" + ":".join(secrets.token_hex(2) for _ in range(4))
        self._tokens = {name: region.outside.token(each) for name, each in self.cast.items()}

    def needles(self) -> Iterator[tuple[str, str, str]]:
        """(report, kind, what to look for). Officers and addresses belong to no report."""
        yield "", "address", squeezed(self._network)
        for officer in self.cast.values():
            for part in (officer.id, officer.name, officer.email.split("@")[0]):
                yield "", "officer", part
        for name, marked in self.marked.items():
            yield from ((name, kind, needle) for kind, needle in marked.needles())
            if name in self.filed:
                yield name, "receipt", squeezed(self.filed[name].receipt)

    def found_in(self, text: str) -> set[tuple[str, str]]:
        """Which kinds of marks of which report stand in it."""
        heap = squeezed(text)
        return {(report, kind) for report, kind, needle in self.needles() if needle in heap}

    # Calls, each of them kept

    def file(self, name: str, /, by: str = "reporter", **fields: Any) -> Exchange:
        marked = self.marked[name] = Marked()
        body = {"body": marked.body(), "reporter": marked.reporter(), **self._filled(name, fields)}
        path = "/api/reports"
        if by == "intake":
            body |= {"channel": "letter", "on_behalf": True}
            path = "/api/desk/reports"
        key = secrets.token_urlsafe(24)
        done = self.ask(by, "submit_report", path, body, report=name, idempotency_key=key)
        assert done.answer.json
        self.filed[name] = Filed(done.answer.json["code"], done.answer.json["receipt"])
        return done

    def play(self, name: str, step: Step) -> Exchange:
        """One step; its texts are those of the report's marks."""
        who, action, fields = step
        body = {"action": action, **self._filled(name, fields)}
        path = f"/reports/{self.filed[name].code}/actions"
        if who == "reporter":
            return self.ask(who, "track_report", f"/api{path}", body, report=name)
        body |= {"revision": self.region.report(self.filed[name].code)["revision"]}
        return self.ask(who, "handle_report", f"/api/desk{path}", body, report=name)

    def look(self, who: str, name: str) -> Exchange:
        """At the report, by the way that this viewer has."""
        code = self.filed[name].code
        if who in self.cast:
            return self.ask(who, "handle_report", f"/api/desk/reports/{code}", report=name)
        return self.ask(who, "track_report", f"/api/reports/{code}", report=name)

    def search(self, who: str, **asked: Any) -> Exchange:
        return self.ask(who, "handle_report", "/api/desk/search", {"limit": 100} | asked)

    def deliver(self, function: str) -> None:
        """Whatever was published goes to the function, as Pub/Sub pushes it."""
        while new := self.region.topic.messages():
            self.published += new
            self.push(function, *new)

    def push(self, function: str, *wires: dict[str, Any]) -> None:
        for wire in wires:
            done = pushed(self.region, function, wire)
            assert done.status_code == 200, done.text

    def ask(
        self,
        who: str,
        function: str,
        path: str,
        body: Any = None,
        /,
        report: str = "",
        **headers: str,
    ) -> Exchange:
        given = {"x_forwarded_for": f"{self._address()}, 10.0.0.1"} | self.signed(who, report)
        answer = self.region.call(function, path, body, **given, **headers)
        action = body.get("action", "post") if body is not None else "get"
        self.exchanges.append(Exchange(who, report, action, path, answer))
        return self.exchanges[-1]

    def _address(self) -> str:
        """Another one for each call: wrong receipts are counted by address."""
        return f"{self._network}:{len(self.exchanges) // 9999:x}:{len(self.exchanges):x}"

    def signed(self, who: str, name: str) -> dict[str, str]:
        if who in self._tokens:
            return {"authorization": f"Bearer {self._tokens[who]}"}
        if who == "wrong receipt":
            return {"authorization": "Receipt 0000 1111 2222 3333"}
        if who == "reporter" and name in self.filed:
            return {"authorization": f"Receipt {self.filed[name].receipt}"}
        return {}

    def _filled(self, name: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """`~kind` stands for the marked text of this kind."""
        filled: dict[str, Any] = {}
        for key, value in fields.items():
            if value == "~span":
                filled |= self.marked[name].span()
            elif isinstance(value, Mapping):
                filled[key] = self._filled(name, value)
            else:
                filled[key] = self._filling(name, value)
        return filled

    def _filling(self, name: str, value: Any) -> Any:
        if not isinstance(value, str) or not value.startswith("~"):
            return value
        kind, _, other = value[1:].partition(":")
        if kind == "code":
            return self.filed[other].code
        return self.cast[other].id if kind == "officer" else self.marked[name].text(kind)


def pushed(region: Region, function: str, wire: Mapping[str, Any]) -> TestResponse:
    """As Pub/Sub pushes it."""
    data = b64encode(json.dumps(wire).encode()).decode()
    attributes = {"type": wire["type"], "schema": str(wire["schema"])}
    message = {"data": data, "messageId": wire["id"], "attributes": attributes}
    envelope = {"message": message, "subscription": "projects/p/subscriptions/s"}
    return region.call(function, "/", envelope)


# What is written beside the answers


@contextmanager
def everything_written() -> Iterator[io.StringIO]:
    """Standard output and error, and every record of every logger, as long as the block runs."""
    written, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        with redirect_stdout(written), redirect_stderr(written):
            yield written
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def everything_stored(store: Client) -> dict[str, str]:
    """Every document by its path, ids and all, as text; bytes as the characters they may be."""
    found: dict[str, str] = {}
    waiting = list(store.collections())
    while waiting:
        for snapshot in waiting.pop().stream():
            path = snapshot.reference.path
            found[path] = f"{path} {_as_text(snapshot.to_dict())}"
            waiting.extend(snapshot.reference.collections())
    return found


def _as_text(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key}={_as_text(each)}" for key, each in value.items())
    if isinstance(value, bytes):
        return value.decode("latin-1")
    if isinstance(value, list):
        return " ".join(map(_as_text, value))
    return str(value)
