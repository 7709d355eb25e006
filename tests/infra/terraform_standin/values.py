"""What a cloud would decide by itself, and what it would refuse."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.infra.terraform_standin.messages import UNKNOWN, Fault, Path
from tests.infra.terraform_standin.typescript import Block, Type

_POSSIBLE = re.compile(r"Possible values: (\[[^\]]*\])")
_EMPTY: dict[str, Any] = {"number": 0, "bool": False, "map": {}}
_NAMES = ("name", "account_id", "bucket_id", "display_name")

# (name, attribute, value now) → value
Become = Callable[[str, dict[str, Any], Any], Any]


def planned(value: Any, block: Block) -> Any:
    """Known after apply: whatever the cloud decides and has not yet."""
    return _filled(value, block, lambda _, each, now: UNKNOWN if _open(each, now) else now)


def applied(value: Any, block: Block, kind: str) -> Any:
    label = _label(kind, value)
    return _filled(
        value, block, lambda name, each, now: _made_up(each, label, name) if now == UNKNOWN else now
    )


def looked_up(value: Any, block: Block, kind: str) -> Any:
    label = _label(kind, value)
    return _filled(
        value,
        block,
        lambda name, each, now: _made_up(each, label, name) if _open(each, now) else now,
    )


def _label(kind: str, value: Any) -> str:
    """Made-up text says whose it is, so that one sees where it went."""
    given = (value.get(key) for key in _NAMES) if isinstance(value, dict) else ()
    return f"{kind}/{next((name for name in given if isinstance(name, str)), '')}"


def _made_up(each: dict[str, Any], label: str, name: str) -> Any:
    return _of_type(each["type"], f"{label}/{name}")


def _of_type(type_: Type, text: str) -> Any:
    if type_ == "string":
        return text
    kind = type_ if isinstance(type_, str) else type_[0]
    if kind in ("list", "set") and type_[1][0] == "object":
        return [{name: _of_type(each, f"{text}/{name}") for name, each in type_[1][1].items()}]
    return _EMPTY.get(kind, [])


def faults(value: Any, block: Block, path: Path = ()) -> Iterator[Fault]:
    """A value for what the cloud decides; one outside the list that its description gives."""
    if not isinstance(value, dict):
        return
    for name, each in block["attributes"].items():
        yield from _faults_of(name, each, value.get(name), path)
    for name, nested in block.get("block_types", {}).items():
        for step, inner in _steps(value.get(name), nested["nesting_mode"]):
            yield from faults(inner, nested["block"], (*path, name, *step))


def _faults_of(name: str, each: dict[str, Any], value: Any, path: Path) -> Iterator[Fault]:
    if value is not None and not (each.get("optional") or each.get("required")):
        yield Fault((*path, name), f"{name} is decided by the cloud: it can't be set")
    listed = _POSSIBLE.search(each.get("description", ""))
    if listed and isinstance(value, str) and value and value not in json.loads(listed[1]):
        yield Fault((*path, name), f"expected {name} to be one of {listed[1]}, got {value}")


def _filled(value: Any, block: Block, become: Become) -> Any:
    if not isinstance(value, dict):
        return value
    attributes = {
        name: become(name, each, value.get(name)) for name, each in block["attributes"].items()
    }
    blocks = {
        name: _mapped(value.get(name), each["nesting_mode"], each["block"], become)
        for name, each in block.get("block_types", {}).items()
    }
    return value | attributes | blocks


def _mapped(value: Any, mode: str, block: Block, become: Become) -> Any:
    if mode in ("single", "group") or not value:
        return _filled(value, block, become)
    if mode == "map":
        return {key: _filled(each, block, become) for key, each in value.items()}
    return [_filled(each, block, become) for each in value]


def _steps(value: Any, mode: str) -> Iterator[tuple[Path, Any]]:
    """An entry of a set has no address."""
    if isinstance(value, list):
        yield from (((at,) if mode == "list" else (), each) for at, each in enumerate(value))
    elif isinstance(value, dict):
        yield from [((), value)] if mode != "map" else (((key,), v) for key, v in value.items())


def _open(each: dict[str, Any], now: Any) -> bool:
    """The cloud decides it and nobody has."""
    return bool(each.get("computed")) and now is None
