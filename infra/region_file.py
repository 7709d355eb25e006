"""Reads infra/regions/<region>.yaml, categories.yaml and policy.yaml into values of the domain."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from infra import file_rows, ladder_rows
from infra.yaml_text import values_of
from shared.domain.attachment import FileLimits
from shared.domain.calendar import Unit
from shared.domain.directory import (
    Agency,
    Body,
    Category,
    Directory,
    Named,
    Rule,
    Successor,
    Template,
)
from shared.domain.ladder import Ladder
from shared.domain.policy import Allowance, Policy, PolicyRow

INFRA = Path(__file__).resolve().parent
_SERVICE_POLICY = "kebijakan layanan"


class RegionFault(Exception):
    """One sentence: the file, the key, what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Holiday:
    name: str
    decree: str


@dataclass(frozen=True, slots=True)
class RegionFile:
    """`unchecked`: policy rows that cite a regulation nobody has compared them with."""

    directory: Directory
    policy: Policy
    ladder: Ladder
    files: tuple[FileLimits, ...]
    holidays: Mapping[date, Holiday]
    unchecked: tuple[str, ...] = ()


def names(infra: Path = INFRA) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (infra / "regions").glob("*.yaml")))


def read(region: str, infra: Path = INFRA) -> RegionFile:
    known = names(infra)
    if region not in known:
        raise RegionFault(f"there is no region {region!r}; choose one of: {', '.join(known)}")
    path = f"regions/{region}.yaml"
    written = _document(infra, path, "region.json")
    categories = _document(infra, "categories.yaml", "categories.json")["categories"]
    shared = _document(infra, "policy.yaml", "policy.json")
    directory = _directory(written, categories)
    for fault in _broken_links(directory):
        raise RegionFault(f"infra/{path}: {fault}; name one that exists")
    policy = Policy(tuple(map(_row, shared["rows"])))
    unchecked = tuple(row["id"] for row in shared["rows"] if _is_unchecked(row))
    return RegionFile(
        directory,
        policy,
        _ladder(shared, written),
        _files(shared, written),
        _holidays(written),
        unchecked,
    )


def read_ladder(region: str, policy: Path, infra: Path = INFRA) -> Ladder:
    """The region's, if this file stood in the place of policy.yaml."""
    written = _document(infra, f"regions/{region}.yaml", "region.json")
    return _ladder(_checked(infra, policy, str(policy), "policy.json"), written)


def _document(infra: Path, path: str, schema: str) -> Any:
    return _checked(infra, infra / path, f"infra/{path}", schema)


