"""Every file of a report is erased: what is known of it first, then every copy and size."""

from shared.domain.attachment import erased, incoming_name, kept_prefix
from shared.usecases.file_ports import Bucket, Shelves
from shared.usecases.shelving import reshelve


def erase_files(code: str, *, shelves: Shelves, bucket: Bucket) -> int:
    """How many were known. Ended halfway it may be done again: it goes by names, not by a list.

    An upload that ends afterwards belongs to no entry, and so is removed where it is processed.
    """
    known = len(shelves.of(code).files)
    reshelve(shelves, code, erased)
    bucket.remove(incoming_name(code, ""))
    bucket.remove(kept_prefix(code))
    return known
