"""The issuer's side of signing in: a list of officers instead of a password."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from emulator.issuer import BadGrant, Issuer
from emulator.problems import problem
from shared.domain.directory import Officer

_NOT_OURS = "Open /desk: it asks in the way that OpenID Connect wants (code, PKCE with S256)."
_NO_GRANT = "The code, its verifier, the address or the client does not fit, or a minute is over."


def issuer_pages(issuer: Issuer, officers: tuple[Officer, ...]) -> Blueprint:
    routes = Blueprint("issuer", __name__)
    by_id = {officer.id: officer for officer in officers}
    routes.get("/issuer/.well-known/openid-configuration")(issuer.discovery)
    routes.get("/issuer/jwks")(issuer.keys)

    @routes.get("/issuer/authorize")
    def authorize() -> str | Response:
        """The list; with `officer`, back to where they came from."""
        asked = request.args.to_dict()
        try:
            issuer.check(asked)
        except BadGrant:
            return problem(400, "invalid-request", _NOT_OURS)
        if officer := by_id.get(asked.pop("officer", "")):
            return redirect(issuer.granted(asked, officer), 303)
        return render_template("sign_in.html", groups=_grouped(officers), asked=urlencode(asked))

    @routes.post("/issuer/token")
    def token() -> dict[str, str] | tuple[dict[str, str], int]:
        authorization = request.headers.get("Authorization", "")
        try:
            return issuer.exchanged(request.form, authorization)
        except BadGrant:
            return {"error": "invalid_grant", "error_description": _NO_GRANT}, 400

    return routes


def _grouped(officers: Iterable[Officer]) -> Mapping[str, list[Officer]]:
    return {
        agency or "the region's desk": list(those)
        for agency, those in groupby(officers, key=lambda officer: officer.agency)
    }
