"""People to sign in as: the same ids and addresses at every start. Offices, never persons."""

from collections.abc import Iterator
from typing import Any

from shared.adapters.firestore_officers import officer_document
from shared.domain.directory import Agency, Directory, Officer
from shared.domain.statuses import Role

_AGENCIES = 10
_OFFICERS_PER_AGENCY = 2
_DESK = (
    ("verifier1", "Verifikator 1", Role.VERIFIER),
    ("verifier2", "Verifikator 2", Role.VERIFIER),
    ("intake", "Petugas Loket", Role.INTAKE),
    ("coordinator", "Koordinator Pengaduan", Role.COORDINATOR),
    ("inspectorate", "Pembaca Inspektorat", Role.OVERSIGHT),
    ("ombudsman", "Pembaca Ombudsman", Role.OVERSIGHT),
    ("admin", "Admin", Role.ADMIN),
)
# What people write about most, so that most reports find somebody at their agency.
_BUSY_TOPICS = (
    "lingkungan-hidup-dan-kehutanan",
    "pekerjaan-umum-dan-penataan-ruang",
    "perhubungan",
    "kependudukan",
    "pendidikan-dan-kebudayaan",
    "kesehatan",
    "sosial-dan-kesejahteraan",
    "ketenteraman-ketertiban-umum-dan-pelindungan-masyarakat",
    "teknologi-informasi-dan-komunikasi",
    "pertanian-dan-peternakan",
    "ketenagakerjaan",
    "perlindungan-konsumen",
    "ekonomi-dan-keuangan",
    "agama",
)


def officers_of(directory: Directory) -> tuple[Officer, ...]:
    domain = f"{directory.region}.example"
    desk = (Officer(id_, f"{id_}@{domain}", name, frozenset({role})) for id_, name, role in _DESK)
    staffed = _staffed(directory)
    every = directory.agencies.values()
    others = (agency for agency in every if agency not in staffed and not agency.paper)
    return (
        *desk,
        *(each for agency in staffed for each in _of_agency(agency, domain)),
        *(_head(agency, domain) for agency in others),
    )


def write(client: Any, officers: tuple[Officer, ...]) -> None:
    """Those who are not there: people are edited in the desk, and a kept state keeps that.

    But not their accounts: the local issuer has another address at each start.
    """
    kept = tuple(client.collection("officers").select(["subject"]).stream())
    there = {found.id for found in kept}
    batch = client.batch()
    for found in kept:
        if found.get("subject"):
            batch.update(found.reference, {"subject": None})
    for officer in officers:
        if officer.id not in there:
            batch.set(client.document("officers", officer.id), officer_document(officer))
    if len(batch):
        batch.commit()


def _staffed(directory: Directory) -> tuple[Agency, ...]:
    """Those who may hold supervisory reports, then the agencies of the busiest topics."""
    ids = dict.fromkeys((*directory.handlers, *_responsible(directory)))
    return tuple(directory.agencies[id_] for id_ in ids)[:_AGENCIES]


def _responsible(directory: Directory) -> Iterator[str]:
    for topic in _BUSY_TOPICS:
        for rule in directory.rules:
            if rule.category == topic and rule.area == directory.code and rule.agency:
                yield rule.agency


def _of_agency(agency: Agency, domain: str) -> Iterator[Officer]:
    roles = frozenset({Role.AGENCY})
    yield _head(agency, domain)
    for number in range(1, _OFFICERS_PER_AGENCY + 1):
        id_ = f"{agency.id}{number}"
        name = f"Petugas {agency.short_name} {number}"
        yield Officer(id_, f"{id_}@{domain}", name, roles, agency.id)


def _head(agency: Agency, domain: str) -> Officer:
    id_, roles = f"kepala.{agency.id}", frozenset({Role.AGENCY})
    return Officer(id_, f"{id_}@{domain}", agency.head, roles, agency.id, head=True)
