"""A line to the store that can be cut, or lose the answer to a commit on its way back."""

import socket
from contextlib import suppress
from threading import Event, Thread
from time import sleep

# Only a commit that changes a report names its wire event; the path of a call is compressed.
_COMMIT = b"/documents/outbox/"
# The emulator has committed long before.
_SECONDS_UNTIL_CUT = 0.5
_AT_ONCE = 65536


class Line:
    def __init__(self, target: str) -> None:
        host, port = target.rsplit(":", 1)
        self._target = host, int(port)
        self._open, self._losing = Event(), Event()
        self._open.set()
        self._ends: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._listening.getsockname()[1]}"
        self.lost = 0
        Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Every connection ends, and new ones end at once."""
        self._open.clear()
        for end in tuple(self._ends):
            _hang_up(end)

    def mend(self) -> None:
        self._open.set()

    def lose_the_answer_to_a_commit(self) -> None:
        self._losing.set()

    def close(self) -> None:
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listening.accept()
                if self._open.is_set():
                    self._connect(caller)
                else:
                    caller.close()

    def _connect(self, caller: socket.socket) -> None:
        callee, losing = socket.create_connection(self._target), Event()
        self._ends |= {caller, callee}
        Thread(target=self._ask, args=(caller, callee, losing), daemon=True).start()
        Thread(target=self._answer, args=(callee, caller, losing), daemon=True).start()

    def _ask(self, caller: socket.socket, callee: socket.socket, losing: Event) -> None:
        seen = b""
        with suppress(OSError):
            while data := caller.recv(_AT_ONCE):
                seen = seen[-len(_COMMIT) :] + data
                if self._losing.is_set() and _COMMIT in seen:
                    self._losing.clear()
                    losing.set()
                callee.sendall(data)
        _hang_up(callee)

    def _answer(self, callee: socket.socket, caller: socket.socket, losing: Event) -> None:
        with suppress(OSError):
            while data := callee.recv(_AT_ONCE):
                if losing.is_set():
                    sleep(_SECONDS_UNTIL_CUT)
                    self.lost += 1
                    break
                caller.sendall(data)
        _hang_up(caller)
        _hang_up(callee)


def _hang_up(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
