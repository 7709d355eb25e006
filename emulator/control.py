"""/_emulator: what only the local cloud has. Its clock, its people, its faults, and a page."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, Flask, request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator
from werkzeug.wrappers import Response

from emulator import fault_plans
from emulator.clock import OnlyForward
from emulator.control_page import page
from emulator.faults import Faults
from emulator.issuer import Issuer
from emulator.issuer_pages import issuer_pages
from emulator.problems import problem
from emulator.room import Room
from emulator.time_travel import TimeTravel
from shared.domain.directory import Officer

_HOW_TO_MOVE = 'Send {"advance": "P3D"} or {"set": "2026-11-25T08:00:00+08:00"}, and only forward.'
_NOT_ON_GOOGLE = "Google's emulators fail only by themselves; start without --google."


class _Move(BaseModel):
    model_config = ConfigDict(extra="forbid")

    advance: timedelta | None = None
    to: AwareDatetime | None = Field(None, alias="set")

    @model_validator(mode="after")
    def _one_of_both(self) -> "_Move":
        if (self.advance is None) == (self.to is None):
            raise ValueError
        return self


class _Since(BaseModel):
    since: AwareDatetime | None


def control(room: Room) -> Flask:
    app = Flask("emulator")
    app.json.sort_keys = False  # type: ignore[attr-defined]
    people = _people(room.issuer, room.officers), issuer_pages(room.issuer, room.officers)
    for part in (_time(room), *people, _faults(room.faults), _sent(room), page(room)):
        app.register_blueprint(part, url_prefix="/_emulator")
    app.register_error_handler(404, lambda _: problem(404, "not-found", "Not in the emulator."))
    return app


def _time(room: Room) -> Blueprint:
    routes = Blueprint("clock", __name__)

    @routes.get("/clock")
    def tell() -> dict[str, str]:
        return {"now": room.clock.now().isoformat()}

    @routes.post("/clock")
    def move() -> dict[str, str] | Response:
        """Answers when what fell due on the way is done."""
        try:
            asked = _Move.model_validate(request.get_json(force=True, silent=True))
            _moved(room.travel, asked)
        except (ValidationError, OnlyForward, OverflowError):
            return problem(422, "only-forward", _HOW_TO_MOVE)
        return tell()

    return routes


def _moved(travel: TimeTravel, asked: _Move) -> None:
    if asked.advance is not None:
        travel.advance(asked.advance)
    if asked.to is not None:
        travel.to(asked.to)


def _people(issuer: Issuer, officers: tuple[Officer, ...]) -> Blueprint:
    routes = Blueprint("officers", __name__)
    by_email = {officer.email: officer for officer in officers}

    @routes.get("/officers")
    def everybody() -> list[dict[str, Any]]:
        return [_shown(officer) for officer in officers]

    @routes.post("/token")
    def sign_in() -> dict[str, str] | Response:
        asked = request.get_json(force=True, silent=True)
        email = asked.get("email") if isinstance(asked, dict) else None
        officer = by_email.get(str(email).strip().lower())
        if officer is None:
            hint = "GET /_emulator/officers lists who can sign in."
            return problem(404, "no-such-officer", hint)
        return {"id_token": issuer.token(officer)}

    return routes


def _faults(switch: Faults | None) -> Blueprint:
    routes = Blueprint("faults", __name__)

    @routes.route("/faults", methods=["GET", "POST", "DELETE"])
    def read_or_set() -> dict[str, Any] | Response:
        """{} while none are on."""
        if switch is None:
            return problem(409, "google-emulators", _NOT_ON_GOOGLE)
        try:
            if request.method == "POST":
                switch.set(fault_plans.parsed(request.get_json(force=True, silent=True)))
        except fault_plans.UnreadableFaults as fault:
            return problem(422, "unreadable-faults", str(fault))
        if request.method == "DELETE":
            switch.set(None)
        return switch.plan.model_dump() if switch.plan else {}

    return routes


def _sent(room: Room) -> Blueprint:
    routes = Blueprint("messages", __name__)

    @routes.get("/messages")
    def messages() -> list[dict[str, str]] | Response:
        """Every mail and SMS since the start of this process, newest last."""
        try:
            since = _Since.model_validate({"since": request.args.get("since")}).since
        except ValidationError:
            return problem(422, "unreadable-time", "since is a time with its offset.")
        # A plus sign that nobody escaped arrives as a blank; no address has one.
        to = request.args.get("to", "").replace(" ", "+") or None
        return [each.shown() for each in room.messages(to=to, since=since)]

    return routes


def _shown(officer: Officer) -> dict[str, Any]:
    return {
        "id": officer.id,
        "name": officer.name,
        "email": officer.email,
        "roles": sorted(officer.roles),
        "agency": officer.agency,
        "head": officer.head,
    }
