"""The files of every region as plain values, read more strictly than by those who use them."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import jsonschema
import pytest
import yaml

from infra.region_file import INFRA, names

every_region = pytest.mark.parametrize("name", names())

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_SafeLoader):  # type: ignore[misc]
    """YAML keeps the last of two equal keys without a word; here the second one is an error."""

    def construct_mapping(
        self,
        node: yaml.MappingNode,
        deep: bool = False,  # noqa: FBT001, FBT002  (PyYAML's own)
    ) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if again := twice(keys):
            raise ValueError(f"written twice: {again} in {node.start_mark}")
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


@cache
def read(path: str) -> Any:
    """As JSON has it: dates as ISO text, and no key that is not text."""
    text = (INFRA / path).read_text(encoding="utf-8")
    return _plain(yaml.load(text, Loader=_StrictLoader))  # noqa: S506  (a safe loader)


def region(name: str) -> Any:
    return read(f"regions/{name}.yaml")


@cache
def category_ids() -> tuple[str, ...]:
    return tuple(category["id"] for category in read("categories.yaml")["categories"])


def twice(values: Iterable[Any]) -> list[Any]:
    return [value for value, count in Counter(values).items() if count > 1]


def validate(document: Any, schema: str) -> None:
    rules = json.loads((INFRA / "schema" / schema).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    faults = [
        f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}"
        for fault in jsonschema.Draft202012Validator(rules).iter_errors(document)
    ]
    assert not faults, faults[:5]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value), f"a key is not text: {list(value)}"
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
