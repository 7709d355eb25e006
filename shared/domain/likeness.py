"""How much two texts speak of the same thing, by the words they share."""

import re
from unicodedata import normalize

# Shorter words are mostly glue: di, ke, dan, ini.
_WORD = re.compile(r"\w{4,}")
# What every report says.
_EVERYWHERE = frozenset({
    "adalah", "akan", "atas", "bagi", "bahwa", "banyak", "bapak", "belum", "bisa", "dalam",
    "dapat", "dari", "dekat", "depan", "dengan", "harap", "hari", "jadi", "juga", "kalau", "kami",
    "karena", "kepada", "lagi", "lain", "lama", "lapor", "laporan", "lebih", "maka", "masih",
    "mohon", "oleh", "orang", "pada", "para", "pernah", "saat", "saja", "saling", "sama",
    "sampai", "sangat", "saya", "sebab", "secara", "sejak", "sekali", "selalu", "seperti",
    "setiap", "sudah", "supaya", "tapi", "telah", "tempat", "tentang", "terima", "tetapi",
    "tidak", "tolong", "untuk", "warga", "yang",
})  # fmt: skip


def likeness(one: str, other: str) -> float:
    """0 … 1: which share of the shorter one's telling words the other has, too."""
    ours, theirs = telling_words(one), telling_words(other)
    if not ours or not theirs:
        return 0.0
    return len(ours & theirs) / min(len(ours), len(theirs))


def telling_words(text: str) -> frozenset[str]:
    folded = (normalize("NFKC", word).lower() for word in _WORD.findall(text))
    return frozenset(folded) - _EVERYWHERE
