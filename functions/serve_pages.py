"""The pages for people. Each goes through the same use cases as the HTTP contract."""

import functions_framework
from flask import Request, Response

from shared.adapters import (
    bucket,
    firestore_heads,
    firestore_region,
    firestore_renewals,
    firestore_scoreboard,
    firestore_supporters,
    firestore_tries,
    keyring,
)
from shared.adapters.desk import desk
from shared.domain.codes import UnreadableCode, parse_code, show_code
from shared.edge.web.about import AboutPages
from shared.edge.web.filing import FilingPages
from shared.edge.web.follow import Following
from shared.edge.web.follow_lost import LostKeys
from shared.edge.web.follow_ports import FollowPorts
from shared.edge.web.own import OWN
from shared.edge.web.pages import LOOKUP
from shared.edge.web.scoreboard import ScoreboardPages
from shared.edge.web.serving import serve
from shared.edge.web.visits import Frame, Moved, Shown, Visit

_PORTS = FollowPorts(
    desk=desk,
    rules=lambda: firestore_region.region().rules(),
    supporters=firestore_supporters.supporters,
    tries=firestore_tries.tries,
    renewals=firestore_renewals.renewals,
    bucket=bucket.bucket,
    upload_site=bucket.upload_site,
)
_BOARD = ScoreboardPages(_PORTS.rules, firestore_scoreboard.cells, firestore_heads.heads)


@functions_framework.http
def serve_pages(request: Request) -> Response:
    handlers = {
        **OWN,
        **FilingPages(_PORTS.rules, _PORTS.desk, _PORTS.upload_site).handlers,
        LOOKUP: _lookup,
        **Following(_PORTS).handlers,
        **LostKeys(_PORTS).handlers,
        **_BOARD.handlers,
        **AboutPages(_PORTS.rules).handlers,
    }
    return serve(request, handlers, Frame(keyring.session_keys, _region, _training))


def _training() -> bool:
    return firestore_region.region().rules().directory.training


def _region(language: str) -> str:
    return firestore_region.region().rules().directory.name_in(language)


def _lookup(visit: Visit) -> Shown | Moved:
    typed = visit.request.args.get("nomor", "")
    try:
        return Moved(f"/r/{show_code(parse_code(typed))}")
    except UnreadableCode:
        return Shown("lookup.html", {"typed": typed})
