"""ID tokens of the configured issuer: who signed in, as far as the issuer vouches for it."""

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from shared.adapters.issuer import SECONDS, discovered
from shared.adapters.settings import setting
from shared.usecases.ports import BadToken, Claims, IssuerAway

if TYPE_CHECKING:
    from jwt import PyJWK, PyJWKClient

# Never what the token asks for: `none` and HMAC with the public key are forgeries.
_ALGORITHMS = ("RS256", "ES256")
_CLAIMS = ("iss", "aud", "sub", "exp", "iat", "email")
# Issuers publish a new key before they sign with it; an unknown key id asks again this often.
_SECONDS_BETWEEN_LOOKS = 10.0
# A short outage of the issuer stops nobody.
_SECONDS_KEYS_ARE_KEPT = 3600.0
# Clocks of two machines.
_LEEWAY = 10.0


class TokenVerifier:
    def __init__(
        self, issuer: str, audience: str, *, seconds_between_looks: float = _SECONDS_BETWEEN_LOOKS
    ) -> None:
        self._issuer = issuer
        self._audience = audience
        self._seconds_between_looks = seconds_between_looks

    def verify(self, token: str) -> Claims:
        claims = self._checked(token, self._key_of(token))
        if claims.get("email_verified") is not True:
            raise BadToken("the issuer has not verified the e-mail address")
        subject = f"{claims['iss']}|{claims['sub']}"
        return Claims(subject, str(claims["email"]), str(claims.get("nonce", "")))

    def _checked(self, token: str, key: "PyJWK") -> dict[str, Any]:
        import jwt

        try:
            return jwt.decode(
                token,
                key,
                algorithms=_ALGORITHMS,
                audience=self._audience,
                issuer=self._issuer,
                leeway=_LEEWAY,
                options={"require": list(_CLAIMS)},
            )
        except jwt.PyJWTError as error:
            raise BadToken(type(error).__name__) from None

    def _key_of(self, token: str) -> "PyJWK":
        import jwt

        try:
            key_id = jwt.get_unverified_header(token).get("kid")
        except (jwt.InvalidTokenError, ValueError):
            raise BadToken("not a token") from None
        if not isinstance(key_id, str):
            raise BadToken("it does not name its key")
        try:
            return self._keys.get_signing_key(key_id)
        except (jwt.PyJWKClientConnectionError, jwt.PyJWKSetError, OSError, ValueError) as error:
            raise IssuerAway from error
        except jwt.PyJWKClientError:
            raise BadToken("not signed by a key of the issuer") from None

    @cached_property
    def _keys(self) -> "PyJWKClient":
        from jwt import PyJWKClient

        return PyJWKClient(
            discovered(self._issuer)["jwks_uri"],
            lifespan=_SECONDS_KEYS_ARE_KEPT,
            timeout=SECONDS,
            cooldown_duration=self._seconds_between_looks,
        )


@cache
def tokens() -> TokenVerifier:
    return TokenVerifier(setting("TOKEN_ISSUER"), setting("TOKEN_AUDIENCE"))
