"""Instants: whole microseconds in the store, RFC 3339 in the protocol."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)


def instant(at: int) -> datetime:
    return _EPOCH + timedelta(microseconds=at)


def written(at: int) -> str:
    return instant(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def http_date(at: int) -> str:
    return instant(at).strftime("%a, %d %b %Y %H:%M:%S GMT")
