"""Attached files as pages show them: numbered, measured for the page, before beside after.

A file is a line of `file_views`; what it lacks is None here, for templates that are strict.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from shared.domain.attachment import SIZES, FileLimits
from shared.domain.statuses import Role

File = Mapping[str, Any]

MIB = 1 << 20
_PERHAPS = (
    "reason", "message", "name", "agency", "seq", "sizes", "width", "height", "url", "size",
    "place", "covers", "removable",
)  # fmt: skip
_KINDS = {"application/pdf": "document", "video/mp4": "video"}
# As people call them, in the order in which they are said.
_SAID = {
    "image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WebP", "image/heic": "HEIC",
    "application/pdf": "PDF", "video/mp4": "MP4",
}  # fmt: skip
_ENDINGS = {"image/heic": ".heic,.heif"}


def numbered(files: Iterable[File]) -> list[dict[str, Any]]:
    """With `kind` (picture, document, video), `number` among those of its kind and side, and
    `thumbnail`: width and height of the small picture."""
    counts: dict[tuple[str, bool], int] = {}
    shown = []
    for file in files:
        kind = _KINDS.get(file["type"], "picture")
        of_its_like = (kind, file["by"] == Role.REPORTER)
        counts[of_its_like] = counts.get(of_its_like, 0) + 1
        about = {"kind": kind, "number": counts[of_its_like], "thumbnail": _thumbnail(file)}
        shown.append({**dict.fromkeys(_PERHAPS), **file, **about})
    return shown


def beside(files: Collection[File], named: Collection[str]) -> dict[str, Any]:
    """What an answer names of an office's own, and the reporter's first picture before it."""
    pictures = (file for file in files if file["sizes"] and file["by"] == Role.REPORTER)
    after = [file for file in files if file["id"] in named and file["by"] != Role.REPORTER]
    return {"before": next(pictures, None), "after": after}


def said(limits: FileLimits) -> dict[str, Any]:
    """The limits of the region's policy: in words with MiB, and for scripts in bytes."""
    return {
        "files": limits.files,
        "each": limits.each // MIB,
        "together": limits.together // MIB,
        "bytes": limits.each,
        "all_bytes": limits.together,
        "types": [name for type_, name in _SAID.items() if type_ in limits.types],
        "media": ",".join(sorted(limits.types)),
        "accept": ",".join(_ENDINGS.get(type_, type_) for type_ in _SAID if type_ in limits.types),
    }


def _thumbnail(file: File) -> tuple[int, int] | None:
    if "sizes" not in file:
        return None
    width, height = file["width"], file["height"]
    scale = min(1.0, SIZES["small"] / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))
