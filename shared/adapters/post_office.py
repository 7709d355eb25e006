"""The ports that every notice goes through, joined once per process."""

from functools import cache

from shared.adapters import (
    firestore_bounces,
    firestore_notices,
    firestore_renewals,
    keyring,
    ses_mailer,
    sns_texter,
)
from shared.adapters.desk import desk
from shared.adapters.settings import setting
from shared.usecases.composing import Composer
from shared.usecases.post_office import PostOffice


@cache
def post_office() -> PostOffice:
    office = desk()
    return PostOffice(
        notices=firestore_notices.notices(),
        mailer=ses_mailer.mailer(),
        texter=sns_texter.texter(),
        bounces=firestore_bounces.bounces(),
        composer=Composer(
            reports=office.reports,
            renewals=firestore_renewals.renewals(),
            keys=keyring.receipt_keys(),
            site=setting("PUBLIC_URL"),
        ),
        reports=office.reports,
        officers=office.officers,
        outbox=office.outbox,
        publisher=office.publisher,
    )
