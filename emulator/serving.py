"""WSGI applications on ports of this machine, served by threads of this process."""

import errno
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from waitress.server import create_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# This machine only: whoever reaches the emulator may sign in as anybody.
_HOST = "127.0.0.1"
_TRIES = 20
# Pub/Sub opens one for each push under way; at waitress's own limit of 100 it would stall.
_CONNECTIONS = 2000


def listen(port: int) -> socket.socket:
    """The port, or the next free one after it; 0 takes any."""
    for candidate in range(port, port + _TRIES):
        try:
            return _bound(candidate)
        except OSError as fault:
            if fault.errno != errno.EADDRINUSE:
                raise
    return _bound(0)


def url_of(door: socket.socket) -> str:
    return f"http://{_HOST}:{door.getsockname()[1]}"


def site_of(door: socket.socket) -> str:
    """The same for browsers: without TLS they keep a secure cookie of this name only."""
    return f"http://localhost:{door.getsockname()[1]}"


@contextmanager
def served(app: "WSGIApplication", door: socket.socket, *, threads: int) -> Iterator[None]:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    # What a client claims in X-Forwarded-For passes on, as it does through the balancer.
    server = create_server(
        app,
        sockets=[door],
        threads=threads,
        clear_untrusted_proxy_headers=False,
        connection_limit=_CONNECTIONS,
        asyncore_use_poll=True,
    )
    runner = threading.Thread(target=server.run, name="server", daemon=True)
    runner.start()
    try:
        yield
    finally:
        server.close()


def _bound(port: int) -> socket.socket:
    door = socket.socket()
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((_HOST, port))
        # Listening at once, or a second emulator could take the same port meanwhile.
        door.listen(1024)
    except OSError:
        door.close()
        raise
    return door
