"""A citizen files a report, or an intake officer does so for somebody who came, wrote or called."""

from typing import Any

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_officers, firestore_region, token_verifier
from shared.adapters.desk import desk
from shared.domain.scene import REPORTER, Person, Rules
from shared.domain.statuses import Role
from shared.edge import filings, limits
from shared.edge.callers import officer_of, person_of
from shared.edge.contract import FILE_ON_BEHALF, FILE_REPORT
from shared.edge.http import Call, Reply, serve
from shared.usecases.filing import Filed, file_report


@functions_framework.http
def submit_report(request: Request) -> Response:
    handlers = {FILE_REPORT: _as_citizen, FILE_ON_BEHALF: _on_behalf}
    return serve(request, handlers, origins=firestore_region.origins)


def _as_citizen(call: Call) -> Reply:
    limits.count_post(call.address, call.stamp.at)
    return _file(call, REPORTER, Role.REPORTER)


def _on_behalf(call: Call) -> Reply:
    officers, today = firestore_officers.officers(), firestore_region.today(call.stamp.at)
    officer = officer_of(call.request, token_verifier.tokens(), officers, today)
    return _file(call, person_of(officer), Role.INTAKE)


def _file(call: Call, person: Person, role: Role) -> Reply:
    rules = firestore_region.region().rules()
    filing, identity = call.message.filing(), call.message.identity()
    filings.check(filing, rules, call.stamp.at)
    filed = file_report(
        filing,
        identity,
        person=person,
        role=role,
        attempt=call.attempt_of(person.officer),
        rules=rules,
        stamp=call.stamp,
        desk=desk(),
    )
    answer = filings.answer_of(filed, rules, call.language) | _taken_in(call, filed, rules)
    page = filings.page_of(filed, identity, rules, call.language)
    return Reply(answer, 201, {"Location": answer["links"]["self"]}, page)


def _taken_in(call: Call, filed: Filed, rules: Rules) -> dict[str, Any]:
    """What became of the files that came with it; nothing where none came.

    What only files need loads with the first of them: most reports bring none.
    """
    if not call.request.files:
        return {}
    from shared.adapters import bucket
    from shared.edge import uploads
    from shared.usecases.attaching import Owner, Slot
    from shared.usecases.taking_in import take_in

    public = getattr(call.message, "files_public", False)
    files = uploads.brought(call.request, public=public)
    slot = Slot(filed.report.code, Owner(Role.REPORTER), call.stamp, call.attempt)
    limits_ = rules.file_limits(call.stamp.at)
    taken = take_in(files, slot, limits_, shelves=desk().shelves, bucket=bucket.bucket())
    return {"attachments": uploads.answer_of(taken, call.language)} if taken else {}
