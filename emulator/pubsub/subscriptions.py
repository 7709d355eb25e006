"""A subscription: its configuration checked, completed and read. Pure."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from emulator.pubsub import filters
from emulator.pubsub.delivery import NO_BACKOFF, PUSH_BACKOFF, Backoff, DeadLetter
from emulator.pubsub.filters import FilterError, Matches
from emulator.pubsub.limits import (
    LONGEST_DEADLINE,
    check_deadline,
    check_delivery_attempts,
    check_duration,
    check_retention,
)
from emulator.pubsub.names import check_name
from emulator.pubsub.protocol import MICROSECONDS, Config, microseconds
from emulator.rpc.status import invalid, unimplemented

FIXED = frozenset({"name", "topic", "filter", "enable_message_ordering"})

_ACK_DEADLINE = 10
_RETENTION = 7 * 86_400
_LIFE = 31 * 86_400
_LEAST_BACKOFF = 10
_MOST_BACKOFF = 600
_ATTEMPTS = 5
_FOREIGN = (
    "bigquery_config",
    "cloud_storage_config",
    "bigtable_config",
    "enable_exactly_once_delivery",
    "message_transforms",
)


@dataclass(frozen=True, slots=True)
class Push:
    endpoint: str
    email: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Durations in microseconds."""

    id: int
    name: str
    topic: str
    matches: Matches
    ack_deadline: int
    retention: int
    backoff: Backoff
    dead_letter: DeadLetter | None
    push: Push | None
    ordered: bool
    retains_acked: bool


def completed(config: Config) -> Config:
    """With the documented defaults where the owner said nothing."""
    whole = Config()
    whole.CopyFrom(config)
    whole.push_config.SetInParent()
    whole.ack_deadline_seconds = config.ack_deadline_seconds or _ACK_DEADLINE
    if not config.HasField("message_retention_duration"):
        whole.message_retention_duration.seconds = _RETENTION
    if not config.HasField("expiration_policy"):
        whole.expiration_policy.ttl.seconds = _LIFE
    if config.HasField("retry_policy"):
        _complete_retry(whole.retry_policy)
    if config.HasField("dead_letter_policy"):
        policy = whole.dead_letter_policy
        policy.max_delivery_attempts = policy.max_delivery_attempts or _ATTEMPTS
    whole.state = Config.State.Value("ACTIVE")
    return whole


def _complete_retry(policy: Config) -> None:
    if not policy.HasField("minimum_backoff"):
        policy.minimum_backoff.seconds = _LEAST_BACKOFF
    if not policy.HasField("maximum_backoff"):
        policy.maximum_backoff.seconds = _MOST_BACKOFF


def check(config: Config) -> None:
    """Raises Refused. Of a completed one."""
    check_deadline(config.ack_deadline_seconds)
    check_retention(config.message_retention_duration)
    for name in _FOREIGN:
        if getattr(config, name) != getattr(Config(), name):
            unimplemented(f"Subscription.{name}")
    _check_filter(config.filter)
    if config.HasField("retry_policy"):
        _check_retry(config.retry_policy)
    if config.HasField("dead_letter_policy"):
        check_name(config.dead_letter_policy.dead_letter_topic, "topics")
        check_delivery_attempts(config.dead_letter_policy.max_delivery_attempts)
    _check_push(config.push_config)


def _check_filter(text: str) -> None:
    try:
        filters.parse(text)
    except FilterError as error:
        invalid(f"Invalid filter: {error}.")


def _check_retry(policy: Config) -> None:
    for name in ("minimum_backoff", "maximum_backoff"):
        check_duration(name, getattr(policy, name), 0, LONGEST_DEADLINE)
    least, most = policy.minimum_backoff, policy.maximum_backoff
    if microseconds(most) < microseconds(least):
        invalid(
            f"The value for maximum_backoff is too small. You passed {most.seconds}s in the "
            f"request, but the minimum value is {least.seconds}s."
        )


def _check_push(config: Config) -> None:
    if config.WhichOneof("wrapper") == "no_wrapper":
        unimplemented("PushConfig.no_wrapper")
    url = urlsplit(config.push_endpoint)
    if config.push_endpoint and not (url.scheme in {"http", "https"} and url.hostname):
        invalid(f"Invalid push endpoint given (endpoint={config.push_endpoint}).")


def read(id_: int, config: Config) -> Subscription:
    """Of a completed and checked one."""
    push = _push(config)
    return Subscription(
        id=id_,
        name=config.name,
        topic=config.topic,
        matches=filters.parse(config.filter),
        ack_deadline=config.ack_deadline_seconds * MICROSECONDS,
        retention=microseconds(config.message_retention_duration),
        backoff=_backoff(config) or (PUSH_BACKOFF if push else NO_BACKOFF),
        dead_letter=_dead_letter(config),
        push=push,
        ordered=config.enable_message_ordering,
        retains_acked=config.retain_acked_messages,
    )


def _push(config: Config) -> Push | None:
    push = config.push_config
    if not push.push_endpoint:
        return None
    token = push.oidc_token
    audience = token.audience or push.push_endpoint
    return Push(push.push_endpoint, token.service_account_email, audience)


def _backoff(config: Config) -> Backoff | None:
    policy = config.retry_policy
    if not config.HasField("retry_policy"):
        return None
    return Backoff(microseconds(policy.minimum_backoff), microseconds(policy.maximum_backoff))


def _dead_letter(config: Config) -> DeadLetter | None:
    policy = config.dead_letter_policy
    if not policy.dead_letter_topic:
        return None
    return DeadLetter(policy.dead_letter_topic, policy.max_delivery_attempts)
