"""What was acknowledged and is in no table yet: as if the process had been killed right then."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from google.cloud.firestore import FieldFilter

from emulator.firestore import Index, IndexField, serve
from emulator.firestore.indexes import Declared
from emulator.firestore.paths import document_path
from emulator.firestore.protocol import Document
from emulator.firestore.store import Store
from tests.emulator.firestore.conftest import Connect

DATABASE = "projects/p/databases/(default)"
INDEX = Index("c", (IndexField(("a",)), IndexField(("n",))))
EARLIER, LATER = (datetime(2026, 11, 21, hour, tzinfo=UTC) for hour in (12, 13))


def killed_after(file: Path, at: datetime, **documents: int | None) -> None:
    """One commit of a store that never does what can wait; None deletes."""
    store = Store(file, Declared((INDEX,)), lambda: at, later=lambda _: None)
    paths = {document_path(f"{DATABASE}/documents/c/{id_}"): n for id_, n in documents.items()}
    store.prepare(paths)
    with store.writing(store.database(DATABASE)) as changes:
        changes.look_up(paths)
        for path, number in paths.items():
            if number is None:
                changes.delete(path)
            else:
                fields = {"a": {"integer_value": 1}, "n": {"integer_value": number}}
                changes.put(path, Document(fields=fields))


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"y": 1}, [("y", 1), ("x", 5)]),
        ({"x": 7}, [("x", 7)]),
        ({"x": None}, []),
        ({"x": None, "y": 1}, [("y", 1)]),
    ],
    ids=["created", "changed", "deleted", "one for the other"],
)
def test_the_next_start_makes_up_for_it(
    tmp_path: Path,
    connect: Connect,
    second: dict[str, int | None],
    expected: list[tuple[str, int]],
) -> None:
    """By its name and by its index, with its times; also the second time."""
    killed_after(tmp_path / "kept", EARLIER, x=5)
    killed_after(tmp_path / "kept", LATER, **second)
    for _ in range(2):
        with serve(path=tmp_path / "kept", indexes=[INDEX]) as running:
            c = connect(running).collection("c")
            query = c.where(filter=FieldFilter("a", "==", 1)).order_by("n")
            indexed = [(each.id, each.get("n")) for each in query.stream()]
            named = {each.id: (each.create_time, each.update_time) for each in c.stream()}

        assert indexed == expected
        assert named == {
            id_: (EARLIER if id_ == "x" else LATER, LATER if id_ in second else EARLIER)
            for id_, _ in expected
        }
