"""Who we are in AWS: a role that trusts Google's word for this function's account. No key exists.

Loads botocore; imported with the first message only.
"""

from collections.abc import Callable

import boto3
import botocore.session
from botocore.credentials import (
    AssumeRoleWithWebIdentityCredentialFetcher,
    CredentialProvider,
    DeferredRefreshableCredentials,
)
from botocore.exceptions import CredentialRetrievalError

_METHOD = "google-identity"


class _GoogleIdentity(CredentialProvider):  # type: ignore[misc]
    METHOD = _METHOD
    CANONICAL_NAME = _METHOD

    def __init__(self, fetcher: AssumeRoleWithWebIdentityCredentialFetcher) -> None:
        super().__init__()
        self._fetcher = fetcher

    def load(self) -> DeferredRefreshableCredentials:
        return DeferredRefreshableCredentials(self._fetcher.fetch_credentials, _METHOD)


def session_of(role: str, region: str, token: Callable[[], str]) -> boto3.Session:
    """`token` is asked for whenever the role has to be taken on anew, once an hour."""
    core = botocore.session.get_session()
    core.set_config_variable("region", region)
    fetcher = AssumeRoleWithWebIdentityCredentialFetcher(
        core.create_client, token, role, extra_args={"RoleSessionName": "tanggap"}
    )
    core.get_component("credential_provider").insert_before("env", _GoogleIdentity(fetcher))
    return boto3.Session(botocore_session=core)


def google_token(audience: str) -> Callable[[], str]:
    from google.auth.exceptions import GoogleAuthError
    from google.auth.transport.requests import Request
    from google.oauth2.id_token import fetch_id_token

    def token() -> str:
        try:
            fetched: str = fetch_id_token(Request(), audience)  # type: ignore[no-untyped-call]
        except GoogleAuthError as error:
            raise CredentialRetrievalError(
                provider=_METHOD, error_msg=type(error).__name__
            ) from None
        return fetched

    return token
