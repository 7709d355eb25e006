"""gRPC: bytes in, one method of the service, bytes out, and refusals as statuses."""

from collections.abc import Callable, Iterator
from typing import Any, NoReturn

import grpc  # type: ignore[import-untyped]

from emulator.pubsub.protocol import Config, StreamingPullRequest, Topic, message_class
from emulator.pubsub.status import Refused

PUBLISHER = "google.pubsub.v1.Publisher"
SUBSCRIBER = "google.pubsub.v1.Subscriber"
_METHODS = {
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
        "StreamingPull": "streaming_pull",
        "ModifyPushConfig": "modify_push_config",
        "Seek": "seek",
    },
}
_REQUESTS = {
    "CreateTopic": Topic,
    "CreateSubscription": Config,
    "StreamingPull": StreamingPullRequest,
}
Before = Callable[[str, Any], None]


class Transport(grpc.GenericRpcHandler):  # type: ignore[misc]
    def __init__(self, service: Any, before: Before | None = None) -> None:
        self._handlers = {
            f"/{part}/{name}": _handler(name, getattr(service, method), before)
            for part, methods in _METHODS.items()
            for name, method in methods.items()
        }

    def service(self, call: Any) -> Any:
        return self._handlers.get(call.method) or _unimplemented(call.method)


def _handler(name: str, method: Callable[..., Any], before: Before | None) -> Any:
    parse = (_REQUESTS.get(name) or message_class(f"{name}Request")).FromString

    def unary(data: bytes, context: Any) -> bytes:
        try:
            request = parse(data)
            if before:
                before(name, request)
            return method(request).SerializeToString()  # type: ignore[no-any-return]
        except Refused as refused:
            _abort(context, refused)

    def stream(requests: Iterator[bytes], context: Any) -> Iterator[bytes]:
        try:
            if before:
                before(name, None)
            for response in method(map(parse, requests), context):
                yield response.SerializeToString()
        except Refused as refused:
            _abort(context, refused)

    if name == "StreamingPull":
        return grpc.stream_stream_rpc_method_handler(stream)
    return grpc.unary_unary_rpc_method_handler(unary)


def _abort(context: Any, refused: Refused) -> NoReturn:
    context.abort(grpc.StatusCode[refused.code], refused.message)
    raise AssertionError


def _unimplemented(method: str) -> Any:
    """Answered before anything of the request is read, whatever the kind of the call."""

    def refuse(_: Any, context: Any) -> Iterator[bytes]:
        message = f"This emulator does not implement {method.rpartition('/')[2]} ({method})."
        _abort(context, Refused("UNIMPLEMENTED", message))
        yield b""

    return grpc.stream_stream_rpc_method_handler(refuse)
