"""What became of a mail, as SES tells through SNS; and the click of whoever wants no more."""

import functions_framework
from flask import Request, Response

from shared.adapters import firestore_bounces, firestore_notices, keyring, sns_messages
from shared.adapters.desk import desk
from shared.edge.contract import LEAVE, RECORD_DELIVERY
from shared.edge.deliveries import posted, result_of
from shared.edge.http import Call, Reply, serve
from shared.edge.problems import NoSuchLink, NotYet
from shared.usecases.delivering import Recorded, leave, record


@functions_framework.http
def record_delivery(request: Request) -> Response:
    return serve(request, {RECORD_DELIVERY: _record, LEAVE: _leave})


def _record(call: Call) -> Reply:
    message = posted(call.request)
    sns = sns_messages.sns_messages()
    sns.check(message)
    if message["Type"] == "SubscriptionConfirmation":
        sns.confirm(message)
        return Reply({"recorded": "confirmed"})
    result = result_of(message)
    if result is None:
        return Reply({"recorded": "nothing"})
    recorded = record(
        result,
        notices=firestore_notices.notices(),
        bounces=firestore_bounces.bounces(),
        now=call.stamp.at,
    )
    if recorded is Recorded.NOT_YET:
        raise NotYet
    return Reply({"recorded": recorded.value})


def _leave(call: Call) -> Reply:
    has_left = leave(
        call.path["token"],
        notices=firestore_notices.notices(),
        bounces=firestore_bounces.bounces(),
        reports=desk().reports,
        keys=keyring.receipt_keys(),
        now=call.stamp.at,
    )
    if not has_left:
        raise NoSuchLink
    return Reply({"recorded": "left"})
