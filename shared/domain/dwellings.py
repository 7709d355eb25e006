"""Where somebody lives, told in free text. Nobody but its writer can say whether that must be
known: it is warned of and never masked, for most addresses in a report are the place it is about.
"""

import re
from unicodedata import normalize

# Not rumah sakit, rumah makan: those are places that anybody may name.
_HOME = (
    r"\b(?:rumah(?!\s+(?:sakit|ibadah|makan|dinas|susun|potong|duka|tahanan|aman|zakat))|rmh"
    r"|kos(?:an)?|kost|kontrakan|(?:ber)?tinggal|(?:ber)?domisili|alamat"
    r"|my (?:house|home|address)|i live)\b"
)
_NUMBER = r"(?:\bno(?:mor|mer)?\b[ .:]{0,3}\d|\brt\b[ .:]{0,3}\d|\bblok\b[ .:]{0,3}[a-z]{0,2}\d)"
_TOLD = re.compile(rf"{_HOME}[^\n]{{0,80}}?{_NUMBER}", re.IGNORECASE)


def tells_a_home(text: str) -> bool:
    """Whether a word for a home is followed, on its line, by the number of a house."""
    return _TOLD.search(normalize("NFKC", text)) is not None
