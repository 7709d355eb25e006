"""The pages for filing: write, look it over, send."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Response

from shared.domain.scene import REPORTER, Rules
from shared.domain.statuses import Role
from shared.edge import filings, limits
from shared.edge.headers import NO_PAGE
from shared.edge.web import (
    attached,
    filing_gate,
    filing_review,
    follow_files,
    follow_key,
    forms,
)
from shared.edge.web.pages import (
    EDIT_FILING,
    FILE,
    FILING,
    FILING_LEFT,
    FIND_VILLAGE,
    REVIEW,
    SUGGEST,
    Page,
)
from shared.edge.web.rendering import uploading_to
from shared.edge.web.visits import Handler, Moved, Shown, Visit
from shared.usecases import suggesting, villages
from shared.usecases.directory import public_directory
from shared.usecases.filing import Filed, file_report
from shared.usecases.saving import Desk


@dataclass(frozen=True, slots=True)
class FilingPages:
    """What filing needs of the world, each made when it is needed."""

    rules: Callable[[], Rules]
    desk: Callable[[], Desk]
    upload_site: Callable[[], str]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {
            FILING: self._form,
            REVIEW: self._review,
            FILING_LEFT: _to_the_form,
            EDIT_FILING: self._edit,
            FILE: self._file,
            SUGGEST: self._suggest,
            FIND_VILLAGE: self._find_village,
        }

    def _form(self, visit: Visit) -> Shown:
        rules = self.rules()
        values = {
            "directory": public_directory(rules.directory, visit.language),
            "today": rules.today(visit.stamp.at),
            "limits": attached.said(rules.file_limits(visit.stamp.at)),
            "form": visit.form,
        }
        return Shown("filing.html", values)

    def _review(self, visit: Visit) -> Shown:
        rules = self.rules()
        filing = visit.message.filing_in(rules.directory)
        filings.check(filing, rules, visit.stamp.at)
        seen = filing_review.seen(visit, filing, rules)
        near = filing_review.near(visit, filing, rules, self.desk().reports)
        return Shown("filing_review.html", {**seen, "nearby": near})

    def _edit(self, visit: Visit) -> Shown:
        """Back to the form, with all that was typed."""
        typed = forms.posted(visit.request, visit.visitor, visit.keys).to_dict()
        key = typed.get("idempotency_key") or visit.form.key
        return self._form(replace(visit, form=replace(visit.form, key=key, typed=typed)))

    def _file(self, visit: Visit) -> Shown:
        limits.count_post(visit.address, visit.stamp.at)
        if not filing_gate.is_open(visit):
            return filing_gate.waiting(visit)
        rules = self.rules()
        filing = visit.message.filing_in(rules.directory)
        identity = visit.message.identity()
        filings.check(filing, rules, visit.stamp.at)
        if not filing_review.is_advised(visit, filing, rules):
            return replace(self._review(filing_review.unadvised(visit)), status=422)
        filed = file_report(
            filing,
            identity,
            person=REPORTER,
            role=Role.REPORTER,
            attempt=visit.attempt,
            rules=rules,
            stamp=visit.stamp,
            desk=self.desk(),
        )
        answer = filings.answer_of(filed, rules, visit.language)
        page = filings.page_of(filed, identity, rules, visit.language)
        return self._receipt(visit, filed, {**answer, **page, "host": visit.request.host})

    def _receipt(self, visit: Visit, filed: Filed, values: Mapping[str, Any]) -> Shown:
        """Files follow the report: this browser holds it for a while, unless others use it too."""
        if visit.message.shared_device:
            return Shown("filed.html", {**values, "is_shared": True}, 201)
        asked = follow_files.asked_of(filed.report, self.rules(), visit.stamp.at)
        form = forms.apart(visit.form, "files", sent=False)
        draft = visit.message.idempotency_key or ""
        more = {"asked": asked, "draft": draft, "files_form": form}
        headers = uploading_to(self.upload_site())
        cookie = follow_key.kept(filed.report.code, filed.mark, visit)
        return Shown("filed.html", {**values, **more}, 201, headers, (cookie,))

    def _suggest(self, visit: Visit) -> Response:
        directory, draft = self.rules().directory, visit.message
        found = suggesting.suggestions(
            draft.text,
            category=draft.category,
            area=villages.area_named(draft.village or "", directory),
            directory=directory,
            language=visit.language,
        )
        return _json(found)

    def _find_village(self, visit: Visit) -> Response:
        found = villages.found(visit.message.village, self.rules().directory)
        return _json({"villages": [name for _, name in found]})


def _to_the_form(_visit: Visit) -> Moved:
    """Who comes to a step by its address brings nothing to it; a draft is on the form."""
    return Moved(FILING.path)


def _json(content: Mapping[str, Any]) -> Response:
    return Response(json.dumps(content), headers=NO_PAGE, content_type="application/json")
