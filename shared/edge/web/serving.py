"""One way in for every page: route, check the form, call, show, log. The twin of `edge/http.py`.

When the sender of a form can mend what is wrong, the page it came from is shown again with all
that was typed: nobody writes a report twice.
"""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Request, Response

from shared.domain.events import Stamp
from shared.edge import bodies, log, routes
from shared.edge.clock import now
from shared.edge.headers import NO_PAGE
from shared.edge.http import ENTROPY_BYTES, address_of, attempt_with
from shared.edge.problems import BUG, Problem, problem_of
from shared.edge.web import forms, languages, session
from shared.edge.web.pages import Page
from shared.edge.web.rendering import page_response
from shared.edge.web.session import Cookie
from shared.edge.web.visits import Answer, Frame, Handler, Moved, Shown, Visit
from shared.usecases.ports import StoreAway

_MENDABLE = frozenset({400, 401, 403, 409, 422, 429, 503})
_TOO_LARGE = 413
_OURS = 500
_TAKEN_AWAY = frozenset({"not-yours", "no-such-report", "stale-form"})
_FLASH = "flash"
_JSON = "application/json"
_DESK = "/desk"


def serve(request: Request, handlers: Mapping[Page, Handler], frame: Frame) -> Response:
    """The answer to a request: a handler's page, its form once more, or a problem's page."""
    started = time.monotonic()
    line = log.Line(function=request.environ.get("tanggap.function", ""))
    try:
        page, path = routes.matched(request, handlers)
        line.operation = page.name
        visit = _visit(request, page, path, frame)
        admitted = frame.admit(visit)
        if isinstance(admitted, Visit):
            response = _answer(admitted, handlers, frame, line)
        else:
            response = _rendered(admitted, visit, frame)
    except Exception as failure:  # noqa: BLE001 - the one place where failures become pages
        response = _problem_page(failure, request, frame, line)
    line.write(request, response.status_code, time.monotonic() - started)
    return response


def _visit(request: Request, page: Page, path: Mapping[str, str], frame: Frame) -> Visit:
    keys, visitor = frame.keys(), forms.visitor_of(request)
    return Visit(
        request=request,
        page=page,
        path=path,
        language=languages.chosen(request),
        address=address_of(request),
        stamp=Stamp(now(), secrets.token_bytes(ENTROPY_BYTES)),
        keys=keys,
        visitor=visitor,
        form=forms.empty(visitor, keys),
    )


def _answer(
    visit: Visit, handlers: Mapping[Page, Handler], frame: Frame, line: log.Line
) -> Response:
    page = visit.page
    try:
        asked = visit if page.form is None else _checked(visit, page.form)
        return _rendered(handlers[page](asked), visit, frame)
    except Exception as failure:
        problem = problem_of(failure)
        if page.again is None or problem is None or not _is_mendable(problem, page):
            raise
        line.code = problem.code
        again = _once_more(visit, page.again, problem)
        return _rendered(_as(problem, handlers[page.again](again)), again, frame)


def _checked(visit: Visit, model: str) -> Visit:
    files = visit.page.files
    fields = forms.posted(visit.request, visit.visitor, visit.keys, files=files)
    message = bodies.message_from(fields, model)
    key = getattr(message, "idempotency_key", None)
    # The message and not the bytes: a form shown again carries another mark.
    same = f"{visit.officer.id if visit.officer else ''}\n{message.model_dump_json()}".encode()
    attempt = attempt_with(key, visit.request, same) if key else None
    return replace(visit, message=message, attempt=attempt)


def _is_mendable(problem: Problem, page: Page) -> bool:
    """Too large is what files made it."""
    if problem.status == _TOO_LARGE:
        return page.files
    return problem.status in _MENDABLE and problem.code != "foreign-form"


def _once_more(visit: Visit, page: Page, problem: Problem) -> Visit:
    typed = forms.typed(visit.request)
    form = forms.with_faults(visit.form, typed, problem, visit.language)
    return replace(visit, page=page, form=form)


def _as(problem: Problem, shown: Answer) -> Answer:
    if not isinstance(shown, Shown):
        return shown
    return replace(shown, status=problem.status, headers={**shown.headers, **problem.headers})


def _rendered(answer: Answer, visit: Visit, frame: Frame) -> Response:
    if isinstance(answer, Response):
        return answer
    response = _moved(answer) if isinstance(answer, Moved) else _shown(answer, visit, frame)
    for cookie in answer.cookies:
        cookie.put(response)
    return response


def _shown(shown: Shown, visit: Visit, frame: Frame) -> Response:
    flash, language = session.kept(visit.request, _FLASH), shown.language or visit.language
    values = {
        "form": visit.form,
        "region": frame.region(language),
        "training": frame.training(),
        "here": _here(visit.request),
        "flash": flash,
        "officer": visit.officer,
        **shown.values,
    }
    headers = dict(shown.headers)
    response = page_response(shown.template, values, shown.status, language, headers)
    if session.kept(visit.request, forms.VISITOR) != visit.visitor:
        Cookie(forms.VISITOR, visit.visitor).put(response)
    if flash:
        session.forgotten(_FLASH).put(response)
    return response


def _moved(moved: Moved) -> Response:
    """303: whatever the method was, the next page is read."""
    headers = {**NO_PAGE, **moved.headers, "Location": moved.to}
    response = Response(status=303, headers=headers)
    if moved.flash:
        Cookie(_FLASH, moved.flash).put(response)
    return response


def _here(request: Request) -> str | None:
    """Where to come back to after a change of language; not to the answer of a post."""
    return None if request.method == "POST" else request.full_path.removesuffix("?")


def _problem_page(failure: Exception, request: Request, frame: Frame, line: log.Line) -> Response:
    problem = problem_of(failure)
    if problem is None:
        line.bug = failure
        problem = BUG
    line.code = problem.code
    language = languages.chosen(request)
    if request.accept_mimetypes.best == _JSON:
        return _told_to_a_script(problem, language)
    values = {
        **problem.body(language),
        **_region_if_known(frame, language),
        "here": _here(request),
        "is_desk": request.path.startswith(_DESK),
        "written": forms.written(request) if _is_nobodys_fault(problem) else "",
    }
    return page_response("problem.html", values, problem.status, language, problem.headers)


def _told_to_a_script(problem: Problem, language: str) -> Response:
    """As the contract's own operations tell it."""
    headers = {**NO_PAGE, **problem.headers}
    said = json.dumps(problem.body(language))
    return Response(said, problem.status, headers, content_type="application/problem+json")


def _is_nobodys_fault(problem: Problem) -> bool:
    """Ours, or the report was given to others while somebody wrote: the text is given back."""
    return problem.status >= _OURS or problem.code in _TAKEN_AWAY


def _region_if_known(frame: Frame, language: str) -> dict[str, Any]:
    try:
        return {"region": frame.region(language), "training": frame.training()}
    except StoreAway:
        return {}
