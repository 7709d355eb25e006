"""The officers' pages: sign-in, queues, one report with every command this officer may use."""

import functions_framework
from flask import Request, Response

from shared.adapters import (
    bucket,
    firestore_looks,
    firestore_notices,
    firestore_officers,
    firestore_people,
    firestore_region,
    firestore_supporters,
    keyring,
    oidc_client,
    token_verifier,
)
from shared.adapters.desk import desk
from shared.adapters.settings import site
from shared.domain.scene import Rules
from shared.edge.web.boards import Boards
from shared.edge.web.cover import CoverDesk
from shared.edge.web.desk_proofs import FileDesk
from shared.edge.web.desk_report import ReportDesk
from shared.edge.web.intake import IntakeDesk
from shared.edge.web.intake_paper import PaperDesk
from shared.edge.web.people import PeopleDesk
from shared.edge.web.queue import QueueDesk
from shared.edge.web.serving import serve
from shared.edge.web.signin import Doors
from shared.edge.web.visits import Frame


def _rules() -> Rules:
    return firestore_region.region().rules()


_FILES = FileDesk(_rules, desk, bucket.bucket, bucket.upload_site)
_COUNTERS = {
    **_FILES.handlers,
    **CoverDesk(_rules, desk).handlers,
    **IntakeDesk(_rules, desk, site, _FILES).handlers,
    **PaperDesk(_rules, desk, site, _FILES).handlers,
    **Boards(_rules, desk, firestore_looks.looks).handlers,
    **PeopleDesk(_rules, firestore_people.people).handlers,
}


@functions_framework.http
def serve_desk(request: Request) -> Response:
    doors = Doors(
        oidc_client.sign_ins,
        token_verifier.tokens,
        firestore_officers.officers,
        firestore_region.today,
    )
    queue = QueueDesk(_rules, desk)
    report = ReportDesk(
        _rules, desk, firestore_notices.notices, firestore_supporters.supporters, _FILES
    )
    handlers = {**doors.handlers, **queue.handlers, **report.handlers, **_COUNTERS}
    return serve(request, handlers, Frame(keyring.session_keys, _region, _training, doors.admit))


def _training() -> bool:
    return firestore_region.region().rules().directory.training


def _region(language: str) -> str:
    return _rules().directory.name_in(language)
