"""The directory as edited at the desk. What seeding writes lies elsewhere and is never touched.

`amendments/agencies` is one document for the whole region, so that reading the rules stays cheap;
`settings/region` notes that it moved, which every process looks at once a minute.
"""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from shared.adapters.firestore_client import bounded, client, reaching_the_store, read
from shared.adapters.firestore_commit import refusals
from shared.adapters.firestore_log import newest
from shared.adapters.firestore_officers import FirestoreOfficers, officer_document, officer_of
from shared.adapters.region_documents import amendment_of
from shared.domain.directory import Officer
from shared.domain.people import Amendment, Edit
from shared.domain.plain import plain
from shared.usecases.people_ports import Place

if TYPE_CHECKING:
    from google.cloud.firestore import WriteBatch

    from shared.adapters.firestore_client import Snapshot

_AMENDMENTS = "amendments/agencies"


class FirestorePeople(FirestoreOfficers):
    def without_agency(self) -> tuple[Officer, ...]:
        return self._where("agency", None)

    def add(self, officer: Officer, edit: Edit) -> bool:
        batch = self._store.batch()
        batch.create(self._store.document("officers", officer.id), officer_document(officer))
        return self._recorded(batch, edit)

    def change(self, before: Officer, after: Officer, edit: Edit) -> bool:
        (found,) = read(self._store, self._store.document("officers", before.id))
        if officer_of(found.to_dict() or {}) != before:
            return False
        batch = self._store.batch()
        batch.update(found.reference, officer_document(after), option=self._as_found(found))
        return self._recorded(batch, edit)

    def amendment(self, agency: str) -> Amendment | None:
        (found,) = read(self._store, self._store.document(_AMENDMENTS))
        return _amendments(found).get(agency)

    def amend(self, before: Amendment | None, after: Amendment, edit: Edit) -> bool:
        (found,) = read(self._store, self._store.document(_AMENDMENTS))
        if _amendments(found).get(after.agency) != before:
            return False
        batch = self._store.batch()
        if found.exists:
            path = f"of.`{after.agency}`"
            batch.update(found.reference, {path: plain(after)}, option=self._as_found(found))
        else:
            batch.create(found.reference, {"of": {after.agency: plain(after)}})
        batch.update(self._store.document("settings/region"), {"amended": edit.id})
        return self._recorded(batch, edit)

    def edits(self, before: Place | None, size: int) -> tuple[Edit, ...]:
        found = newest(self._store.collection("edits"), before, size)
        return tuple(map(_edit_of, found))

    def _recorded(self, batch: "WriteBatch", edit: Edit) -> bool:
        """The client resends by itself: a refusal may mean that this very commit stands."""
        reference = self._store.document("edits", edit.id)
        batch.create(reference, _edit_document(edit))
        try:
            with reaching_the_store():
                batch.commit(**bounded())
        except refusals():
            return read(self._store, reference)[0].exists
        return True

    def _as_found(self, found: "Snapshot") -> Any:
        return self._store.write_option(last_update_time=found.update_time)


def _amendments(found: "Snapshot") -> Mapping[str, Amendment]:
    documents = (found.to_dict() or {}).get("of", {})
    return {id_: amendment_of(document) for id_, document in documents.items()}


def _edit_document(edit: Edit) -> dict[str, Any]:
    """`at` as a native time, for the order."""
    changes = {name: {"before": old, "after": new} for name, (old, new) in edit.changes.items()}
    return {"id": edit.id, "at": edit.at, "by": edit.by, "subject": edit.subject} | {
        "changes": changes
    }


def _edit_of(document: Mapping[str, Any]) -> Edit:
    changes = {name: (each["before"], each["after"]) for name, each in document["changes"].items()}
    return Edit(**{**document, "changes": changes})


@cache
def people() -> FirestorePeople:
    return FirestorePeople(client())
