"""An officer's record bound to a wrong account is let go; the next sign-in binds it anew."""

from dataclasses import replace

from shared.domain.directory import Officer
from shared.domain.people import account_mark, changes_of_release, check_admin
from shared.domain.refusals import require
from shared.usecases.failures import NoSuchEntry, StillChanging
from shared.usecases.people import Office

_TRIES = 3


def release_account(id_: str, mark: str, reason: str, office: Office) -> Officer:
    """Only the account of this mark: one that was bound meanwhile stays. Whoever is signed in
    with it is out at once. Raises NoSuchEntry, UnableTo and StillChanging."""
    check_admin(office.person)
    for _ in range(_TRIES):
        before = office.people.by_id(id_)
        if before is None:
            raise NoSuchEntry
        if before.subject is None:
            return before
        require(mark == account_mark(before), "stale-record")
        after = replace(before, subject=None)
        edit = replace(
            office.edit(f"officers/{id_}", before, after), changes=changes_of_release(reason)
        )
        if office.people.change(before, after, edit):
            return after
    raise StillChanging
