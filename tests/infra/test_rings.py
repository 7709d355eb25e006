"""A ring only grows, a key is known before it is used, and no fault shows a key."""

import json
from base64 import b64encode

import pytest

from infra import rings
from infra.rings import KEY_BYTES, RingFault
from shared.adapters.keyring import parsed

OLD, NEW = b"o" * KEY_BYTES, b"n" * KEY_BYTES
RING = rings.first("k1", OLD)


def test_a_rotation_takes_two_steps() -> None:
    """Between them every instance learns the new key; nothing is made with it yet."""
    ready = rings.prepared(RING, "k2", NEW)
    assert (ready.current, ready.is_prepared) == ("k1", True)

    done = rings.used(ready)
    assert (done.current, done.is_prepared) == ("k2", False)
    assert list(done.secrets) == ["k1", "k2"]


def test_what_is_written_is_what_functions_read() -> None:
    """Both know the form."""
    keys = parsed(rings.written(rings.used(rings.prepared(RING, "k2", NEW))))

    assert keys.secret == NEW
    assert dict(keys.secrets) == {"k1": OLD, "k2": NEW}
    assert rings.read(rings.written(RING)) == RING


def test_a_second_key_of_one_day_has_a_name_of_its_own() -> None:
    """Somebody saw the first one the day it was made."""
    two = rings.used(rings.prepared(RING, rings.name_for(RING, "k1"), NEW))

    assert list(two.secrets) == ["k1", "k1-2"]
    assert rings.name_for(two, "k1") == "k1-3"


def test_an_old_key_is_taken_out_by_its_name() -> None:
    """The others stay as they are; a prepared one that nobody shall use goes the same way."""
    ready = rings.prepared(RING, "k2", NEW)

    assert rings.without(ready, "k2") == RING
    assert list(rings.without(rings.used(ready), "k1").secrets) == ["k2"]


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (lambda: rings.without(RING, "k1"), "k1 is the one in use"),
        (lambda: rings.without(RING, "k2"), "no such key; the ring holds k1"),
        (lambda: rings.used(RING), "k1 is used already"),
        (lambda: rings.prepared(RING, "k1", NEW), "k1 is there already"),
        (lambda: rings.prepared(rings.prepared(RING, "k2", NEW), "k3", NEW), "finish with --use"),
    ],
)
def test_a_step_out_of_turn_is_refused(step: object, words: str) -> None:
    """The sentence says what the ring holds."""
    with pytest.raises(RingFault, match=words):
        step()  # type: ignore[operator]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        json.dumps({"current": "k1", "secrets": {}}),
        json.dumps({"current": "k1", "secrets": {"k1": "short"}}),
        json.dumps({"current": "k2", "secrets": {"k1": b64encode(OLD).decode()}}),
    ],
)
def test_what_is_no_ring_is_said_without_showing_it(text: str) -> None:
    """The text is the secret."""
    with pytest.raises(RingFault, match="not a key ring") as fault:
        rings.read(text)
    assert fault.value.__cause__ is None
    assert not text or text not in str(fault.value)


def test_a_ring_does_not_print_its_keys() -> None:
    """Not into a traceback, either."""
    assert b64encode(OLD).decode() not in repr(RING)
