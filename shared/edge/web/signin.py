"""Officers sign in with the region's issuer, and stay in for a working day.

The session names the officer and the account only. The record is read anew for each page: whoever
is removed there is out at once.
"""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode

from shared.edge.contract import Caller
from shared.edge.web import forms, session
from shared.edge.web.desk_pages import SIGN_IN, SIGN_IN_BACK, SIGN_IN_LEAVE, SIGN_OUT
from shared.edge.web.pages import Page
from shared.edge.web.visits import Answer, Handler, Moved, Shown, Visit
from shared.usecases.ports import BadToken, Claims, Officers, Tokens
from shared.usecases.signing_in import SignIns, Trip, officer_of_account, officer_still

_SESSION = "officer"
_TRIP = "trip"
_SECONDS_SIGNED_IN = 8 * 3600
_SECONDS_OF_A_TRIP = 600
_DESK = re.compile(r"/desk(?![^/?])[^\x00-\x20\x7f\\]*")


@dataclass(frozen=True, slots=True)
class Doors:
    """What signing in needs of the world, each made when it is needed."""

    sign_ins: Callable[[], SignIns]
    tokens: Callable[[], Tokens]
    officers: Callable[[], Officers]
    today: Callable[[datetime], date]

    @property
    def handlers(self) -> Mapping[Page, Handler]:
        return {
            SIGN_IN: _asked,
            SIGN_IN_LEAVE: self._leave,
            SIGN_IN_BACK: self._back,
            SIGN_OUT: _sign_out,
        }

    def admit(self, visit: Visit) -> Visit | Answer:
        """The same visit with its officer. Whoever is not signed in loses nothing they typed."""
        if visit.page.caller is not Caller.OFFICER:
            return visit
        kept = session.content_of(visit.request, _SESSION, keys=visit.keys, now=visit.stamp.at)
        officer = kept and officer_still(
            kept["id"], kept["subject"], self.officers(), self.today(visit.stamp.at)
        )
        if officer:
            return replace(visit, officer=officer)
        if visit.request.method == "GET":
            asked = urlencode({"kembali": visit.request.full_path.removesuffix("?")})
            return Moved(f"{SIGN_IN.path}?{asked}")
        typed = forms.posted(visit.request, visit.visitor, visit.keys)
        return Shown("desk_signed_out.html", {"path": visit.request.path, "typed": typed}, 401)

    def _leave(self, visit: Visit) -> Moved:
        """To the issuer. The cookie ties what comes back to the browser that left."""
        trip = Trip(*(secrets.token_urlsafe(32) for _ in range(3)))
        content = {
            "state": trip.state,
            "nonce": trip.nonce,
            "verifier": trip.verifier,
            "to": _desk_path(visit),
        }
        kept = session.signed(
            _TRIP, content, keys=visit.keys, now=visit.stamp.at, seconds=_SECONDS_OF_A_TRIP
        )
        return Moved(self.sign_ins().address(trip), cookies=(kept,))

    def _back(self, visit: Visit) -> Moved | Shown:
        kept = session.content_of(visit.request, _TRIP, keys=visit.keys, now=visit.stamp.at)
        args = visit.request.args
        if not kept or not secrets.compare_digest(_ascii(args.get("state", "")), kept["state"]):
            return _not_in("lost")
        if "code" not in args:
            return _not_in("refused")
        claims = self._claims(args["code"], Trip(kept["state"], kept["nonce"], kept["verifier"]))
        if claims is None:
            return _not_in("refused")
        officer = officer_of_account(claims, self.officers(), self.today(visit.stamp.at))
        if officer is None:
            return _not_in("stranger", email=claims.email)
        content = {"id": officer.id, "subject": claims.subject}
        signed_in = session.signed(
            _SESSION, content, keys=visit.keys, now=visit.stamp.at, seconds=_SECONDS_SIGNED_IN
        )
        return Moved(kept["to"], cookies=(signed_in, session.forgotten(_TRIP)))

    def _claims(self, code: str, trip: Trip) -> Claims | None:
        """None: whatever came back is not the answer to our question."""
        try:
            claims = self.tokens().verify(self.sign_ins().token(code, trip))
        except BadToken:
            return None
        return claims if claims.nonce == trip.nonce else None


def _asked(visit: Visit) -> Shown:
    return Shown("desk_signin.html", {"why": "", "to": _desk_path(visit)})


def _not_in(why: str, *, email: str = "") -> Shown:
    values = {"why": why, "email": email, "to": "/desk"}
    return Shown("desk_signin.html", values, 403, cookies=(session.forgotten(_TRIP),))


def _sign_out(_visit: Visit) -> Moved:
    return Moved(SIGN_IN.path, flash="signed-out", cookies=(session.forgotten(_SESSION),))


def _desk_path(visit: Visit) -> str:
    """Where to go on; nowhere but the desk."""
    wanted = visit.request.args.get("kembali", "")
    return wanted if _DESK.fullmatch(wanted) else "/desk"


def _ascii(text: str) -> str:
    """What can be compared in constant time; ours is nothing else."""
    return text if text.isascii() else ""
