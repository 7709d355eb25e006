"""The same random calls to this server and to Google's emulator: every answer is the same.

Differences that are known and wanted are left out by `pair` and `generated`, each with its reason.
"""

import os
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from emulator.children import ChildFailed
from emulator.firestore import serve
from emulator.google import google_emulators
from tests.emulator.firestore import generated
from tests.emulator.firestore.pair import Answer, Side, answer, request

EXAMPLES = int(os.environ.get("DIFFERENTIAL_EXAMPLES", "40"))
_NUMBERS = count()


@pytest.fixture(scope="module")
def sides() -> Iterator[tuple[Side, Side]]:
    try:
        with google_emulators() as google, serve(memory=True, require_indexes=False) as own:
            both = Side(own.host), Side(google["FIRESTORE_EMULATOR_HOST"])
            yield both
            for side in both:
                side.close()
    except ChildFailed as reason:
        pytest.skip(str(reason))


class Comparison(RuleBasedStateMachine):
    """In a project of its own."""

    sides: tuple[Side, Side]

    def __init__(self) -> None:
        super().__init__()
        self.database = f"projects/d{next(_NUMBERS)}/databases/(default)"
        self.root = f"{self.database}/documents"
        self.names = [
            f"{self.root}/{collection}/{id_}"
            for collection in generated.COLLECTIONS
            for id_ in generated.IDS
        ]

    def same(self, kind: str, method: str, **fields: Any) -> Answer:
        asked = request(method, **fields)
        own, google = (answer(getattr(side, kind), method, asked) for side in self.sides)
        # Google's emulator cannot go by name backwards; production can, with an index.
        if "descending key scans" not in google.details:
            assert own == google, f"{asked}\n{own.details}\n{google.details}"
        return own

    @initialize(data=st.data())
    def fill(self, data: st.DataObject) -> None:
        if data.draw(st.integers(0, 3)):
            writes = data.draw(generated.seeds(self.root))
            self.same("unary", "Commit", database=self.database, writes=writes)

    @rule(data=st.data())
    def commit(self, data: st.DataObject) -> None:
        writes = data.draw(st.lists(generated.writes(self.root), min_size=1, max_size=3))
        self.same("unary", "Commit", database=self.database, writes=writes)
        self.same("stream", "BatchGetDocuments", database=self.database, documents=self.names)

    @rule(data=st.data())
    def batch_write(self, data: st.DataObject) -> None:
        writes = data.draw(st.lists(generated.writes(self.root), max_size=4))
        self.same("unary", "BatchWrite", database=self.database, writes=writes)

    @rule(data=st.data(), stale=st.booleans())
    def commit_if_unchanged(self, data: st.DataObject, stale: bool) -> None:  # noqa: FBT001
        """With the version that each of the two gave the document, or an older one."""
        name = data.draw(st.sampled_from(self.names))
        own, google = (self._guarded_delete(side, name, stale) for side in self.sides)

        assert own == google

    def _guarded_delete(self, side: Side, name: str, stale: bool) -> Answer:  # noqa: FBT001
        found = request("BatchGetDocuments", database=self.database, documents=[name])
        (result,) = side.stream("BatchGetDocuments", found)
        time = result.found.update_time
        time.seconds = time.seconds - stale if time.seconds else 1
        write = {"delete": name, "current_document": {"update_time": time}}
        asked = request("Commit", database=self.database, writes=[write])
        return answer(side.unary, "Commit", asked)

    @rule(data=st.data(), paths=st.lists(generated.field_paths, max_size=3))
    def get(self, data: st.DataObject, paths: list[str]) -> None:
        names = data.draw(st.lists(st.sampled_from(self.names), max_size=4))
        fields = {"documents": names, "mask": {"field_paths": paths}}
        self.same("stream", "BatchGetDocuments", database=self.database, **fields)

    @rule(data=st.data())
    def query(self, data: st.DataObject) -> None:
        query = data.draw(generated.queries(self.root))
        self.same("stream", "RunQuery", parent=self.root, structured_query=query)

    @rule(data=st.data())
    def aggregate(self, data: st.DataObject) -> None:
        query = data.draw(generated.aggregations(self.root))
        fields = {"structured_aggregation_query": query}
        self.same("stream", "RunAggregationQuery", parent=self.root, **fields)

    @rule(parent=st.sampled_from(("", "/c/x", "/d/z")), missing=st.booleans())
    def list(self, parent: str, missing: bool) -> None:  # noqa: FBT001
        self.same("unary", "ListCollectionIds", parent=self.root + parent)
        fields = {"collection_id": "c", "show_missing": missing, "page_size": 3}
        self.same("unary", "ListDocuments", parent=self.root + parent, **fields)


def test_both_answer_the_same(sides: tuple[Side, Side]) -> None:
    """Documents, order, results of writes, and the status of every refusal."""
    machine = type("Machine", (Comparison,), {"sides": sides})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=25,
            deadline=None,
            phases=(Phase.reuse, Phase.generate),  # to shrink over two servers takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
