"""One copy of an attached file, for whoever has a link to it that has not ended."""

import functions_framework
from flask import Request, Response

from shared.adapters import bucket, keyring
from shared.domain.file_links import linked_file
from shared.edge.contract import SERVE_FILE
from shared.edge.file_answers import file_answer
from shared.edge.http import Call, serve
from shared.edge.problems import EndedLink


@functions_framework.http
def serve_file(request: Request) -> Response:
    return serve(request, {SERVE_FILE: _serve})


def _serve(call: Call) -> Response:
    now, keys = call.stamp.at, keyring.receipt_keys().secrets.values()
    link = linked_file(call.path["token"], keys=keys, now=now)
    if link is None:
        raise EndedLink
    return file_answer(call.request, link, bucket.bucket().open(link.object_name), now)
