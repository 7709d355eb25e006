"""How a call is refused: a gRPC status by its name, without gRPC."""

from typing import Literal, NoReturn, get_args

Code = Literal[
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
]


class Refused(Exception):
    def __init__(self, code: Code, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code: Code = code
        self.message = message

    @property
    def number(self) -> int:
        """In google.rpc.Code, whose order is that above; 0 is OK."""
        return get_args(Code).index(self.code) + 1


def invalid(message: str) -> NoReturn:
    raise Refused("INVALID_ARGUMENT", message)


def unimplemented(name: str) -> NoReturn:
    raise Refused("UNIMPLEMENTED", f"This emulator does not implement {name}.")
