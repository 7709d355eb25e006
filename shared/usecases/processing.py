"""A file that came in: looked at, cleaned, kept, noted on the shelf; then what came in is removed.

Names follow from the file's id and the shelf says what was done, so that whatever a crash leaves
undone the next delivery does; nothing is shown before the shelf says that all of it is there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from hashlib import sha256

from shared.domain.attachment import (
    IMAGES,
    Attachment,
    FileState,
    Place,
    Shelf,
    Unacceptable,
    incoming_name,
    kept_name,
    kept_prefix,
    processed,
    rejected,
)
from shared.domain.contents.kinds import check_document, type_of, without_place
from shared.domain.file_visibility import WHOLE_FILE
from shared.usecases.file_ports import Bucket, NoSuchObject, Pictures, Seals
from shared.usecases.shelving import reshelve
from shared.usecases.workshop import Workshop

_WEBP = "image/webp"
_Verdict = Callable[[Shelf], Shelf]


@dataclass(frozen=True, slots=True)
class _Cleaned:
    """`copies`: what is kept, all of type `kept_as`; `type`: of what came in."""

    type: str
    kept_as: str
    copies: Mapping[str, bytes] = field(repr=False)
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    place: Place | None = field(default=None, repr=False)


def process(
    code: str,
    id_: str,
    *,
    accepted: frozenset[str],
    now: datetime,
    workshop: Workshop,
    seals: Seals,
) -> Attachment | None:
    """The file as its shelf has it in the end; None: nobody waits for it.

    Raises StoreAway and StillChanging. `accepted`: types that the region takes.
    """
    file = workshop.shelves.of(code).find(id_, now)
    verdict = _verdict(code, file, accepted, workshop, seals) if file else _left_as_it_is
    file = _settled(code, id_, verdict, now, workshop)
    _tidy(code, id_, file, workshop.bucket)
    return file


def _verdict(
    code: str, file: Attachment, accepted: frozenset[str], workshop: Workshop, seals: Seals
) -> _Verdict:
    if file.state is not FileState.PENDING:
        return _left_as_it_is
    try:
        content = _received(code, file, workshop.bucket)
        cleaned = _cleaned(content, accepted, workshop.pictures)
    except Unacceptable as refusal:
        return partial(rejected, id_=file.id, reason=refusal.reason)
    except NoSuchObject:
        return _left_as_it_is
    for leaf, copy in cleaned.copies.items():
        workshop.bucket.save(kept_name(code, file.id, leaf), copy, cleaned.kept_as)
    found = seals.seal(cleaned.place, code=code) if cleaned.place else None
    return partial(processed, id_=file.id, type_=cleaned.type, sizes=cleaned.sizes, found=found)


def _received(code: str, file: Attachment, bucket: Bucket) -> bytes:
    """At most one byte more than was announced.

    What is kept is what was looked at, whatever becomes of the object meanwhile.
    """
    with bucket.open(incoming_name(code, file.id)) as stream:
        content = stream.read(file.size + 1)
    if not content:
        raise Unacceptable("empty")
    if len(content) != file.size or sha256(content).hexdigest() != file.sha256:
        raise Unacceptable("not-as-announced")
    return content


def _cleaned(content: bytes, accepted: frozenset[str], pictures: Pictures) -> _Cleaned:
    type_ = type_of(content)
    if type_ not in accepted:
        raise Unacceptable("type-not-accepted")
    if type_ in IMAGES:
        made = pictures.clean(content)
        return _Cleaned(type_, _WEBP, made.copies, made.dimensions, made.place)
    check_document(content, type_)
    return _Cleaned(type_, type_, {WHOLE_FILE: without_place(content, type_)})


def _settled(
    code: str, id_: str, verdict: _Verdict, now: datetime, workshop: Workshop
) -> Attachment | None:
    """What is gone is dropped first: whoever still works on it learns that from the shelf."""
    return reshelve(
        workshop.shelves, code, lambda shelf: verdict(replace(shelf, files=shelf.present(now)))
    ).find(id_, now)


def _left_as_it_is(shelf: Shelf) -> Shelf:
    return shelf


def _tidy(code: str, id_: str, file: Attachment | None, bucket: Bucket) -> None:
    """What may lie in the bucket follows from what the shelf says."""
    if file and file.state is FileState.PENDING:
        return
    if file is None or file.state is FileState.REJECTED:
        bucket.remove(kept_prefix(code, id_))
    bucket.remove(incoming_name(code, id_))
