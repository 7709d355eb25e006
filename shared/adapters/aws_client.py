"""AWS clients of this process, and what their failures mean to a message."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from shared.adapters.settings import setting
from shared.usecases.notice_ports import AnswerLost, RefusedByProvider, TryAgain

_SECONDS_TO_CONNECT = 3
# SES mostly answers within a tenth of a second.
_SECONDS_TO_ANSWER = 20

_HANDING_OVER = frozenset({"SendEmail", "Publish"})
# About this message or its address. All else (throttled, paused, not allowed, away) is about us,
# or about them, and time or an operator heals it.
_REFUSALS = {
    "BadRequestException": "bad-address",
    "InvalidParameter": "bad-address",
    "InvalidParameterValue": "bad-address",
    "MessageRejected": "message-rejected",
    "OptedOut": "opted-out",
    "ValidationError": "bad-address",
    "ValidationException": "bad-address",
}
# A client takes twenty megabytes to make: of eight threads that need one, one makes it.
_making = threading.Lock()


def aws_client(service: str) -> Any:
    """Loads boto3 with the first message; AWS_ENDPOINT_URL, where it is set, is read by itself."""
    with _making:
        return _client(service)


@cache
def _client(service: str) -> Any:
    from botocore.config import Config

    config = Config(
        connect_timeout=_SECONDS_TO_CONNECT,
        read_timeout=_SECONDS_TO_ANSWER,
        # By itself it would send once more what it had no answer to.
        retries={"total_max_attempts": 1},
        tcp_keepalive=True,
    )
    return _session().client(service, region_name=setting("AWS_REGION"), config=config)


@cache
def _session() -> Any:
    import boto3

    from shared.adapters.aws_identity import google_token, session_of

    role = setting("AWS_ROLE_ARN", "")
    if not role:
        return boto3.Session()
    return session_of(role, setting("AWS_REGION"), google_token(setting("AWS_AUDIENCE")))


@contextmanager
def handing_over() -> Iterator[None]:
    """Raises TryAgain, AnswerLost or RefusedByProvider in place of whatever AWS raised."""
    from botocore import exceptions
    from botocore.parsers import ResponseParserError

    never_sent = (
        exceptions.ConnectTimeoutError,
        exceptions.CredentialRetrievalError,
        exceptions.EndpointConnectionError,
        exceptions.NoCredentialsError,
        exceptions.ProxyConnectionError,
        exceptions.SSLError,
    )
    try:
        yield
    except exceptions.ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in _REFUSALS and error.operation_name in _HANDING_OVER:
            raise RefusedByProvider(_REFUSALS[code]) from None
        raise TryAgain(code if code.isalnum() else "unknown") from None
    except never_sent as error:
        raise TryAgain(type(error).__name__) from None
    except exceptions.ParamValidationError:
        raise RefusedByProvider("bad-address") from None
    except (exceptions.HTTPClientError, ResponseParserError) as error:
        raise AnswerLost(type(error).__name__) from None
