"""Tables for spreadsheets (RFC 4180), opened by people rather than read by programs."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

# Without it Excel takes UTF-8 for an old code page; LibreOffice and pandas (utf-8-sig) know it.
_BOM = "\ufeff"
# What a spreadsheet would calculate, or run. Full-width forms are taken for the plain ones.
_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def sheet_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([_safe(row[name]) for name in columns] for row in rows)
    return _BOM + text.getvalue()


def _safe(value: Any) -> Any:
    """Numbers are numbers; a text that looks like a formula is marked as a text."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_BEGIN_FORMULAS):
        return f"'{value}"
    return value
