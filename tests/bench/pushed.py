"""A topic with one push subscription, and a subscriber that counts."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import grpc  # type: ignore[import-untyped]
from google.pubsub_v1 import PublisherClient, PubsubMessage, SubscriberClient
from google.pubsub_v1.services.publisher.transports import PublisherGrpcTransport
from google.pubsub_v1.services.subscriber.transports import SubscriberGrpcTransport

from emulator.children import ChildFailed

_SECONDS = 60


class Counter:
    def __init__(self) -> None:
        self.count = 0
        self._changed = threading.Condition()

    def add(self) -> None:
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def wait_for(self, count: int) -> None:
        with self._changed:
            if not self._changed.wait_for(lambda: self.count >= count, _SECONDS):
                raise ChildFailed(f"only {self.count} of {count} messages were pushed")


class Topic:
    def __init__(self, pubsub: str, url: str) -> None:
        channel, project = grpc.insecure_channel(pubsub), f"bench-{uuid4().hex[:8]}"
        self._publisher = PublisherClient(transport=PublisherGrpcTransport(channel=channel))
        self._name = f"projects/{project}/topics/report-events"
        self._publisher.create_topic(name=self._name)
        subscriber = SubscriberClient(transport=SubscriberGrpcTransport(channel=channel))
        subscriber.create_subscription(
            name=f"projects/{project}/subscriptions/count",
            topic=self._name,
            push_config={"push_endpoint": url},
        )

    def publish(self, number: int) -> None:
        message = PubsubMessage(data=b'{"id": "e", "type": "report.submitted"}')
        self._publisher.publish(topic=self._name, messages=[message] * number)


@contextmanager
def listening() -> Iterator[tuple[str, Counter]]:
    counter = Counter()

    class Subscriber(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204)
            self.end_headers()
            counter.add()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Subscriber)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", counter
    finally:
        server.shutdown()
        server.server_close()
