"""A directory that fits an export: its agencies, topics and places, on what contoh has besides."""

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from emulator.replay import naming, places, responsibility
from emulator.replay.rows import Row
from infra.region_file import INFRA

MODEL = "contoh"
_LONGEST_AGENCY_ID = 60
_LONGEST_CATEGORY_ID = 80
_KINDS = {
    "dinas": "dinas",
    "badan": "badan",
    "biro": "biro",
    "bagian": "bagian",
    "sekretariat": "sekretariat",
    "inspektorat": "inspektorat",
    "satuan polisi": "satpolpp",
    "rsud": "rs",
    "rumah sakit": "rs",
    "kecamatan": "kecamatan",
    "kelurahan": "kelurahan",
}
_HEADS = {"kecamatan": "Camat", "kelurahan": "Lurah", "rs": "Direktur", "inspektorat": "Inspektur"}
# A category needs five things people write; a topic is often one word.
_SAID_WITH = ("aduan", "soal", "masalah", "keluhan", "laporan")


@dataclass(frozen=True, slots=True)
class Fitting:
    """What stands in infra/regions/<region>.yaml and in infra/categories.yaml."""

    region: Mapping[str, Any]
    categories: Sequence[Mapping[str, Any]]


def write(fitting: Fitting, infra: Path) -> None:
    """A folder like infra. JSON is YAML too."""
    shutil.copytree(INFRA / "schema", infra / "schema")
    shutil.copy(INFRA / "policy.yaml", infra)
    (infra / "regions").mkdir()
    _write(infra / "regions" / f"{MODEL}.yaml", fitting.region)
    _write(infra / "categories.yaml", {"categories": fitting.categories})


def built(rows: Sequence[Row]) -> Fitting | None:
    """None: the export does not say who answered what, and contoh as it is will do."""
    areas = {places.CODE: "Kota Contoh", **places.areas(rows)}
    duties = responsibility.duties(rows, places.known(areas))
    if not duties:
        return None
    model = yaml.safe_load((INFRA / "regions" / f"{MODEL}.yaml").read_text(encoding="utf-8"))
    agencies = naming.ids(sorted({row.agency for row in rows} - {""}), _LONGEST_AGENCY_ID)
    topics = naming.ids(sorted({row.topic for row in rows} - {""}), _LONGEST_CATEGORY_ID)
    region = {
        **model,
        "agencies": _agencies(agencies, _handlers(model)),
        "rules": _rules(duties, agencies, topics),
        "areas": areas,
    }
    return Fitting(region, [_category(name, id_) for name, id_ in topics.items()])


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def _handlers(model: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [each for each in model["agencies"] if each["id"] in model["handlers"]]


def _agencies(ids: Mapping[str, str], handlers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Who looks into officials' conduct is contoh's own, unless the export has it too."""
    more = [each for each in handlers if each["id"] not in ids.values()]
    short = naming.short_names([*(each["short_name"] for each in more), *ids])
    return [*more, *(_agency(name, id_, short[name]) for name, id_ in ids.items())]


def _agency(name: str, id_: str, short_name: str) -> dict[str, Any]:
    lower = name.lower()
    kind = next((kind for start, kind in _KINDS.items() if lower.startswith(start)), "kantor")
    return {
        "id": id_,
        "name": name if len(name) > 2 else f"Kantor {name}",  # noqa: PLR2004
        "short_name": short_name,
        "kind": kind,
        "head": f"{_HEADS.get(kind, 'Kepala')} {name}",
        "contact": {"email": f"{id_}@contoh.example"},
        "unconfirmed": True,
        "succeeded_by": None,
    }


def _category(name: str, id_: str) -> dict[str, Any]:
    word = id_.partition("-")[0]
    keywords = [f"{before} {word}" for before in _SAID_WITH if before != word]
    return {"id": id_, "name": name, "name_en": name, "keywords": [word, *keywords]}


def _rules(
    duties: Iterable[responsibility.Duty], agencies: Mapping[str, str], topics: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "rule": number,
            "category": topics[duty.topic],
            "area": duty.area,
            "agency": agencies[duty.agency],
        }
        for number, duty in enumerate(duties, 1)
    ]
