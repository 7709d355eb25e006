"""The ports that every file goes through after it has come in, joined once per process."""

from functools import cache

from shared.adapters import bucket, firestore_reports, firestore_shelves, pictures
from shared.usecases.workshop import Workshop


@cache
def workshop() -> Workshop:
    return Workshop(
        reports=firestore_reports.without_identities(),
        shelves=firestore_shelves.shelves(),
        bucket=bucket.bucket(),
        pictures=pictures.pictures(),
    )
