"""Renewals of lost receipts: compare-and-set, and used up by the commit of the new receipt."""

from datetime import timedelta
from typing import TYPE_CHECKING

from shared.adapters.firestore_renewals import FirestoreRenewals
from shared.domain import commands as c
from shared.domain.notice import Audience, Channel, Notice
from shared.domain.receipts import ReceiptMark
from shared.domain.renewal import Renewal, asked, nothing_asked, tried
from shared.domain.scene import SYSTEM
from shared.usecases.notice_ports import queued
from shared.usecases.ports import Committed
from shared.usecases.receipt_ports import Renewals
from tests.builders import IDENTITY, REPORTER_ON_FILE, a_code, begun, commit_of, then
from tests.contract.conftest import World, everything_in
from tests.domain.builders import NOW

if TYPE_CHECKING:
    from google.cloud.firestore import Client

CODE = a_code()
NEW = ReceiptMark("k1", "cd" * 32)


def a_notice(id_: str = "n1") -> Notice:
    return Notice(
        id=id_,
        kind="one_time_code",
        audience=Audience.REPORTER,
        created_at=NOW,
        next_attempt_at=NOW,
        expires_at=NOW + timedelta(minutes=30),
        code=CODE,
        channel=Channel.SMS,
    )


def there(renewals: Renewals) -> Renewal:
    found = renewals.load(CODE)
    assert found
    return found


def test_what_was_never_asked_is_not_there(world: World) -> None:
    """Nor is what was asked about another report."""
    world.renewals.change(a_code(2), nothing_asked(NOW))

    assert world.renewals.load(CODE) is None


def test_a_renewal_comes_out_as_it_went_in(world: World) -> None:
    """Every field, to the second."""
    renewal = tried(asked(nothing_asked(NOW), "00ff", NOW))

    assert world.renewals.change(CODE, renewal)

    assert there(world.renewals) == renewal


def test_of_two_who_read_the_same_one_writes(world: World) -> None:
    """Both for the first one and for every later one."""
    for _ in range(2):
        seen = world.renewals.load(CODE) or nothing_asked(NOW)
        first, second = (world.renewals.change(CODE, tried(seen)) for _ in range(2))
        assert (first, second) == (True, False)

    assert there(world.renewals).tries == 2


def test_the_notice_is_queued_in_the_same_commit(world: World) -> None:
    """With what tells the sender of it."""
    renewal = asked(nothing_asked(NOW), "00ff", NOW)

    assert world.renewals.ask(CODE, renewal, a_notice())

    assert there(world.renewals) == renewal
    assert next(world.outbox.before(NOW + timedelta(1), 9)) == (queued(a_notice()),)


def test_a_notice_of_a_renewal_that_changed_is_not_queued(world: World) -> None:
    """All or nothing."""
    seen = nothing_asked(NOW)
    world.renewals.change(CODE, tried(seen))

    assert not world.renewals.ask(CODE, asked(seen, "00ff", NOW), a_notice())

    assert there(world.renewals).nonce == ""
    assert list(world.outbox.before(NOW + timedelta(1), 9)) in ([], [()])


def test_a_new_receipt_uses_the_renewal_up(world: World) -> None:
    """The old mark is gone with it; who reported stays sealed as it was."""
    filed = begun()
    world.reports.commit(commit_of(filed, reporter=REPORTER_ON_FILE))
    world.renewals.change(CODE, asked(nothing_asked(NOW), "00ff", NOW))

    renewed = commit_of(then(filed.report, c.Renew(), SYSTEM), receipt=NEW)

    assert world.reports.commit(renewed) is Committed.NOW
    assert world.reports.load_with_receipt(CODE) == (renewed.decisions[0].report, NEW)
    assert world.reports.identity(CODE) == IDENTITY
    assert world.renewals.load(CODE) is None


def test_the_same_commit_again_stands_as_it_was(world: World) -> None:
    """A client that lost the answer sends it once more."""
    filed = begun()
    world.reports.commit(commit_of(filed, reporter=REPORTER_ON_FILE))
    world.renewals.change(CODE, asked(nothing_asked(NOW), "00ff", NOW))
    renewed = commit_of(then(filed.report, c.Renew(), SYSTEM), receipt=NEW)

    assert [world.reports.commit(renewed) for _ in range(2)] == [Committed.NOW] * 2


def test_without_a_renewal_there_is_no_new_receipt(world: World) -> None:
    """Of two with the same one-time code the second finds it used up."""
    filed = begun()
    world.reports.commit(commit_of(filed, reporter=REPORTER_ON_FILE))
    renewed = commit_of(then(filed.report, c.Renew(), SYSTEM), receipt=NEW)

    assert world.reports.commit(renewed) is Committed.CHANGED_MEANWHILE
    assert world.reports.load_with_receipt(CODE) == (filed.report, REPORTER_ON_FILE.receipt)


# What only the real store can show


def test_no_code_and_no_contact_is_kept(store: "Client") -> None:
    """A nonce, an end, a number of tries; the broom sweeps by the end."""
    FirestoreRenewals(store).ask(CODE, asked(nothing_asked(NOW), "00ff", NOW), a_notice())

    found = everything_in(store)

    assert found[f"renewals/{CODE}"] == {
        "nonce": "00ff",
        "expires_at": NOW + timedelta(minutes=30),
        "tries": 0,
    }
    assert found.keys() == {f"renewals/{CODE}", "notices/n1", "outbox/n1"}
