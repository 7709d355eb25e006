"""Files are removed: what is known of them first, then every copy and size.

So no list shows what is no longer there. It goes by names, and not by what was known: ended
halfway it may be done again. An upload that ends afterwards belongs to no entry, and so is removed
where it is processed; copies that nobody came back for are found by the sweep.
"""

from functools import partial

from shared.domain.attachment import erased, incoming_name, kept_prefix
from shared.domain.directory import Directory
from shared.domain.report import Report
from shared.domain.scene import Person
from shared.domain.taking_back import taken_back
from shared.domain.workflow import check_attaches
from shared.usecases.file_ports import Bucket, Shelves
from shared.usecases.shelving import reshelve


def erase_files(code: str, *, shelves: Shelves, bucket: Bucket) -> int:
    """All of a report; how many were known."""
    known = len(shelves.of(code).files)
    reshelve(shelves, code, erased)
    bucket.remove(incoming_name(code, ""))
    bucket.remove(kept_prefix(code))
    return known


def take_back(
    report: Report,
    id_: str,
    person: Person,
    directory: Directory,
    *,
    shelves: Shelves,
    bucket: Bucket,
) -> None:
    """One of their own; again: nothing more. Raises NotAllowed, and UnableTo for a named one.

    What still comes in stays out of reach of whoever invites; it is removed where it is processed.
    """
    check_attaches(report, person, directory)
    reshelve(shelves, report.code, partial(taken_back, id_=id_, person=person))
    bucket.remove(kept_prefix(report.code, id_))
