"""Who may edit the directory, what an edit is made upon, and what is recorded of it."""

from dataclasses import replace
from datetime import date

import pytest

from shared.domain.directory import Deputy, Officer
from shared.domain.people import Amendment, account_mark, version_of
from shared.domain.refusals import NotAllowed, UnableTo
from shared.domain.scene import Person
from shared.domain.statuses import Role
from shared.usecases.failures import NoSuchEntry, StillChanging
from shared.usecases.looks import leads
from shared.usecases.people import Office, add_officer, amend_agency, change_officer
from shared.usecases.releasing import release_account
from tests.domain.builders import ADMIN, COORDINATOR, NOW, RULES, officer_of, stamp
from tests.fakes.memory_people import MemoryPeople

WAYAN = Officer("wayan", "wayan@x.example", "Wayan", frozenset({Role.VERIFIER}))
GEDE = Officer("gede", "gede@x.example", "Gede", frozenset({Role.ADMIN}))
TODAY = RULES.today(NOW)


class Contended(MemoryPeople):
    """Somebody else is faster at every change."""

    def change(self, before: Officer, _after: Officer, _edit: object) -> bool:
        self.known[before.id] = replace(self.known[before.id], subject=f"iss|{len(self.log)}")
        return False


def office(people: MemoryPeople, by: Person = ADMIN, number: int = 1) -> Office:
    return Office(by, RULES, stamp(number), people)


def test_an_edit_says_what_was_before_and_after() -> None:
    people = MemoryPeople(WAYAN)

    change_officer("wayan", replace(WAYAN, name="I Wayan"), version_of(WAYAN), office(people))

    (edit,) = people.log.values()
    assert (edit.by, edit.subject) == ("gede", "officers/wayan")
    assert edit.changes == {"name": ("Wayan", "I Wayan")}


def test_a_first_sign_in_makes_no_edit_stale() -> None:
    """And the edit does not undo it."""
    people = MemoryPeople(replace(WAYAN, subject="iss|sub"))

    after = change_officer("wayan", replace(WAYAN, name="I"), version_of(WAYAN), office(people))

    assert (after.name, after.subject) == ("I", "iss|sub")


def test_what_changes_all_the_time_is_given_up() -> None:
    people = Contended(WAYAN)

    with pytest.raises(StillChanging):
        change_officer("wayan", replace(WAYAN, name="I"), version_of(WAYAN), office(people))


def test_an_address_and_an_account_are_never_edited() -> None:
    people = MemoryPeople(WAYAN)
    wanted = replace(WAYAN, name="I", email="lain@x.example", subject="iss|other")

    after = change_officer("wayan", wanted, version_of(WAYAN), office(people))

    assert (after.email, after.subject) == (WAYAN.email, None)


def test_somebody_new_is_never_bound_to_an_account_by_hand() -> None:
    """The id is made of the address, whatever was asked for."""
    people = MemoryPeople()

    first = add_officer(replace(WAYAN, id=""), office(people))
    again = add_officer(replace(WAYAN, id="x", email="WAYAN@x.example "), office(people, number=2))

    assert first.id == again.id
    assert len(people.log) == 1


def test_only_an_admin_edits() -> None:
    people = MemoryPeople(WAYAN, GEDE)
    by = office(people, COORDINATOR)
    amendment = Amendment("dlhk", {"email": "a@b.example"}, paper=False)

    with pytest.raises(NotAllowed):
        add_officer(replace(WAYAN, email="x@x.example"), by)
    with pytest.raises(NotAllowed):
        change_officer("wayan", WAYAN, version_of(WAYAN), by)
    with pytest.raises(NotAllowed):
        amend_agency(amendment, "0" * 16, by)


def test_an_admin_stays_one() -> None:
    people = MemoryPeople(GEDE)

    with pytest.raises(UnableTo, match="not-yourself"):
        change_officer("gede", replace(GEDE, until=TODAY), version_of(GEDE), office(people))


@pytest.mark.parametrize(
    ("since", "until", "is_in"),
    [
        (date(2026, 11, 2), date(2026, 11, 2), True),
        (date(2026, 11, 1), date(2026, 11, 3), True),
        (date(2026, 11, 3), date(2026, 11, 4), False),
        (date(2026, 10, 1), date(2026, 11, 1), False),
    ],
)
def test_a_deputy_leads_on_the_days_of_the_absence(
    since: date, until: date, *, is_in: bool
) -> None:
    """From the first to the last of them."""
    roles = frozenset({Role.AGENCY})
    away = Deputy("putu@dlhk", since, until)
    head = Officer("kepala", "k@x.example", "Kepala", roles, "dlhk", head=True, deputy=away)

    assert leads(officer_of("dlhk"), MemoryPeople(head), date(2026, 11, 2)) is is_in


BOUND = replace(WAYAN, subject="iss|wrong")
MARK = account_mark(BOUND) or ""


def test_only_the_account_that_was_seen_is_released() -> None:
    """Sent twice, with the right person signing in between: theirs stays."""
    people = MemoryPeople(BOUND)

    release_account("wayan", MARK, "Akun pribadi.", office(people))
    release_account("wayan", MARK, "Akun pribadi.", office(people, number=2))
    people.bind(people.known["wayan"], "iss|right")
    with pytest.raises(UnableTo):
        release_account("wayan", MARK, "Akun pribadi.", office(people, number=3))

    (edit,) = people.log.values()
    assert edit.changes == {"account": (True, False), "reason": (None, "Akun pribadi.")}
    assert people.known["wayan"].subject == "iss|right"


def test_only_admins_release_an_account() -> None:
    with pytest.raises(NotAllowed):
        release_account("wayan", MARK, "x", office(MemoryPeople(BOUND), by=COORDINATOR))


def test_an_account_that_changes_all_the_time_is_not_released() -> None:
    class AlwaysFaster(MemoryPeople):
        def change(self, _before: Officer, _after: Officer, _edit: object) -> bool:
            return False

    with pytest.raises(StillChanging):
        release_account("wayan", MARK, "x", office(AlwaysFaster(BOUND)))
    with pytest.raises(NoSuchEntry):
        release_account("nobody", MARK, "x", office(MemoryPeople(BOUND)))
