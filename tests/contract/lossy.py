"""A connection to the store that can lose an answer on its way back."""

import socket
from contextlib import suppress
from threading import Event, Thread
from time import sleep

# The emulator has answered long before.
_SECONDS_UNTIL_CUT = 0.5


class LossyLine:
    """Passes everything on, until it is told to lose the answers; then it cuts and works again."""

    def __init__(self, target: str) -> None:
        host, port = target.rsplit(":", 1)
        self._target = host, int(port)
        self._losing = Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self.cuts = 0
        Thread(target=self._accept, daemon=True).start()

    def lose_the_next_answer(self) -> None:
        self._losing.set()

    def close(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listening.accept()
                callee = socket.create_connection(self._target)
                Thread(target=self._pass, args=(caller, callee), daemon=True).start()
                Thread(target=self._answer, args=(callee, caller), daemon=True).start()

    def _pass(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)

    def _answer(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self._losing.is_set():
                    sleep(_SECONDS_UNTIL_CUT)
                    self._losing.clear()
                    self.cuts += 1
                    break
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
