"""The control room: one plain page of forms, and documents to read."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from flask import Blueprint, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from emulator.clock import OnlyForward
from emulator.console import Console
from emulator.problems import problem
from emulator.room import Room

_STEPS: Mapping[str, timedelta] = {"+1 hour": timedelta(hours=1), "+1 day": timedelta(days=1)}
_HOME = "/_emulator"
_MESSAGES_SHOWN = 50
# Nothing but this page's own forms and style, and nobody may frame it.
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"
)


class Step(NamedTuple):
    name: str
    id: str


def page(room: Room) -> Blueprint:
    routes = Blueprint("room", __name__)
    routes.before_request(_refuse_other_sites)
    routes.after_request(_with_headers)
    _show(routes, room)
    _move(routes, room)
    _read(routes, room)
    return routes


def _show(routes: Blueprint, room: Room) -> None:
    @routes.get("")
    def show() -> str:
        inspection = room.inspection
        return render_template(
            "room.html",
            room=room,
            now=room.local_time(),
            next_opening=room.next_opening(),
            next_rung=_local(room.next_rung(), room),
            steps=_STEPS,
            topics=inspection.topics() if inspection else None,
            dead_letters=inspection.dead_letters() if inspection else (),
            faults=_faults(room),
            messages=room.messages()[: -_MESSAGES_SHOWN - 1 : -1],
        )


def _move(routes: Blueprint, room: Room) -> None:
    @routes.post("/room/clock")
    def move_clock() -> Response:
        try:
            room.travel.to(_asked_time(room, request.form))
        except (ValueError, OverflowError, OnlyForward):
            return problem(422, "only-forward", "The clock goes only forward.")
        return _home()

    @routes.post("/room/redrive")
    def redrive() -> Response:
        if room.inspection:
            room.inspection.redrive(request.form.get("topic"))
        return _home()

    @routes.post("/room/faults/off")
    def switch_off() -> Response:
        if room.faults:
            room.faults.set(None)
        return _home()


def _read(routes: Blueprint, room: Room) -> None:
    @cache
    def console() -> Console:
        return Console(room.hosts["FIRESTORE_EMULATOR_HOST"])

    @routes.get("/documents/", defaults={"path": ""})
    @routes.get("/documents/<path:path>")
    def read(path: str) -> str:
        parts = path.split("/") if path else []
        if not all(parts):
            abort(404)
        shown = _collection(console(), path) if len(parts) % 2 else _document(console(), path)
        return render_template("documents.html", path=path, steps=_steps(parts), **shown)


def _collection(console: Console, path: str) -> dict[str, Any]:
    page = console.documents(path, request.args.get("after", ""))
    return {"documents": page.ids, "following": page.following}


def _document(console: Console, path: str) -> dict[str, Any]:
    """Its collections too; the root has nothing else."""
    document, collections = console.document(path) if path else None, console.collections(path)
    if path and document is None and not collections:
        abort(404)
    return {"document": document and _as_text(document), "collections": collections}


def _asked_time(room: Room, form: Mapping[str, str]) -> datetime:
    """Raises ValueError."""
    if form.get("step") in _STEPS:
        return room.clock.instant() + _STEPS[form["step"]]
    if "opening" in form:
        return room.next_opening()
    if "rung" in form:
        return room.next_rung() or room.clock.instant()
    typed = datetime.fromisoformat(form.get("to", ""))
    return typed if typed.tzinfo else typed.replace(tzinfo=room.local_time().tzinfo)


def _local(at: datetime | None, room: Room) -> datetime | None:
    return at.astimezone(room.local_time().tzinfo) if at else None


def _refuse_other_sites() -> Response | None:
    """A page somewhere on the web must not move the clock of whoever reads it."""
    from_here = request.headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}
    if request.method == "POST" and not from_here:
        return problem(403, "other-site", "Only the control room's own forms.")
    return None


def _with_headers(response: Any) -> Any:
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Cache-Control"] = "no-store"
    return response


def _faults(room: Room) -> str | None:
    plan = room.faults.plan if room.faults else None
    return _as_text(plan.model_dump()) if plan else None


def _steps(parts: list[str]) -> list[Step]:
    return [Step(name, "/".join(parts[: number + 1])) for number, name in enumerate(parts)]


def _as_text(content: Mapping[str, Any]) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False)


def _home() -> Response:
    return redirect(_HOME, 303)
