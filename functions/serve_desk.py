"""The officers' pages: sign-in, queues, one report with every command this officer may use."""

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_officers, firestore_region, keyring, oidc_client
from shared.adapters.token_verifier import tokens
from shared.edge.web.serving import serve
from shared.edge.web.signin import Doors
from shared.edge.web.visits import Frame

_DOORS = Doors(oidc_client.sign_ins, tokens, firestore_officers.officers)


@functions_framework.http
def serve_desk(request: Request) -> Response:
    handlers = {**_DOORS.handlers}
    return serve(request, handlers, Frame(keyring.session_keys, _region, _DOORS.admit))


def _region(language: str) -> str:
    return firestore_region.region().rules().directory.name_in(language)
