"""What senders say a file is and is called: read with care, for it may be anything."""

import unicodedata
from dataclasses import dataclass, field

LONGEST_NAME = 100
# Long runs of accents take quadratic time (NFC); no system has names as long as this.
_MOST_READ = 1024
_NAMELESS = "berkas"
# What programs call the same.
_ALIASES = {"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/heif": "image/heic"}


@dataclass(frozen=True, slots=True)
class Announcement:
    """What its sender says of a file: `size` in bytes, `sha256` in hex."""

    name: str = field(repr=False)
    type: str
    size: int
    sha256: str
    public: bool = False

    @property
    def called(self) -> str:
        """As it may be shown."""
        return clean_name(self.name) or _NAMELESS


def known_type(declared: str) -> str:
    """As we call it; parameters and case do not count."""
    plain = declared.partition(";")[0].strip().lower()
    return _ALIASES.get(plain, plain)


def clean_name(name: str) -> str:
    """As its owner calls it, without what could act as a path or turn the reading order."""
    folded = unicodedata.normalize("NFC", name[-_MOST_READ:]).replace("\\", "/").rpartition("/")[2]
    visible = "".join(" " if each.isspace() else each for each in folded if _is_shown(each))
    return " ".join(visible.split()).lstrip(". ")[:LONGEST_NAME].rstrip()


def _is_shown(symbol: str) -> bool:
    """No control, no direction mark, no half of a pair, nothing private."""
    return symbol.isspace() or not unicodedata.category(symbol).startswith("C")
