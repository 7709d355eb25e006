"""People's files as an operator reaches them: all that lies below kept/, and what nobody shows."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from infra.region_file import RegionFault
from shared.adapters.bucket import bounded, reaching_the_bucket
from shared.domain.attachment import SIZES, Attachment, FileState, public_leaf
from shared.domain.file_visibility import WHOLE_FILE
from shared.usecases.file_ports import Shelves

_BUCKET = "attachments"
# Of kept/CODE/ID/LEAF.
_STEPS = 4
# What is newer may be in the middle of being processed.
_SETTLED = timedelta(days=1)


class Kept(NamedTuple):
    """`at`: since when; `generation`: another one is another content under the same name."""

    name: str
    at: datetime
    generation: int

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
            yield Kept(blob.name, blob.time_created, blob.generation)


def removed(there: Any, kept: Kept) -> bool:
    """Just that; False: gone already, or written anew since it was looked at. Raises StoreAway."""
    from google.api_core.exceptions import NotFound, PreconditionFailed  # noqa: PLC0415

    try:
        with reaching_the_bucket():
            there.blob(kept.name).delete(if_generation_match=kept.generation, **bounded())
    except (NotFound, PreconditionFailed):
        return False
    return True


def orphans(objects: Iterable[Kept], shelves: Shelves, now: datetime) -> Iterator[Kept]:
    """What belongs to no file that is ready, or to a public copy with too few covers.

    `objects` in the order of their names: one look at each report's shelf.
    """
    settled = (each for each in objects if now - each.at >= _SETTLED)
    for code, of_report in groupby(settled, key=lambda each: each.steps[1]):
        # A folder that somebody made by hand is an object of its own, and may be no report's.
        files = {file.id: file for file in shelves.of(code).files} if code else {}
        for each in of_report:
            if not _is_shown(each.steps, files):
                yield each


def _is_shown(steps: list[str], files: dict[str, Attachment]) -> bool:
    if len(steps) != _STEPS or (file := files.get(steps[2])) is None:
        return False
    return file.state is FileState.READY and steps[3] in _leaves(file)


def _leaves(file: Attachment) -> set[str]:
    if not file.is_picture:
        return {WHOLE_FILE}
    return {*SIZES, *(public_leaf(size, file.covered) for size in SIZES)}
