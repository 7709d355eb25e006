"""An operator's laptop stands anywhere; the topics take messages in one place alone."""

from typing import Any

import google.auth
import pytest
from google.auth.credentials import AnonymousCredentials

from infra import pubsub


@pytest.fixture(autouse=True)
def _signed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PUBSUB_EMULATOR_HOST", raising=False)
    signed: Any = AnonymousCredentials()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(google.auth, "default", lambda **_: (signed, "tanggap-badung"))


@pytest.mark.parametrize("place", ["asia-southeast2", "asia-southeast1"])
def test_pubsub_is_reached_where_the_topics_are(place: str) -> None:
    """By way of the nearest place it would refuse."""
    assert pubsub.subscriber(place).api_endpoint == f"{place}-pubsub.googleapis.com:443"


def test_without_a_word_it_is_jakarta() -> None:
    """As infra/variables.tf has it."""
    assert pubsub.subscriber().api_endpoint == "asia-southeast2-pubsub.googleapis.com:443"
