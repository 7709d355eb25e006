"""A provider that Terraform talks to as to the real one. It touches nothing."""

import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import grpc  # type: ignore[import-untyped]

from tests.infra.terraform_standin import messages, values
from tests.infra.terraform_standin.schemas import Provider, Schema
from tests.infra.terraform_standin.wire import field, message, parse

Request = dict[int, Any]
_SERVICE = "tfplugin5.Provider"
_UNLIMITED = [("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1)]


class StandIn:
    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._described = messages.provider(schema)

    def methods(self) -> Mapping[str, Callable[[Request], bytes]]:
        """By their names in the protocol."""
        return {
            "GetSchema": lambda _: self._described,
            "PrepareProviderConfig": lambda request: message({1: request[1]}),
            "Configure": lambda _: b"",
            "Stop": lambda _: b"",
            "GetFunctions": lambda _: b"",
            "ValidateResourceTypeConfig": self._validate,
            "ValidateDataSourceConfig": lambda _: b"",
            "UpgradeResourceState": self._upgrade,
            "ReadResource": lambda request: message({1: request[2]}),
            "PlanResourceChange": self._plan,
            "ApplyResourceChange": self._apply,
            "ReadDataSource": self._look_up,
        }

    def _validate(self, request: Request) -> bytes:
        block = self._block("resource_schemas", request)
        return messages.diagnostics(values.faults(messages.load(request[2]), block))

    def _upgrade(self, request: Request) -> bytes:
        """State is kept as JSON and of the newest version."""
        state = parse(request[3])[1]
        return message({1: field(2, state if isinstance(state, bytes) else b"")})

    def _plan(self, request: Request) -> bytes:
        proposed = messages.load(request[3])
        planned = values.planned(proposed, self._block("resource_schemas", request))
        return message({1: messages.dump(planned), 5: True})

    def _apply(self, request: Request) -> bytes:
        planned = messages.load(request[3])
        block = self._block("resource_schemas", request)
        applied = values.applied(planned, block, request[1].decode())
        return message({1: messages.dump(applied), 4: True})

    def _look_up(self, request: Request) -> bytes:
        asked = messages.load(request[2])
        block = self._block("data_source_schemas", request)
        found = values.looked_up(asked, block, request[1].decode())
        return message({1: messages.dump(found)})

    def _block(self, kind: str, request: Request) -> Any:
        return self._schema[kind][request[1].decode()]["block"]


@contextmanager
def serve(schemas: Mapping[Provider, Schema]) -> Iterator[dict[str, str]]:
    """The variable by which Terraform finds the providers: none is then installed or locked."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        addresses = {}
        for provider, schema in schemas.items():
            socket = Path(folder) / f"{provider.name}.sock"
            servers.enter_context(_listening(StandIn(schema), socket))
            addresses[provider.source] = _address(socket)
        yield {"TF_REATTACH_PROVIDERS": json.dumps(addresses)}


@contextmanager
def _listening(stand_in: StandIn, socket: Path) -> Iterator[None]:
    server = grpc.server(ThreadPoolExecutor(8), options=_UNLIMITED)
    handlers = {name: _handler(method) for name, method in stand_in.methods().items()}
    server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(_SERVICE, handlers),))
    server.add_insecure_port(f"unix:{socket}")
    server.start()
    try:
        yield
    finally:
        server.stop(0).wait()


def _handler(method: Callable[[Request], bytes]) -> grpc.RpcMethodHandler:
    return grpc.unary_unary_rpc_method_handler(lambda data, _: method(parse(data)))


def _address(socket: Path) -> dict[str, Any]:
    network = {"Network": "unix", "String": str(socket)}
    return {
        "Protocol": "grpc",
        "ProtocolVersion": 5,
        "Pid": os.getpid(),
        "Test": True,
        "Addr": network,
    }
