"""Reads the TypeScript that was generated from one resource's schema back into that schema.

The form is that of `terraform providers schema -json`. Not in the source, so not known: which
values are sensitive, and how many blocks there may be beyond "at most one".
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]
Type = Any  # "string", ["list", "string"], ["object", {…}] …

_CLASS = re.compile(r"^export class (\w+) extends cdk\w+\.(\w+)", re.MULTILINE)
_TO_HCL = re.compile(r"^export function (\w+)ToHclTerraform\(", re.MULTILINE)
_SHAPE = re.compile(
    r'^ {4,6}(\S+): \{\n\s+value: .*\n\s+isBlock: (true|false),\n\s+type: "(\w+)",', re.MULTILINE
)
_INTERFACE = re.compile(r"^export interface (\w+)[^{]*\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_PROPERTY = re.compile(r"/\*\*(.*?)\*/\s+readonly (\w+)(\?)?: ([^;]+);", re.DOTALL)
_TERRAFORM_NAME = re.compile(r"#(\w+) \w+#\1\}")
_ATTRIBUTE = re.compile(
    r"^  // (\S+) - computed: (true|false), optional: (true|false), required: (true|false)\n",
    re.MULTILINE,
)
_NESTED = re.compile(
    r'new (?:\w+\.)?(\w+?)(List|OutputReference|Map)\(this, "(\w+)"(?:, (true|false))?\)'
)
_PRIVATE_TYPE = re.compile(r"  private _\w+\?: (.*);")
_BOILERPLATE = ("Docs at Terraform Registry", "Please be aware that the id", "Note: The above")

# What a getter calls, and what a private field is declared as, tell the type.
_BY_GETTER: tuple[tuple[str, Type], ...] = (
    ("getStringMapAttribute", ["map", "string"]),
    ("getNumberListAttribute", ["list", "number"]),
    ("getStringAttribute", "string"),
    ("getNumberAttribute", "number"),
    ("getBooleanAttribute", "bool"),
    ("getListAttribute", ["list", "string"]),
)
_BY_DECLARATION: Mapping[str, Type] = {
    "string": "string",
    "number": "number",
    "boolean": "bool",
    "boolean | cdktn.IResolvable": "bool",
    "boolean | cdktf.IResolvable": "bool",
    "string[]": ["list", "string"],
    "{ [key: string]: string }": ["map", "string"],
}
_MAPS = {"String": "string", "Number": "number", "Boolean": "bool", "Any": "dynamic"}
_SIMPLE_MAPS = frozenset(f"{name}Map" for name in _MAPS)


@dataclass(frozen=True, slots=True)
class _Attribute:
    """One argument as a class declares it; `code` is what stands between it and the next."""

    name: str
    computed: bool
    optional: bool
    required: bool
    code: str

    @property
    def first_line(self) -> str:
        return self.code.split("\n", 1)[0]

    @property
    def getter(self) -> str:
        return self.code.split("}")[0]


@dataclass(slots=True)
class Module:
    """The classes of one resource or data source, and how HCL writes their arguments."""

    classes: dict[str, tuple[str, str]] = field(default_factory=dict)
    shapes: dict[str, dict[str, tuple[bool, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    declared: dict[str, list[tuple[str, bool, str]]] = field(default_factory=dict)

    @classmethod
    def of(cls, source: str) -> "Module":
        module = cls()
        module._read_classes(source)
        module._read_interfaces(source)
        return module

    @property
    def root(self) -> tuple[str, str]:
        """The class of the resource itself, and what kind of thing it is."""
        return next((n, k) for n, (k, _) in self.classes.items() if k.startswith("Terraform"))

    def block(self, class_: str, interface: str) -> Block:
        attributes: dict[str, Any] = {}
        blocks: dict[str, Any] = {}
        for each in _attributes(self.classes[class_][1]):
            nested = self._nested(each, class_)
            if nested and "block" in nested:
                blocks[each.name] = nested
            else:
                type_ = nested["type"] if nested else _type_of(each)
                attributes[each.name] = _attribute(
                    each, type_, self.texts.get((interface, each.name))
                )
        return {"attributes": attributes, **({"block_types": blocks} if blocks else {})}

    def _nested(self, each: _Attribute, class_: str) -> dict[str, Any] | None:
        """A block, or an attribute that is an object; None: of a plain type."""
        found = _NESTED.search(each.first_line)
        if found is None or found[2] == "Map" or found[1] in _SIMPLE_MAPS:
            return self._settings_of_provider(each) if found is None else None
        struct, kind, is_set = found[1], found[2], found[4] == "true"
        inner = self.block(struct + "OutputReference", struct)
        mode = "set" if is_set else "list"
        is_block, shape = self.shapes.get(class_, {}).get(each.name, (False, mode))
        if not is_block:
            return {"type": [mode, _object(inner)]}
        if shape == "struct":
            return {"nesting_mode": "single", "block": inner}
        least = {"min_items": 1} if each.required else {}
        most = {"max_items": 1} if kind == "OutputReference" else {}
        return {"nesting_mode": shape, "block": inner, **least, **most}

    def _settings_of_provider(self, each: _Attribute) -> dict[str, Any] | None:
        """Blocks of the provider itself have no class: their interface alone describes them."""
        declared = _PRIVATE_TYPE.match(each.first_line)
        listed = declared and re.match(r"(\w+)\[\] \|", declared[1])
        if not listed or listed[1] not in self.declared:
            return None
        attributes = {
            name: {"type": _BY_DECLARATION.get(type_, "bool"), _wanted(required): True}
            for name, required, type_ in self.declared[listed[1]]
        }
        return {"nesting_mode": "list", "max_items": 1, "block": {"attributes": attributes}}

    def _read_classes(self, source: str) -> None:
        starts = [*_CLASS.finditer(source), *_TO_HCL.finditer(source)]
        starts.sort(key=re.Match.start)
        ends = [match.start() for match in starts[1:]] + [len(source)]
        for match, end in zip(starts, ends, strict=True):
            body = source[match.start() : end]
            if match.re is _CLASS:
                self.classes[match[1]] = (match[2], body)
                owner = match[1]
            else:
                owner = match[1][0].upper() + match[1][1:] + "OutputReference"
            shapes = {found[1]: (found[2] == "true", found[3]) for found in _SHAPE.finditer(body)}
            self.shapes.setdefault(owner, {}).update(shapes)

    def _read_interfaces(self, source: str) -> None:
        for interface in _INTERFACE.finditer(source):
            for text, _, optional, type_ in _PROPERTY.findall(interface[2]):
                named = _TERRAFORM_NAME.search(text)
                if named:
                    self.texts[interface[1], named[1]] = _told(text)
                    entry = (named[1], not optional, type_)
                    self.declared.setdefault(interface[1], []).append(entry)


def _attributes(body: str) -> Iterator[_Attribute]:
    marks = list(_ATTRIBUTE.finditer(body))
    ends = [mark.start() for mark in marks[1:]] + [len(body)]
    for mark, end in zip(marks, ends, strict=False):
        computed, optional, required = (word == "true" for word in mark.groups()[1:])
        yield _Attribute(mark[1], computed, optional, required, body[mark.end() : end])


def _attribute(each: _Attribute, type_: Type, text: str | None) -> dict[str, Any]:
    told = {"computed": each.computed, "optional": each.optional, "required": each.required}
    return {
        "type": type_,
        **({"description": text} if text else {}),
        **{name: True for name, holds in told.items() if holds},
        **({"write_only": True} if "@deprecated Write-only" in each.code else {}),
    }


def _type_of(each: _Attribute) -> Type:
    map_ = _NESTED.search(each.first_line)
    if map_:
        element = _MAPS[map_[1].removesuffix("Map") or "String"]
        mode = "set" if map_[4] == "true" else "list"
        return ["map", element] if map_[2] == "Map" else [mode, ["map", element]]
    type_ = _by_getter(each) or _by_declaration(each)
    if isinstance(type_, list) and "Fn.tolist(" in each.getter:
        return ["set", type_[1]]
    return type_


def _by_getter(each: _Attribute) -> Type | None:
    if "return this._" in each.getter:
        return None
    return next((type_ for call, type_ in _BY_GETTER if call in each.code), None)


def _by_declaration(each: _Attribute) -> Type:
    declared = _PRIVATE_TYPE.match(each.first_line)
    if declared is None or declared[1] not in _BY_DECLARATION:
        raise LookupError(f"{each.name}: no known type in {each.first_line!r}")
    return _BY_DECLARATION[declared[1]]


def _object(block: Block) -> Type:
    return ["object", {name: each["type"] for name, each in block["attributes"].items()}]


def _wanted(required: bool) -> str:  # noqa: FBT001 - the word for it
    return "required" if required else "optional"


def _told(comment: str) -> str:
    lines: list[str] = []
    for line in comment.splitlines():
        text = re.sub(r"^\s*\* ?", "", line).rstrip()
        if text.startswith(_BOILERPLATE):
            break
        lines.append(text)
    return "\n".join(lines).strip()
