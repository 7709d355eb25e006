"""Messages of Terraform's plugin protocol, version 5 (tfplugin5.proto); numbers are its fields."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgpack  # type: ignore[import-untyped]

from tests.infra.terraform_standin.schemas import Schema
from tests.infra.terraform_standin.typescript import Block
from tests.infra.terraform_standin.wire import field, message, parse, varint

# How msgpack writes a value that is known after apply.
UNKNOWN = msgpack.ExtType(0, b"\0")
_NESTING = {"single": 1, "list": 2, "set": 3, "map": 4, "group": 5}
_ERROR = 1

Path = tuple[str | int, ...]


class Fault(NamedTuple):
    path: Path
    sentence: str


def provider(schema: Schema) -> bytes:
    return message(
        {
            1: _schema(schema["provider"]),
            2: _named(schema["resource_schemas"]),
            3: _named(schema["data_source_schemas"]),
            8: _named(schema["ephemeral_resource_schemas"]),
        }
    )


def load(dynamic: bytes) -> Any:
    """A value, from JSON or msgpack."""
    parts = parse(dynamic)
    if 2 in parts:
        return json.loads(parts[2])  # type: ignore[arg-type]
    return msgpack.unpackb(parts[1], strict_map_key=False) if 1 in parts else None


def dump(value: Any) -> bytes:
    return field(1, msgpack.packb(value))


def diagnostics(faults: Iterable[Fault]) -> bytes:
    return field(1, [message({1: _ERROR, 2: f.sentence, 4: _path(f.path)}) for f in faults])


def _path(path: Path) -> bytes:
    """An index that is 0 must be there all the same."""
    steps = [field(1, p) if isinstance(p, str) else varint(3 << 3) + varint(p) for p in path]
    return field(1, steps)


def _named(schemas: dict[str, Schema]) -> list[bytes]:
    return [message({1: name, 2: _schema(each)}) for name, each in schemas.items()]


def _schema(schema: Schema) -> bytes:
    return message({1: schema["version"], 2: _block(schema["block"])})


def _block(block: Block) -> bytes:
    blocks = block.get("block_types", {}).items()
    return field(2, [_attribute(name, each) for name, each in block["attributes"].items()]) + field(
        3, [_nested(name, each) for name, each in blocks]
    )


def _attribute(name: str, each: dict[str, Any]) -> bytes:
    return message(
        {
            1: name,
            2: json.dumps(each["type"]),
            3: each.get("description", ""),
            4: each.get("required", False),
            5: each.get("optional", False),
            6: each.get("computed", False),
            10: each.get("write_only", False),
        }
    )


def _nested(name: str, each: dict[str, Any]) -> bytes:
    limits = {4: each.get("min_items", 0), 5: each.get("max_items", 0)}
    return message({1: name, 2: _block(each["block"]), 3: _NESTING[each["nesting_mode"]], **limits})
