"""The methods that clients of this package call, and how each one's request is read."""

from typing import Any

from emulator.pubsub.protocol import Config, Topic, message_class
from emulator.rpc.calls import Calls, Parse, Watched, conversing, unary

PUBLISHER = "google.pubsub.v1.Publisher"
SUBSCRIBER = "google.pubsub.v1.Subscriber"
_UNARY = {
    PUBLISHER: {
        "CreateTopic": "create_topic",
        "UpdateTopic": "update_topic",
        "Publish": "publish",
        "GetTopic": "get_topic",
        "ListTopics": "list_topics",
        "ListTopicSubscriptions": "list_topic_subscriptions",
        "DeleteTopic": "delete_topic",
    },
    SUBSCRIBER: {
        "CreateSubscription": "create_subscription",
        "GetSubscription": "get_subscription",
        "UpdateSubscription": "update_subscription",
        "ListSubscriptions": "list_subscriptions",
        "DeleteSubscription": "delete_subscription",
        "ModifyAckDeadline": "modify_ack_deadline",
        "Acknowledge": "acknowledge",
        "Pull": "pull",
        "ModifyPushConfig": "modify_push_config",
        "Seek": "seek",
    },
}
_CONVERSING = {SUBSCRIBER: {"StreamingPull": "streaming_pull"}}
# The first two are sent as what they make.
_REQUESTS = {"CreateTopic": Topic, "CreateSubscription": Config}


def calls(service: Any, watched: Watched) -> Calls:
    return Calls(
        {
            f"/{part}/{name}": kind(name, _request_of(name), getattr(service, method), watched)
            for kind, parts in ((unary, _UNARY), (conversing, _CONVERSING))
            for part, methods in parts.items()
            for name, method in methods.items()
        }
    )


def _request_of(name: str) -> Parse:
    parse: Parse = (_REQUESTS.get(name) or message_class(f"{name}Request")).FromString
    return parse
