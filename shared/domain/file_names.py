"""What senders say a file is and is called: read with care, for it may be anything."""

import unicodedata

LONGEST_NAME = 100
# What programs call the same.
_ALIASES = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/heif": "image/heic"}


def known_type(declared: str) -> str:
    """As we call it; parameters and case do not count."""
    plain = declared.partition(";")[0].strip().lower()
    return _ALIASES.get(plain, plain)


def clean_name(name: str) -> str:
    """As its owner calls it, without what could act as a path or turn the reading order."""
    folded = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(" " if each.isspace() else each for each in folded if _is_shown(each))
    return " ".join(visible.split()).lstrip(".")[:LONGEST_NAME]


def _is_shown(symbol: str) -> bool:
    """No control, no direction mark, no half of a pair, nothing private."""
    return symbol.isspace() or not unicodedata.category(symbol).startswith("C")
