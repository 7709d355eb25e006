"""Keys are turned, identities and places sealed anew: nobody loses anything in between."""

import io
import json
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
import requests

from infra import rings
from infra.commands import keys as command
from infra.commands.keys import reseal_all, ring_names, rotate
from infra.resealing import Outcome, Step, in_use, reseal
from infra.rings import KEY_BYTES, RingFault
from infra.secret_manager import SecretManager
from shared.adapters.commit_documents import identity_of, reporter_document
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.adapters.keyring import parsed
from shared.adapters.place_seals import PlaceSeals
from shared.domain.attachment import Place, SealedPlace, Shelf
from shared.domain.receipts import ReceiptMark
from shared.usecases.ports import Identity, Keys, Reporter
from tests.builders import a_code
from tests.domain.files import a_file

if TYPE_CHECKING:
    from google.cloud.firestore import Client

OLD = Keys("k1", {"k1": b"1" * KEY_BYTES})
BOTH = Keys("k2", {**OLD.secrets, "k2": b"2" * KEY_BYTES})
RING = "identity-keys"


class _Secrets(BaseHTTPRequestHandler):
    """The two calls of Secret Manager's REST interface that are made."""

    def do_GET(self) -> None:
        versions = self._versions(self.path.removesuffix("/versions/latest:access"))
        if self.server.forbidden:  # type: ignore[attr-defined]
            self._answer(403, {})
        elif versions:
            self._answer(200, {"payload": {"data": versions[-1]}})
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name = self.path.removesuffix(":addVersion")
        versions = self._versions(name)
        versions.append(body["payload"]["data"])
        self._answer(200, {"name": f"{name}/versions/{len(versions)}"})

    def _versions(self, name: str) -> list[str]:
        kept: list[str] = self.server.kept.setdefault(name, [])  # type: ignore[attr-defined]
        return kept

    def _answer(self, status: int, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Secrets) as answering:
        answering.kept, answering.forbidden = {}, False  # type: ignore[attr-defined]
        Thread(target=answering.serve_forever, args=(0.05,), daemon=True).start()
        yield answering
        answering.shutdown()


@pytest.fixture
def place(server: ThreadingHTTPServer) -> SecretManager:
    endpoint = f"http://127.0.0.1:{server.server_port}/v1"
    return SecretManager("tanggap-badung", requests.Session(), endpoint)


@pytest.fixture
def operator(place: SecretManager, store: "Client", monkeypatch: pytest.MonkeyPatch) -> None:
    """Signed in, with nobody at the terminal; the region's own database is the test's."""
    monkeypatch.setattr(command, "signed_in", requests.Session)
    monkeypatch.setattr(command, "SecretManager", lambda *_: place)
    monkeypatch.setattr(command, "of_region", lambda *_: store)
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def sealed(store: "Client") -> "Client":
    """Three reporters under the old key, and one whose identity was erased."""
    for number in (1, 2, 3):
        code = a_code(number)
        document = reporter_document(
            Reporter(Identity(f"Wayan {number}"), ReceiptMark("k1", "mac")), code=code, keys=OLD
        )
        store.document("reporters", code).set(document)
    store.document("reporters", a_code(4)).set({"receipt": {"key_id": "k1", "mac": "mac"}})
    return store


@pytest.fixture
def places(store: "Client") -> "Client":
    """Of two photos of one report and one of another, under the old key; and of a file without."""
    shelves = FirestoreShelves(store)
    for report, photos in ((1, 2), (3, 1)):
        code = a_code(report)
        found = [PlaceSeals(OLD).seal(Place(lat=-8.6, lon=115.1), code=code)] * photos
        files = tuple(a_file(number, found=seal) for number, seal in enumerate([*found, None]))
        shelves.put(Shelf(code, files))
    return store


def outcomes(steps: Iterator[Step]) -> list[Outcome]:
    return [step.outcome for step in steps]


def names(store: "Client", keys: Keys) -> list[str | None]:
    found = store.collection("reporters").order_by("__name__").get()
    documents = [(each.id, each.to_dict() or {}) for each in found]
    return [
        identity_of(each, code=code, keys=keys).name for code, each in documents if "sealed" in each
    ]


