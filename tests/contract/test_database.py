"""Which database an operator's command works on, and what is said when it cannot."""

from collections.abc import Callable

import pytest
from google.api_core.exceptions import Forbidden, NotFound, ServiceUnavailable
from google.auth.exceptions import DefaultCredentialsError

from infra import database as places
from infra.database import database, told
from infra.region_file import RegionFault
from shared.adapters import firestore_client
from shared.usecases.ports import StoreAway


class _Silent:
    """A client whose every read ends the same way."""

    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    def document(self, _path: str) -> "_Silent":
        return self

    def get(self, **_: object) -> None:
        raise self._fault


@pytest.fixture
def ending(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    def end(fault: Exception) -> None:
        monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "p")
        monkeypatch.setattr(places, "client", lambda: _Silent(fault))

    return end


def test_a_region_has_the_database_of_its_own_files(
    monkeypatch: pytest.MonkeyPatch, emulators: dict[str, str]
) -> None:
    """Nothing has to be typed beside its name."""
    monkeypatch.delenv("GOOGLE_CLOUD_PROJECT", raising=False)

    client = database("badung")

    assert (client.project, client._database) == ("tanggap-badung", "tanggap-badung")


def test_the_environment_goes_before_the_files(
    monkeypatch: pytest.MonkeyPatch, emulators: dict[str, str]
) -> None:
    """The local cloud, or a database after a restore."""
    firestore_client.client.cache_clear()
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "tanggap-local")
    monkeypatch.setenv("FIRESTORE_DATABASE", "restored")

    client = database("badung")
    firestore_client.client.cache_clear()

    assert (client.project, client._database) == ("tanggap-local", "restored")


def test_without_either_none_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """And contoh, which is never deployed, has none of its own."""
    monkeypatch.delenv("GOOGLE_CLOUD_PROJECT", raising=False)

    with pytest.raises(RegionFault, match="name the region, or set GOOGLE_CLOUD_PROJECT"):
        database()
    with pytest.raises(RegionFault, match=r"infra/regions/contoh\.tfvars"):
        database("contoh")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (NotFound("x"), "there is no database .*; deploy the region first"),
        (Forbidden("x"), "you may not read the database"),
        (DefaultCredentialsError("x"), "not signed in: gcloud auth application-default login"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(
    fault: Exception, words: str, ending: Callable[[Exception], None]
) -> None:
    """Before anything was begun."""
    ending(fault)

    with pytest.raises(RegionFault, match=words):
        database("badung")


def test_a_store_that_is_away_says_so(ending: Callable[[Exception], None]) -> None:
    """An exception without words would print an empty line."""
    ending(ServiceUnavailable("x"))

    with pytest.raises(StoreAway) as away:
        database("badung")
    assert told(away.value) == "the store does not answer; run this again"
    assert told(RegionFault("a sentence")) == "a sentence"
