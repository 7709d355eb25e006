"""How a request is refused: one failure, as the JSON API and as the XML API say it."""

import json
from typing import NoReturn
from xml.sax.saxutils import escape


class Refused(Exception):
    """`reason` is the JSON API's word for it, `code` the XML API's."""

    def __init__(self, status: int, reason: str, code: str, message: str) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self._reason = reason
        self._code = code
        self._message = message

    def as_json(self) -> bytes:
        detail = {"message": self._message, "domain": "global", "reason": self._reason}
        error = {"code": self.status, "message": self._message, "errors": [detail]}
        return json.dumps({"error": error}).encode()

    def as_xml(self) -> bytes:
        said = f"<Code>{self._code}</Code><Message>{escape(self._message)}</Message>"
        return f"<?xml version='1.0' encoding='UTF-8'?><Error>{said}</Error>".encode()


def no_object(bucket: str, name: str) -> NoReturn:
    raise Refused(404, "notFound", "NoSuchKey", f"No such object: {bucket}/{name}")


def no_bucket(_: str) -> NoReturn:
    raise Refused(404, "notFound", "NoSuchBucket", "The specified bucket does not exist.")


def no_session() -> NoReturn:
    raise Refused(404, "notFound", "NoSuchUpload", "The upload session does not exist.")


def ended_session() -> NoReturn:
    raise Refused(410, "uploadExpired", "UploadExpired", "The upload session is over.")


def unmet(which: str) -> NoReturn:
    message = f"At least one of the pre-conditions you specified did not hold: {which}"
    raise Refused(412, "conditionNotMet", "PreconditionFailed", message)


def invalid(message: str) -> NoReturn:
    raise Refused(400, "invalid", "InvalidArgument", message)


def unsatisfiable() -> NoReturn:
    message = "Request range not satisfiable"
    raise Refused(416, "requestedRangeNotSatisfiable", "InvalidRange", message)


def too_large() -> NoReturn:
    message = "Your proposed upload is larger than the maximum object size specified."
    raise Refused(400, "uploadTooLarge", "EntityTooLarge", message)


def too_small() -> NoReturn:
    message = "Your proposed upload is smaller than the minimum object size specified."
    raise Refused(400, "invalid", "EntityTooSmall", message)


def forbidden(code: str, message: str) -> NoReturn:
    raise Refused(403, "forbidden", code, message)


def unavailable(message: str) -> NoReturn:
    raise Refused(503, "backendError", "ServiceUnavailable", message)


def unimplemented(what: str) -> NoReturn:
    raise Refused(501, "notImplemented", "NotImplemented", f"This emulator does not do {what}.")
