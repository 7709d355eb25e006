"""The XML API as browsers use it: a signed POST starts an upload, its session takes the bytes."""

from emulator.storage import cors
from emulator.storage.buckets import Bucket, Buckets
from emulator.storage.messages import Request, Response
from emulator.storage.objects import Made
from emulator.storage.refusals import Refused, forbidden, invalid, unimplemented
from emulator.storage.sessions import Sessions
from emulator.storage.signatures import Signatures
from emulator.storage.unfinished import Limits

_RANGE = "x-goog-content-length-range"


class XmlApi:
    """Paths are /bucket/object."""

    def __init__(self, buckets: Buckets, sessions: Sessions, signatures: Signatures) -> None:
        self._buckets = buckets
        self._sessions = sessions
        self._signatures = signatures

    def answer(self, request: Request) -> Response:
        """Also what was refused: a page may read why."""
        try:
            bucket = self._buckets.get(request.steps[0])
        except Refused as refused:
            return refusal(refused)
        if request.method == "OPTIONS":
            return cors.preflight(request, bucket)
        try:
            found = self._answer(request, bucket)
        except Refused as refused:
            found = refusal(refused)
        headers = {**found.headers, **cors.exposed(request, bucket)}
        return Response(found.status, headers, found.body, found.length)

    def _answer(self, request: Request, bucket: Bucket) -> Response:
        if "upload_id" in request.parameters:
            return self._sessions.answer(request, shown=lambda _: b"")
        if request.method == "POST" and request.headers.get("x-goog-resumable") == "start":
            return self._started(request, bucket)
        if "X-Goog-Signature" not in request.parameters:
            forbidden("AccessDenied", "Anonymous caller does not have access to the object.")
        return unimplemented(f"{request.method} of the XML API but resumable uploads")

    def _started(self, request: Request, bucket: Bucket) -> Response:
        self._signatures.check(request)
        name = "/".join(request.steps[1:])
        if not name:
            invalid("An object has a name.")
        type_ = request.headers.get("content-type", "application/octet-stream")
        # As the account that signs: it is given roles/storage.objectCreator and no more.
        made = Made(bucket.name, name, type_, {}, is_new=True)
        location = self._sessions.start(request, made, None, _limits(request))
        return Response(201, {"Location": location})


def _limits(request: Request) -> Limits:
    given = request.headers.get(_RANGE)
    if given is None:
        return Limits()
    least, _, most = given.partition(",")
    if not (least.strip().isdigit() and most.strip().isdigit()):
        invalid(f"{_RANGE} is two numbers of bytes.")
    return Limits(int(least), int(most))


def refusal(refused: Refused) -> Response:
    headers = {"Content-Type": "application/xml; charset=UTF-8"}
    return Response(refused.status, headers, refused.as_xml())
