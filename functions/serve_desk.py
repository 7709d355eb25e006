"""The officers' pages: sign-in, queues, one report with every command this officer may use."""

import functions_framework
from flask import Request, Response

from shared.adapters import (
    firestore_notices,
    firestore_officers,
    firestore_region,
    firestore_supporters,
    keyring,
    oidc_client,
    token_verifier,
)
from shared.adapters.desk import desk
from shared.domain.scene import Rules
from shared.edge.web.desk_report import ReportDesk
from shared.edge.web.queue import QueueDesk
from shared.edge.web.serving import serve
from shared.edge.web.signin import Doors
from shared.edge.web.visits import Frame


@functions_framework.http
def serve_desk(request: Request) -> Response:
    doors = Doors(
        oidc_client.sign_ins,
        token_verifier.tokens,
        firestore_officers.officers,
        firestore_region.today,
    )
    queue = QueueDesk(_rules, desk)
    report = ReportDesk(_rules, desk, firestore_notices.notices, firestore_supporters.supporters)
    handlers = {**doors.handlers, **queue.handlers, **report.handlers}
    return serve(request, handlers, Frame(keyring.session_keys, _region, doors.admit))


def _rules() -> Rules:
    return firestore_region.region().rules()


def _region(language: str) -> str:
    return _rules().directory.name_in(language)
