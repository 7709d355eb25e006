"""One attached file before its officer: what of it, or all of it, the public shall not see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from werkzeug.exceptions import NotFound

from shared.domain.codes import parse_code, show_code
from shared.domain.commands import Redact
from shared.domain.plain import plain
from shared.domain.report import Region
from shared.domain.scene import Rules
from shared.domain.workflow import check_entitled
from shared.edge.web import forms
from shared.edge.web.desk_files import files_on_desk
from shared.edge.web.desk_pages import COVER, COVER_FILE
from shared.edge.web.pages import Page
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases.acting import Order, act, loaded
from shared.usecases.reading import viewer_for
from shared.usecases.saving import Desk
from shared.usecases.views import Reading

_FORM = "cover"


@dataclass(frozen=True, slots=True)
class CoverDesk:
    rules: Callable[[], Rules]
    desk: Callable[[], Desk]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {COVER: self._form, COVER_FILE: self._cover}

    def _form(self, visit: Visit) -> Shown:
        return self._shown(visit, None)

    def _cover(self, visit: Visit) -> Moved | Shown:
        code, asked = parse_code(visit.path["code"]), visit.message
        if asked.look:
            return self._shown(_as_typed(visit), asked.region())
        command = asked.command(visit.path["id"])
        order = Order(code, command, visit.person, asked.revision, visit.attempt)
        act(order, rules=self.rules(), stamp=visit.stamp, desk=self.desk())
        page = f"/desk/r/{show_code(code)}"
        if command.region is None:
            return Moved(f"{page}#berkas", flash="did-hide")
        return Moved(f"{page}/lampiran/{visit.path['id']}", flash="did-cover")

    def _shown(self, visit: Visit, region: Region | None) -> Shown:
        """`region`: the one that is being looked at."""
        report = loaded(self.desk().reports, parse_code(visit.path["code"]))
        rules = self.rules()
        check_entitled(report, Redact, visit.person, rules.directory)
        viewer = viewer_for(report, visit.person)
        reading = Reading(viewer, visit.person, rules, visit.stamp.at, visit.language)
        events, shelf = self.desk().reports.timeline_with_shelf(report.code, report.seq)
        files = files_on_desk(report, events, shelf, reading, self.desk())
        values: dict[str, Any] = {
            "code": show_code(report.code),
            "revision": report.revision,
            "file": _of(files, visit.path["id"]),
            "region": plain(region) if region else None,
            "form": forms.apart(visit.form, _FORM, sent=True),
        }
        return Shown("desk_cover.html", values)


def _as_typed(visit: Visit) -> Visit:
    """The same form once more: nobody picks or writes again what they only looked at."""
    typed = forms.typed(visit.request)
    key = visit.message.idempotency_key or visit.form.key
    return replace(visit, form=replace(visit.form, key=key, typed=typed))


def _of(files: list[dict[str, Any]], id_: str) -> Mapping[str, Any]:
    """Raises NotFound: refused, gone after its day, or of another report."""
    found = next((each for each in files if each["id"] == id_), None)
    if found is None or found["state"] == "rejected":
        raise NotFound
    return found
