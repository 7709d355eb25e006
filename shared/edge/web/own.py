"""Pages that the frame brings itself: its files, and the switch to another language."""

import re
from collections.abc import Mapping

from flask import Response
from werkzeug.urls import iri_to_uri

from shared.edge.web import languages, static
from shared.edge.web.pages import LANGUAGE, STATIC, Page
from shared.edge.web.session import Cookie
from shared.edge.web.visits import Handler, Moved, Visit

# A path of ours: `//elsewhere.example` and `/\elsewhere.example` lead away.
_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")
_A_YEAR = 365 * 24 * 3600


def _file(visit: Visit) -> Response:
    return static.response(visit.path["name"], visit.request)


def _switch(visit: Visit) -> Moved:
    asked, back = (visit.request.args.get(name, "") for name in ("ke", "kembali"))
    to = iri_to_uri(back) if _PATH.fullmatch(back) else "/"
    if asked not in languages.LANGUAGES:
        return Moved(to)
    return Moved(to, cookies=(Cookie(languages.COOKIE, asked, _A_YEAR),))


OWN: Mapping[Page, Handler] = {STATIC: _file, LANGUAGE: _switch}
