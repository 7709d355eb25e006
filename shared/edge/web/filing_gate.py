"""Above a rate a report is let in for a little work of the browser, or after a short wait.

Both passes are good for the one report that they were given out for, by its idempotency key, so
that nothing has to be remembered: used again they lead to the same report. The work is ALTCHA's
(altcha.org); its library loads with the first post that needs it.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.edge import limits
from shared.edge.filing_forms import PageForm
from shared.edge.web import forms, session
from shared.edge.web.visits import Shown, Visit
from shared.usecases.ports import Keys

SECONDS_TO_WAIT = 60
# A page of ours posts twice: once to be sure that it arrived, once to be shown the answer.
_OF_A_SESSION = 6
_SHARE_OF_AN_ADDRESS = 4
_SECONDS_GOOD = 900
_ALGORITHM, _ROUNDS, _PREFIX = "PBKDF2/SHA-256", 5_000, "00"
_WAITED = "waited"
_MADE_HERE = frozenset({"mark", "idempotency_key", "altcha", "waited"})


def is_open(visit: Visit) -> bool:
    """Whether there is room, or the visitor brings a pass."""
    at, most = visit.stamp.at, max(1, limits.per_minute() // _SHARE_OF_AN_ADDRESS)
    rooms = ((f"session {visit.visitor}", _OF_A_SESSION), (f"pages {visit.address}", most))
    return all(limits.has_room(name, at, room) for name, room in rooms) or _has_pass(visit)


def waiting(visit: Visit) -> Shown:
    """The page that earns a pass: by itself with JavaScript, else by waiting."""
    key = visit.message.idempotency_key or visit.form.key
    typed = forms.typed(visit.request).items()
    values = {
        "form": replace(visit.form, key=key),
        "carried": {name: value for name, value in typed if name not in _MADE_HERE},
        "challenge": json.dumps(_challenge(visit, key)),
        "waited": session.seal(_given(visit, key), _WAITED, visit.keys),
        "seconds": SECONDS_TO_WAIT,
    }
    headers = {"Retry-After": str(SECONDS_TO_WAIT)}
    return Shown("filing_wait.html", values, 429, headers)


def _has_pass(visit: Visit) -> bool:
    form: PageForm = visit.message
    if form.idempotency_key is None:
        return False
    waited = session.unseal(form.waited or "", _WAITED, visit.keys)
    if _is_good(waited, visit, after=SECONDS_TO_WAIT):
        return True
    return form.altcha is not None and _is_good(_solved(form.altcha, visit.keys), visit, after=0)


def _given(visit: Visit, key: str) -> dict[str, Any]:
    return {"key": key, "at": int(visit.stamp.at.timestamp())}


def _is_good(given: Mapping[str, Any] | None, visit: Visit, *, after: int) -> bool:
    """Ours, for this report, old enough and not too old."""
    if given is None or given["key"] != visit.message.idempotency_key:
        return False
    return after <= visit.stamp.at.timestamp() - int(given["at"]) <= _SECONDS_GOOD


def _challenge(visit: Visit, key: str) -> dict[str, Any]:
    import altcha

    made = altcha.create_challenge(
        _ALGORITHM,
        _ROUNDS,
        key_prefix=_PREFIX,
        data=_given(visit, key),
        hmac_secret=_secret(visit.keys.secret),
    )
    return dict(made.to_dict())


def _solved(answer: str, keys: Keys) -> Mapping[str, Any] | None:
    """What the challenge was given out for; None when it is not ours or not solved."""
    import altcha

    for secret in keys.secrets.values():
        if altcha.verify_solution(answer, _secret(secret)).verified:
            given: Mapping[str, Any] | None = altcha.Payload.from_base64(
                answer
            ).challenge.parameters.data
            return given
    return None


def _secret(key: bytes) -> bytes:
    """No mark of a session is ever a signature of a challenge."""
    return hmac.digest(key, b"altcha", "sha256")
