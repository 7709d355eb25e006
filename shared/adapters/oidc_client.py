"""Signing in with the region's issuer: authorization code flow with PKCE (RFC 7636).

Our client id is the audience that every token must name (OpenID Connect Core, 2).
"""

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from shared.adapters.issuer import SECONDS, discovered
from shared.adapters.settings import setting
from shared.usecases.ports import BadToken, IssuerAway
from shared.usecases.signing_in import Trip

if TYPE_CHECKING:
    from authlib.integrations.requests_client import OAuth2Session

BACK = "/desk/signin/back"
_SCOPE = "openid email"
_BASIC = "client_secret_basic"


class OidcClient:
    """`back`: where the issuer sends the browser afterwards, as registered there."""

    def __init__(self, issuer: str, client: str, secret: str, back: str) -> None:
        self._issuer = issuer
        self._client = client
        self._secret = secret
        self._back = back

    def address(self, trip: Trip) -> str:
        address, _ = self._session().create_authorization_url(
            self._discovered["authorization_endpoint"],
            state=trip.state,
            nonce=trip.nonce,
            code_verifier=trip.verifier,
        )
        return str(address)

    def token(self, code: str, trip: Trip) -> str:
        from authlib.common.errors import AuthlibBaseError
        from requests import RequestException

        try:
            answer = self._session().fetch_token(
                self._discovered["token_endpoint"], code=code, code_verifier=trip.verifier
            )
        except (RequestException, ValueError) as error:
            raise IssuerAway from error
        except AuthlibBaseError as error:
            raise BadToken(type(error).__name__) from None
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise BadToken("the issuer gave no ID token")
        return token

    def _session(self) -> "OAuth2Session":
        """A new one for each journey: it keeps what it was given."""
        from authlib.integrations.requests_client import OAuth2Session

        ways = self._discovered.get("token_endpoint_auth_methods_supported", [_BASIC])
        return OAuth2Session(
            self._client,
            self._secret,
            token_endpoint_auth_method=_BASIC if _BASIC in ways else "client_secret_post",
            scope=_SCOPE,
            redirect_uri=self._back,
            code_challenge_method="S256",
            default_timeout=SECONDS,
        )

    @cached_property
    def _discovered(self) -> dict[str, Any]:
        return discovered(self._issuer)


@cache
def sign_ins() -> OidcClient:
    return OidcClient(
        setting("TOKEN_ISSUER"),
        setting("TOKEN_AUDIENCE"),
        setting("OIDC_CLIENT_SECRET"),
        setting("PUBLIC_URL") + BACK,
    )
