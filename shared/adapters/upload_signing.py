"""Who signs the addresses of uploads: the function's own account, through IAM. No key exists.

The local cloud has no IAM to ask: GOOGLE_APPLICATION_CREDENTIALS names a key of its own there.
"""

import threading
from functools import cache
from typing import Any

_SCOPES = ("https://www.googleapis.com/auth/cloud-platform",)
# Threads share the credentials; of several that find them expired, one renews them.
_renewing = threading.Lock()


def signing() -> dict[str, Any]:
    """What `Blob.generate_signed_url` wants to know. Raises GoogleAuthError."""
    from google.auth.credentials import Signing

    credentials = _credentials()
    if isinstance(credentials, Signing):
        return {"credentials": credentials}
    with _renewing:
        if not credentials.valid:
            credentials.refresh(_request())
    return {
        "service_account_email": credentials.service_account_email,
        "access_token": credentials.token,
    }


@cache
def _credentials() -> Any:
    import google.auth

    credentials, _ = google.auth.default(_SCOPES)
    return credentials


@cache
def _request() -> Any:
    from google.auth.transport.requests import Request

    return Request()
