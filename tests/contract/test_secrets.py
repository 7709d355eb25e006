"""Key rings, sealed identities, and what importing an adapter costs."""

import json
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from shared.adapters.keyring import identity_keys, receipt_keys
from shared.adapters.sealing import Sealed, UnreadableSeal, seal, unseal
from shared.adapters.settings import NotConfigured
from shared.usecases.ports import Identity, Keys
from tests.builders import IDENTITY, KEYS

ADAPTERS = Path(__file__).resolve().parents[2] / "shared" / "adapters"
SECRET = b64encode(b"s" * 32).decode()
RING = {"current": "k1", "secrets": {"k1": SECRET, "k0": SECRET}}


@pytest.fixture(autouse=True)
def _read_anew() -> None:
    for ring in (receipt_keys, identity_keys):
        ring.cache_clear()


def test_a_key_ring_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Receipts and identities have rings of their own."""
    monkeypatch.setenv("RECEIPT_KEYS", json.dumps(RING))

    assert receipt_keys() == Keys("k1", {"k1": b"s" * 32, "k0": b"s" * 32})
    with pytest.raises(NotConfigured, match="IDENTITY_KEYS is not set"):
        identity_keys()


@pytest.mark.parametrize(
    "text",
    [
        f"{SECRET}",
        f'"{SECRET}"',
        f'["{SECRET}"]',
        json.dumps(RING | {"current": "k9"}),
        json.dumps({"current": "k1", "secrets": {"k1": SECRET[:20]}}),
        json.dumps({"current": "k1", "secrets": {"k1": SECRET + "!"}}),
        json.dumps({"current": "k1", "secrets": {"k1": None}}),
        json.dumps({"current": ["k1"], "secrets": {"k1": SECRET}}),
    ],
)
def test_a_broken_key_ring_is_named_but_never_shown(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in the message, and not in what led to it."""
    monkeypatch.setenv("IDENTITY_KEYS", text)

    with pytest.raises(NotConfigured, match=r"^IDENTITY_KEYS is not a key ring") as broken:
        identity_keys()

    assert SECRET[:20] not in repr(broken.value)
    assert broken.value.__suppress_context__


@pytest.mark.parametrize("identity", [IDENTITY, Identity(), Identity(name="Ñ 王")])
def test_a_seal_opens_again(identity: Identity) -> None:
    """With every detail."""
    assert unseal(seal(identity, code="A", keys=KEYS), code="A", keys=KEYS) == identity


def test_a_seal_tells_nothing_twice() -> None:
    """The same person, sealed again, looks different."""
    first, second = (seal(IDENTITY, code="A", keys=KEYS) for _ in range(2))

    assert first.sealed != second.sealed
    assert b"sekar" not in first.sealed.lower()


def test_a_seal_of_an_older_key_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rotation needs no rewriting."""
    sealed = seal(IDENTITY, code="A", keys=replace(KEYS, current="k1"))

    assert sealed.key_id == "k1"
    assert unseal(sealed, code="A", keys=KEYS) == IDENTITY


def test_a_seal_moved_to_another_report_does_not_open() -> None:
    """Whoever can write documents still cannot ask whose report that was."""
    with pytest.raises(UnreadableSeal):
        unseal(seal(IDENTITY, code="A", keys=KEYS), code="B", keys=KEYS)


def test_a_seal_without_its_key_stays_closed() -> None:
    """Destroying a key erases what it sealed."""
    with pytest.raises(UnreadableSeal, match="k0"):
        unseal(Sealed("k0", b"x" * 40), code="A", keys=KEYS)


def test_importing_the_adapters_loads_no_client() -> None:
    """A refused request or a health check never pays for one."""
    modules = [f"shared.adapters.{path.stem}" for path in ADAPTERS.glob("*.py")]
    heavy = {
        "google.cloud.firestore",
        "google.pubsub_v1",
        "grpc",
        "jwt",
        "cryptography",
        "pydantic",
    }
    script = f"import sys, {', '.join(modules)}; print(*({heavy} & sys.modules.keys()))"

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert loaded.stdout.split() == []