def _checked(infra: Path, path: Path, name: str, schema: str) -> Any:
    try:
        written = values_of(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise RegionFault(f"{name}: {fault.strerror}; name a file that can be read") from None
    except yaml.YAMLError as fault:
        raise RegionFault(f"{name}: not readable as YAML: {' '.join(str(fault).split())}") from None
    jsonschema = _jsonschema()
    rules = json.loads((infra / "schema" / schema).read_text(encoding="utf-8"))
    plain = json.loads(json.dumps(written, default=str))
    found = jsonschema.Draft202012Validator(rules, registry=_schemas(infra)).iter_errors(plain)
    worst = jsonschema.exceptions.best_match(found)
    if worst is not None:
        key = "/".join(map(str, worst.absolute_path)) or "the file"
        raise RegionFault(f"{name}: {key}: {worst.message}; see infra/schema/{schema}")
    return plain


def _jsonschema() -> Any:
    """Only who reads files pays for it, and nobody for its check of IRIs, which no schema asks for:
    where rfc3987_syntax is installed, it builds a grammar for a second.
    """
    # None: as if it were not there.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    import jsonschema  # noqa: PLC0415

    return jsonschema


def _schemas(infra: Path) -> Any:
    """A region's own rungs are written as the shared ones are."""
    import referencing  # noqa: PLC0415 comes with jsonschema

    text = (infra / "schema" / "policy.json").read_text(encoding="utf-8")
    policy = referencing.Resource[Any].from_contents(json.loads(text))
    return referencing.Registry[Any]().with_resource("policy.json", policy)


def _directory(written: Mapping[str, Any], categories: Iterable[Mapping[str, Any]]) -> Directory:
    return Directory(
        region=written["region"],
        name=written["name"],
        name_en=written["name_en"],
        code=written["code"],
        zone=written["zone"],
        auto_route=written["auto_route"],
        training=written.get("training", False),
        agencies={each["id"]: _agency(each) for each in written["agencies"]},
        bodies={each["id"]: Body(**each) for each in written["bodies"]},
        categories={each["id"]: _category(each) for each in categories},
        rules=tuple(Rule(**each) for each in written["rules"]),
        areas=written["areas"],
        handlers=tuple(written["handlers"]),
        causes={each["id"]: Named(**each) for each in written["causes"]},
        origins=tuple(written["origins"]),
        notices=written.get("notices", "allowlist"),
        notice_allowlist=tuple(written.get("notice_allowlist", ())),
        templates=tuple(map(_template, written.get("templates", ()))),
    )


def _agency(written: Mapping[str, Any]) -> Agency:
    heir = written["succeeded_by"]
    successor = heir and Successor(heir["agency"], date.fromisoformat(heir["on"]))
    return Agency(**{**written, "succeeded_by": successor})


def _category(written: Mapping[str, Any]) -> Category:
    return Category(**{**written, "keywords": tuple(written["keywords"])})


def _template(written: Mapping[str, Any]) -> Template:
    return Template(**{**written, "commands": tuple(written["commands"])})


def _row(written: Mapping[str, Any]) -> PolicyRow:
    limits = [written, *([written["and"]] if "and" in written else [])]
    extension = written.get("extension")
    return PolicyRow(
        id=written["id"],
        clock=written["clock"],
        kind=written["kind"],
        allowances=tuple(_allowance(limit) for limit in limits if limit["number"]),
        since=date.fromisoformat(written["from"]),
        basis=written["basis"],
        minimum_left=written.get("minimum_left", 0),
        extension=_allowance(extension) if extension else None,
        extension_basis=extension["basis"] if extension else None,
    )


def _is_unchecked(written: Mapping[str, Any]) -> bool:
    """A row of service policy promises nothing that a law would have to say."""
    return written["basis"] != _SERVICE_POLICY and "checked_on" not in written


def _ladder(shared: Mapping[str, Any], written: Mapping[str, Any]) -> Ladder:
    own = map(ladder_rows.row, written.get("ladder", ()))
    ladder = ladder_rows.merged(map(ladder_rows.row, shared["ladder"]), own)
    for fault in ladder_rows.faults(ladder):
        raise RegionFault(f"the ladder of {written['region']} and policy.yaml: {fault}")
    return ladder


def _files(shared: Mapping[str, Any], written: Mapping[str, Any]) -> tuple[FileLimits, ...]:
    own = map(file_rows.row, written.get("files", ()))
    rows = file_rows.merged(map(file_rows.row, shared["files"]), own)
    for fault in file_rows.faults(rows):
        raise RegionFault(f"the files of {written['region']} and policy.yaml: {fault}")
    return rows


def _allowance(written: Mapping[str, Any]) -> Allowance:
    unit: Unit = written["unit"]
    return Allowance(written["number"], unit)


def _holidays(written: Mapping[str, Any]) -> Mapping[date, Holiday]:
    return {
        date.fromisoformat(each["date"]): Holiday(each["name"], each["decree"])
        for each in written["holidays"]
    }


def _broken_links(directory: Directory) -> Iterator[str]:
    known = {*directory.agencies, None}
    for agency in directory.agencies.values():
        heir = agency.succeeded_by.agency if agency.succeeded_by else None
        if not {agency.parent, heir} <= known:
            yield f"agencies: {agency.id} names an unknown parent or successor"
    for rule in directory.rules:
        if rule.category not in directory.categories or rule.area not in directory.areas:
            yield f"rules: rule {rule.rule} names an unknown category or area"
        if rule.agency not in known or rule.body not in {*directory.bodies, None}:
            yield f"rules: rule {rule.rule} names an unknown agency or body"
    if not set(directory.handlers) <= known:
        yield "handlers: one is not an agency of the file"
