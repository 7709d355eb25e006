"""Which API a request is for, what goes wrong on purpose, and who is told of a new object."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from emulator.storage.announcing import Announcements, Publish
from emulator.storage.buckets import Buckets
from emulator.storage.faults import Faults
from emulator.storage.json_api import JsonApi
from emulator.storage.messages import Request, Response
from emulator.storage.objects import Objects
from emulator.storage.refusals import Refused
from emulator.storage.sessions import Sessions
from emulator.storage.signatures import Signatures
from emulator.storage.store import Store
from emulator.storage.transport import ConnectionEnds
from emulator.storage.uploads import PIECE, Uploads
from emulator.storage.xml_api import XmlApi, refusal

_JSON = frozenset({"storage", "download", "upload"})


class Service:
    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        signatures: Signatures,
        publish: Publish,
        faults: Faults,
    ) -> None:
        self.buckets = Buckets(store)
        self.objects = Objects(store, self.buckets, now)
        self.uploads = Uploads(store, self.objects, now)
        sessions = Sessions(self.uploads, self.tell)
        self._json = JsonApi(self.buckets, self.objects, sessions, self.tell)
        self._xml = XmlApi(self.buckets, sessions, signatures)
        self._announcements = Announcements(store)
        self._publish = publish
        self._faults = faults
        self._telling = threading.Lock()

    def answer(self, request: Request) -> Response:
        """Raises ConnectionEnds."""
        try:
            self._faults.request()
        except Refused as refused:
            return refusal(refused)
        if "upload_id" not in request.parameters:
            return self._answer(request)
        answer = self._answer(replace(request, receive=self._breaking(request.receive)))
        if answer.status == 200 and self._faults.answer():  # noqa: PLR2004 the upload is complete
            raise ConnectionEnds
        return answer

    def tell(self) -> None:
        """While Pub/Sub is away it waits for the next object, or for the next start."""
        with self._telling:
            try:
                self._announcements.hand_over(self._publish)
            except Exception as failure:  # noqa: BLE001 whatever its owner publishes with raises
                logging.warning("a new object was not told: %s", type(failure).__name__)

    def forget(self) -> None:
        """What has lain long enough, by the clock."""
        self.objects.forget()
        self.uploads.forget()

    def _answer(self, request: Request) -> Response:
        if request.steps[0] not in _JSON:
            return self._xml.answer(request)
        try:
            return self._json.answer(request)
        except Refused as refused:
            headers = {"Content-Type": "application/json; charset=UTF-8"}
            return Response(refused.status, headers, refused.as_json())

    def _breaking(self, receive: Callable[[int], bytes]) -> Callable[[int], bytes]:
        came = 0

        def watched(most: int) -> bytes:
            nonlocal came
            data = receive(min(most, PIECE - came % PIECE))
            came += len(data)
            if data and came % PIECE == 0 and self._faults.piece():
                raise ConnectionEnds
            return data

        return watched
