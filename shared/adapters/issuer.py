"""What the configured issuer says of itself: OpenID Connect Discovery."""

import json
from http.client import HTTPException
from typing import Any
from urllib.request import urlopen

from shared.usecases.ports import IssuerAway

SECONDS = 3.0


def discovered(issuer: str) -> dict[str, Any]:
    """Raises IssuerAway."""
    address = issuer.rstrip("/") + "/.well-known/openid-configuration"
    try:
        with urlopen(address, timeout=SECONDS) as response:  # noqa: S310 our own setting
            document = json.load(response)
    except (OSError, ValueError, HTTPException) as error:
        raise IssuerAway from error
    if document.get("issuer") != issuer:
        raise IssuerAway("the address answers for another issuer")
    return dict(document)
