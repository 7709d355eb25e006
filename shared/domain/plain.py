"""Values of the domain as JSON knows them: the form that is hashed, stored and sent."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any


def plain(value: Any) -> Any:
    """Times become RFC 3339 in UTC with whole seconds, so that a hash never depends on a zone."""
    form = _form_of(value.__class__)
    return form(value) if form else value


@cache
def _form_of(kind: type) -> Callable[[Any], Any] | None:
    """None: JSON knows it as it is. Looked up once per type: a report has hundreds of values."""
    if is_dataclass(kind):
        names = tuple(part.name for part in fields(kind))
        return lambda value: {name: plain(getattr(value, name)) for name in names}
    return next((form for base, form in _FORMS.items() if issubclass(kind, base)), None)


_FORMS: Mapping[type, Callable[[Any], Any]] = {
    Mapping: lambda value: {str(key): plain(item) for key, item in value.items()},
    tuple: lambda value: [plain(item) for item in value],
    list: lambda value: [plain(item) for item in value],
    Enum: lambda value: value.value,
    datetime: lambda value: value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    date: lambda value: value.isoformat(),
}
