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
from shared.edge.actions import Attaching
from shared.edge.follow_forms import TellForm
from shared.edge.headers import NO_PAGE
from shared.edge.problems import NoCredentials
from shared.edge.web import follow_files, follow_key, pages
from shared.edge.web.follow_page import page_of, reading_of
from shared.edge.web.follow_ports import FollowPorts, code_of
from shared.edge.web.pages import Page
from shared.edge.web.session import Cookie
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases.acting import Order, act
from shared.usecases.answering import check_answer
from shared.usecases.oversight_file import oversight_file_of
from shared.usecases.supporting import support


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
            pages.ATTACH: self._attach,
            pages.ANNOUNCE: self._announce,
            pages.TAKE_BACK: self._take_back,
            pages.SUPPORT: self._support,
            pages.OVERSIGHT_FILE: self._oversight_file,
            pages.REPORT_LEFT: _to_the_report,
        }

    def _report(self, visit: Visit) -> Shown | Moved:
        code = code_of(visit)
        if show_code(code) != visit.path["code"] and visit.request.method == "GET":
            return Moved(f"{follow_key.path_of(code)}{_question(visit)}")
        return page_of(visit, self.ports)

    def _attach(self, visit: Visit) -> Shown:
        return page_of(visit, self.ports, taken=follow_files.taken(visit, self.ports))

    def _announce(self, visit: Visit) -> Response:
        return follow_files.announced(visit, self.ports)

    def _take_back(self, visit: Visit) -> Moved | Response:
        follow_files.taken_back(visit, self.ports)
        if visit.is_a_scripts:
            return Response(status=204, headers=NO_PAGE)
        return Moved(f"{follow_key.path_of(code_of(visit))}#foto", flash="file-removed")

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
        code, action = code_of(visit), _action(visit.message)
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
        reading = reading_of(visit, self.ports, Viewer.REPORTER)
        return oversight_file_of(report, reading, self.ports.desk().reports, with_identity=named)


def _action(told: TellForm) -> Any:
    """As the contract knows it; a word that takes no files leaves them where they are."""
    message = bodies.message_from(MultiDict(told.action()), "actions.ReporterActions")
    action = message.root  # type: ignore[attr-defined]
    if isinstance(action, Attaching):
        return action.model_copy(update={"attachments": told.files()})
    return action


def _to_the_report(visit: Visit) -> Moved:
    """Where a form was posted to there is nothing to read: a tab that comes back to it moves on."""
    return Moved(follow_key.path_of(code_of(visit)))


def _question(visit: Visit) -> str:
    asked = visit.request.query_string.decode("ascii", "ignore")
    return f"?{asked}" if asked else ""


def _download(file: Mapping[str, Any], name: str) -> Response:
    """Byte for byte what the contract's own operation answers."""
    text = json.dumps(file, ensure_ascii=False, separators=(",", ":"))
    headers = {**NO_PAGE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, 200, headers, content_type="application/json; charset=utf-8")