def test_every_identity_opens_with_the_new_key_alone(sealed: "Client") -> None:
    """Afterwards the old key reads nothing any more."""
    assert outcomes(reseal(sealed, BOTH)).count(Outcome.RESEALED) == 3

    new_alone = Keys("k2", {"k2": BOTH.secrets["k2"]})
    assert sorted(filter(None, names(sealed, new_alone))) == ["Wayan 1", "Wayan 2", "Wayan 3"]
    assert in_use(sealed) == {"k2": 3}


def test_every_place_of_a_photo_opens_with_the_new_key_alone(places: "Client") -> None:
    """And nothing else of its file has changed."""
    before = FirestoreShelves(places).of(a_code(1))

    assert outcomes(reseal(places, BOTH)) == [Outcome.RESEALED] * 3

    new_alone = PlaceSeals(Keys("k2", {"k2": BOTH.secrets["k2"]}))
    after = FirestoreShelves(places).of(a_code(1))
    seals = [file.found for file in after.files if file.found]
    found = [new_alone.unseal(seal, code=after.code) for seal in seals]
    assert found == [Place(lat=-8.6, lon=115.1)] * 2
    assert [replace(file, found=None) for file in after.files] == [
        replace(file, found=None) for file in before.files
    ]
    assert in_use(places) == {"k2": 3}
    assert set(outcomes(reseal(places, BOTH))) == {Outcome.CURRENT}


def test_whoever_stops_with_a_report_has_done_all_of_it(sealed: "Client", places: "Client") -> None:
    """Its identity and its places: the next run begins behind it."""
    stopped = next(reseal(sealed, BOTH))

    rest = list(reseal(sealed, BOTH, stopped.code))

    assert stopped.code not in {step.code for step in rest}
    assert in_use(sealed) == {"k2": 6}


def test_a_place_whose_key_is_gone_holds_up_none_beside_it(places: "Client") -> None:
    """Or its old key could never be taken out."""
    shelves = FirestoreShelves(places)
    shelf, lost = shelves.of(a_code(1)), SealedPlace("k0", b"lost")
    shelves.put(replace(shelf, files=(*shelf.files, a_file(7, found=lost))))

    assert Counter(outcomes(reseal(places, BOTH))) == {Outcome.RESEALED: 3, Outcome.UNREADABLE: 1}
    assert in_use(places) == {"k0": 1, "k2": 3}


def test_it_may_be_stopped_anywhere_and_goes_on(sealed: "Client") -> None:
    """What is sealed anew stays so; the rest is done by the next run, wherever that begins."""
    first = next(reseal(sealed, BOTH))
    assert in_use(sealed) == {"k1": 2, "k2": 1}

    rest = list(reseal(sealed, BOTH, first.code))

    assert [step.outcome for step in rest].count(Outcome.RESEALED) == 2
    assert set(outcomes(reseal(sealed, BOTH))) == {Outcome.CURRENT}


def test_the_receipt_beside_it_stays_as_it_is(sealed: "Client") -> None:
    """It is kept as a mark: nobody can make that anew."""
    list(reseal(sealed, BOTH))

    kept = [each.to_dict() or {} for each in sealed.collection("reporters").stream()]
    assert {each["receipt"]["key_id"] for each in kept} == {"k1"}


def test_an_identity_whose_key_is_gone_is_named_and_left(sealed: "Client") -> None:
    """Nothing is overwritten that could not be read."""
    strangers = Keys("k9", {"k9": b"9" * KEY_BYTES})

    assert outcomes(reseal(sealed, strangers)).count(Outcome.UNREADABLE) == 3
    assert in_use(sealed) == {"k1": 3}


