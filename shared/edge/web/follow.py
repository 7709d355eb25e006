"""The page of a report: read by anybody, answered by its reporter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response
from werkzeug.datastructures import MultiDict

from shared.domain.codes import show_code
from shared.domain.report import Report
from shared.domain.scene import REPORTER
from shared.domain.visibility import Viewer
from shared.edge import bodies, callers, limits
from shared.edge.follow_forms import FORMS, sent_form
from shared.edge.headers import NO_CONTENT_POLICY, PRIVATE, SECURITY
from shared.edge.problems import NoCredentials
from shared.edge.web import follow_key, forms, pages
from shared.edge.web.follow_ports import FollowPorts, code_of
from shared.edge.web.following import Link, following_of
from shared.edge.web.pages import Page
from shared.edge.web.session import Cookie
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases.acting import Order, act, loaded
from shared.usecases.answering import WrongLink, answers_of, check_answer
from shared.usecases.oversight_file import oversight_file_of
from shared.usecases.supporting import support
from shared.usecases.views import Reading


@dataclass(frozen=True, slots=True)
class Following:
    ports: FollowPorts

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {
            pages.REPORT: self._report,
            pages.SHOW_KEY: self._show_key,
            pages.FORGET_KEY: self._forget_key,
            pages.TELL: self._tell,
            pages.SUPPORT: self._support,
            pages.OVERSIGHT_FILE: self._oversight_file,
        }

    def _report(self, visit: Visit) -> Shown | Moved:
        code = code_of(visit)
        if show_code(code) != visit.path["code"] and visit.request.method == "GET":
            return Moved(f"{follow_key.path_of(code)}{_question(visit)}")
        holder = self.ports.holder(visit, code)
        report = holder or loaded(self.ports.desk().reports, code)
        reading = self._reading(visit, Viewer.REPORTER if holder else Viewer.PUBLIC)
        link = None if holder else self._link(visit, code)
        events = self.ports.desk().reports.timeline(code, report.seq)
        supporters = self.ports.supporters().count(code)
        sent = sent_form(visit.form.typed)
        values = following_of(
            report, events, reading, stamp=visit.stamp, supporters=supporters, link=link, sent=sent
        )
        apart = {name: forms.apart(visit.form, name, sent=name == sent) for name in FORMS}
        return Shown("follow.html", {**values, "forms": apart})

    def _show_key(self, visit: Visit) -> Moved:
        code = code_of(visit)
        _, mark = self.ports.opened(visit, code, visit.message.receipt)
        return Moved(follow_key.path_of(code), cookies=(follow_key.kept(code, mark, visit),))

    def _forget_key(self, visit: Visit) -> Moved:
        code = code_of(visit)
        return Moved(
            follow_key.path_of(code), flash="key-forgotten", cookies=(follow_key.forgotten(code),)
        )

    def _tell(self, visit: Visit) -> Moved:
        code, fields = code_of(visit), MultiDict(visit.message.action())
        action = bodies.message_from(fields, "actions.ReporterActions").root  # type: ignore[attr-defined]
        cookies = self._entitled(visit, code, action.action)
        order = Order(code, action.command(), REPORTER, attempt=visit.attempt)
        act(order, rules=self.ports.rules(), stamp=visit.stamp, desk=self.ports.desk())
        flash = f"told-{visit.message.button}"
        return Moved(follow_key.path_of(code), flash=flash, cookies=cookies)

    def _entitled(self, visit: Visit, code: str, action: str) -> tuple[Cookie, ...]:
        """The holder, by the cookie or by the key typed along; or whoever has the notice's link."""
        if self.ports.holder(visit, code):
            return ()
        if visit.message.receipt:
            _, mark = self.ports.opened(visit, code, visit.message.receipt)
            return (follow_key.kept(code, mark, visit),)
        if visit.message.answer is None:
            raise NoCredentials
        token, desk = visit.message.answer, self.ports.desk()
        check_answer(token, code, action, desk=desk, now=visit.stamp.at)
        return ()

    def _support(self, visit: Visit) -> Moved:
        limits.count_post(visit.address, visit.stamp.at)
        code, supporter = code_of(visit), callers.supporter_of(visit.request)
        support(
            code, supporter, reports=self.ports.desk().reports, supporters=self.ports.supporters()
        )
        kept = callers.kept_by_browser(supporter)
        return Moved(follow_key.path_of(code), flash="supported", headers=kept)

    def _oversight_file(self, visit: Visit) -> Shown | Response:
        code = code_of(visit)
        report = self.ports.needed_holder(visit, code)
        asked = bodies.message_from(visit.request.args, "follow_forms.FileQuestion")
        file = self._file(report, visit, named=asked.identity == "yes")  # type: ignore[attr-defined]
        if asked.form == "page":  # type: ignore[attr-defined]
            return Shown("oversight_file.html", file)
        return _download(file, f"tanggap-{show_code(code)}.json")

    def _file(self, report: Report, visit: Visit, *, named: bool) -> dict[str, Any]:
        reading = self._reading(visit, Viewer.REPORTER)
        return oversight_file_of(report, reading, self.ports.desk().reports, with_identity=named)

    def _link(self, visit: Visit, code: str) -> Link | None:
        """That of the notice one comes from, also after a post that went wrong."""
        token = visit.form.typed.get("answer") or visit.request.args.get("answer", "")
        if not token:
            return None
        try:
            answers = answers_of(token, code, desk=self.ports.desk(), now=visit.stamp.at)
        except WrongLink:
            return Link("", frozenset())
        return Link(token, answers)

    def _reading(self, visit: Visit, viewer: Viewer) -> Reading:
        return Reading(viewer, REPORTER, self.ports.rules(), visit.stamp.at, visit.language)


def _question(visit: Visit) -> str:
    asked = visit.request.query_string.decode("ascii", "ignore")
    return f"?{asked}" if asked else ""


def _download(file: Mapping[str, Any], name: str) -> Response:
    """Byte for byte what the contract's own operation answers."""
    text = json.dumps(file, ensure_ascii=False, separators=(",", ":"))
    headers = {
        **SECURITY,
        **PRIVATE,
        "Content-Security-Policy": NO_CONTENT_POLICY,
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(text, 200, headers, content_type="application/json; charset=utf-8")
