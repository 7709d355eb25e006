"""People's files as an operator reaches them: all that lies below kept/, and what nobody shows."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from infra.region_file import RegionFault
from shared.adapters.bucket import bounded, reaching_the_bucket
from shared.domain.attachment import Attachment, FileState
from shared.usecases.file_ports import Shelves

_BUCKET = "attachments"
# Of kept/CODE/ID/LEAF.
_STEPS = 4
# What is newer may be in the middle of being processed.
_SETTLED = timedelta(days=1)


class Kept(NamedTuple):
    name: str
    at: datetime

    @property
    def steps(self) -> list[str]:
        return self.name.split("/")


def opened(project: str) -> Any:
    """Google's bucket; its name is the project's and the manifest's. Raises RegionFault."""
    from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415 few commands pay for it
    from google.cloud import storage  # noqa: PLC0415

    try:
        return storage.Client(project=project).bucket(f"{project}-{_BUCKET}")
    except GoogleAuthError:
        raise RegionFault("not signed in: gcloud auth application-default login") from None


def kept_objects(there: Any) -> Iterator[Kept]:
    """In the order of their names. Raises StoreAway."""
    with reaching_the_bucket():
        for blob in there.list_blobs(prefix="kept/", **bounded()):
            yield Kept(blob.name, blob.time_created)


def orphans(objects: Iterable[Kept], shelves: Shelves, now: datetime) -> Iterator[Kept]:
    """What belongs to no file that is ready, or to a public copy with too few covers.

    `objects` in the order of their names: one look at each report's shelf.
    """
    settled = (each for each in objects if now - each.at >= _SETTLED)
    for code, of_report in groupby(settled, key=lambda each: each.steps[1]):
        files = {file.id: file for file in shelves.of(code).files}
        for each in of_report:
            if not _is_shown(each.steps, files):
                yield each


def _is_shown(steps: list[str], files: dict[str, Attachment]) -> bool:
    if len(steps) != _STEPS or (file := files.get(steps[2])) is None:
        return False
    covered, _, size = steps[3].partition("-")
    is_current = not size or covered == f"public{file.covered}"
    return file.state is FileState.READY and is_current