def test_an_identity_that_changes_meanwhile_is_left_to_the_next_run(sealed: "Client") -> None:
    """A receipt was renewed between reading and writing."""
    steps = reseal(sealed, BOTH)
    code = next(steps).code
    later = next(each for each in (a_code(1), a_code(2), a_code(3)) if each > code)
    sealed.document("reporters", later).update({"receipt": {"key_id": "k1", "mac": "other"}})

    assert Outcome.CHANGED in outcomes(steps)
    assert set(outcomes(reseal(sealed, BOTH))) == {Outcome.CURRENT, Outcome.RESEALED}


def test_a_ring_is_begun_prepared_and_used(place: SecretManager) -> None:
    """Each step is a version of its own and says what comes next."""
    assert "has its first key" in rotate(place, RING, use=False)
    begun = rings.read(place.latest(RING) or "")
    # Made on another day: two keys of one day would have one name.
    secret = b64decode(begun.secrets[begun.current])
    place.add(RING, rings.written(rings.first("k20200101", secret)))

    assert "listed and not used yet" in rotate(place, RING, use=False)
    assert "then: reseal" in rotate(place, RING, use=True)

    keys = parsed(place.latest(RING) or "")
    assert keys.current == begun.current
    assert "k20200101" in keys.secrets


def test_resealing_takes_the_ring_from_its_place(sealed: "Client", place: SecretManager) -> None:
    """No key passes through an operator's shell."""
    ring = rings.used(rings.prepared(rings.first("k1", OLD.secret), "k2", BOTH.secret))
    place.add(RING, rings.written(ring))

    done = [outcome for _, outcome in reseal_all(sealed, place, "")]

    assert done.count(Outcome.RESEALED) == 3


def test_an_old_key_goes_when_it_seals_nobody(
    sealed: "Client", place: SecretManager, operator: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before that it is refused; afterwards every identity still opens."""
    ring = rings.used(rings.prepared(rings.first("k1", OLD.secret), "k2", BOTH.secret))
    place.add(RING, rings.written(ring))

    assert command.main(["badung", "drop", RING, "k1"]) == 1
    assert "k1 seals 3 identities and places: reseal first" in capsys.readouterr().err
    assert command.main(["badung", "reseal"]) == 0
    assert command.main(["badung", "drop", RING, "k1", "--yes"]) == 0

    left = parsed(place.latest(RING) or "")
    assert list(left.secrets) == ["k2"]
    assert sorted(filter(None, names(sealed, left))) == ["Wayan 1", "Wayan 2", "Wayan 3"]


def test_a_key_is_not_taken_out_without_a_yes(
    place: SecretManager, operator: None, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it made is lost for good."""
    ring = rings.used(rings.prepared(rings.first("k1", OLD.secret), "k2", BOTH.secret))
    place.add("receipt-keys", rings.written(ring))

    assert command.main(["badung", "drop", "receipt-keys", "k1"]) == 1
    assert "repeat with YES=1" in capsys.readouterr().out
    assert place.latest("receipt-keys") == rings.written(ring)


def test_who_may_not_read_is_told_so(place: SecretManager, server: ThreadingHTTPServer) -> None:
    """With the status, not with what came back."""
    server.forbidden = True  # type: ignore[attr-defined]

    with pytest.raises(RingFault, match="answers 403"):
        rotate(place, RING, use=False)


def test_a_place_that_does_not_answer_is_said_in_a_sentence() -> None:
    """Nothing of what was sent stands in it."""
    nowhere = SecretManager("tanggap-badung", requests.Session(), "http://127.0.0.1:1/v1")

    with pytest.raises(RingFault, match=r"cannot be asked \(ConnectionError\)") as fault:
        nowhere.add(RING, "secret")
    assert fault.value.__cause__ is None
    assert "secret" not in str(fault.value)


def test_every_ring_of_the_manifest_can_be_turned() -> None:
    """What the issuer gave us is no ring of ours."""
    assert set(ring_names()) == {"receipt-keys", "identity-keys", "session-keys"}


def test_an_unknown_ring_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With those there are."""
    monkeypatch.setattr(command, "signed_in", requests.Session)

    assert command.main(["badung", "rotate", "oidc-client-secret"]) == 1
    assert "name a ring: receipt-keys, identity-keys, session-keys" in capsys.readouterr().err
