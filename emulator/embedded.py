"""The embedded Firestore, Pub/Sub and Cloud Storage, on free ports, while the block runs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict
from datetime import UTC, datetime

from emulator import files, firestore
from emulator.faults import Faults
from emulator.firestore import Running
from emulator.pubsub.inspection import Inspection
from emulator.pubsub.push import Sign
from emulator.pubsub.server import Server
from emulator.pubsub.store import Store
from emulator.state import State
from emulator.storage.server import Server as Files
from infra import manifest
from infra.manifest import Manifest


class Embedded:
    """See emulator/services.py."""

    def __init__(self, documents: Running, pubsub: Server, files: Files) -> None:
        self._documents = documents
        self.pubsub = pubsub
        self.files = files
        self.inspection: Inspection = pubsub.inspection
        self.is_drained = pubsub.is_drained
        self.next_due = pubsub.next_due
        self.wake = pubsub.wake

    @property
    def hosts(self) -> Mapping[str, str]:
        return {
            "FIRESTORE_EMULATOR_HOST": self._documents.host,
            "PUBSUB_EMULATOR_HOST": self.pubsub.host,
            **files.variables_of(self.files),
        }

    def sweep(self) -> None:
        self._documents.sweep()
        self.files.sweep()


@contextmanager
def embedded_services(
    plan: Manifest | None = None,
    *,
    state: State | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sign: Sign | None = None,
    faults: Faults | None = None,
    subscribe: Callable[[Server], None] = lambda _: None,
) -> Iterator[Embedded]:
    """Without a state nothing is kept."""
    faulty = faults or Faults()
    with ExitStack() as stack:
        documents = stack.enter_context(_store(plan or manifest.load(), state, now, faulty))
        pubsub = Server(Store(state.messages if state else None), now, sign, faulty.of_messages())
        # Before it starts: what a kept state has waiting goes to where the functions are now.
        subscribe(pubsub)
        pubsub.start(0)
        stack.callback(pubsub.stop)
        yield Embedded(documents, pubsub, stack.enter_context(_files(pubsub, state, now, faulty)))


def _files(
    pubsub: Server, state: State | None, now: Callable[[], datetime], faults: Faults
) -> AbstractContextManager[Files]:
    return files.files_served(
        files.into(pubsub),
        path=state.objects if state else None,
        memory=state is None,
        now=now,
        faults=faults.of_uploads(),
    )


def _store(
    plan: Manifest, state: State | None, now: Callable[[], datetime], faults: Faults
) -> Running:
    """Indexes, exemptions and TTL: what is not in the manifest is not there."""
    return firestore.serve(
        path=state.documents if state else None,
        memory=state is None,
        now=now,
        watched=faults.of_store(),
        **firestore.read_section(asdict(plan.firestore))._asdict(),
    )
