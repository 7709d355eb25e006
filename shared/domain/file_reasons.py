"""Why a file was not kept, in a sentence that its owner can act on."""

from collections.abc import Mapping

from shared.domain.languages import Pair, of_pair
from shared.domain.refusals import SENTENCES

# What was announced stands, but its content did not come through.
NOT_STORED = "not-stored"

_REASONS: Mapping[str, Pair] = {
    "type-not-accepted": SENTENCES["type-not-accepted"],
    "broken": (
        "Berkas ini rusak atau terpotong; buka di ponsel Anda, lalu kirim lagi.",
        "This file is broken or cut off; open it on your phone, then send it again.",
    ),
    "too-large": SENTENCES["file-too-large"],
    "too-many-pixels": (
        "Foto ini terlalu lebar atau tinggi; ambil ulang dengan resolusi lebih rendah.",
        "This photo has too many pixels; take it again at a lower resolution.",
    ),
    "not-as-announced": (
        "Yang diterima bukan berkas yang diumumkan; kirim lagi.",
        "What arrived is not the file that was announced; send it again.",
    ),
    "protected": (
        "PDF ini dikunci dengan kata sandi; simpan tanpa kata sandi, lalu kirim lagi.",
        "This PDF is locked by a password; save it without one, then send it again.",
    ),
    "mixed": (
        "Berkas ini memuat berkas lain atau program; kirim foto atau dokumennya saja.",
        "Another file or a program is hidden in this one; send the photo or document alone.",
    ),
    "empty": ("Berkas ini kosong; pilih lagi.", "This file is empty; choose it again."),
    NOT_STORED: (
        "Berkas ini belum tersimpan; tambahkan lagi dari halaman laporan.",
        "This file was not stored; add it again from the report's page.",
    ),
}


def reason_sentence(code: str, language: str) -> str:
    """Of a rejection, or of a refusal before anything was sent."""
    return of_pair(_REASONS.get(code) or SENTENCES[code], language)
