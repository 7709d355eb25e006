"""What reporters read. Each text says what happened, who must act next, and until which day."""

from collections.abc import Mapping

from shared.domain.languages import Pair
from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.reporter import beginning, deadlines, ending, handling, record

TEXTS: Mapping[str, Wording] = {
    **beginning.TEXTS,
    **handling.TEXTS,
    **deadlines.TEXTS,
    **ending.TEXTS,
    **record.TEXTS,
}

FOOTER: tuple[Pair, ...] = (
    (
        "Nomor laporan: {code}\nHalaman laporan: {link}",
        "Report number: {code}\nReport page: {link}",
    ),
    (
        "Sidik catatan laporan: {head}\nSimpan surel ini: dengan sidik itu Anda dapat membuktikan bahwa catatannya tidak diubah.",
        "Fingerprint of the report's record: {head}\nKeep this mail: the fingerprint proves that the record was not changed.",
    ),
    (
        "Petugas tidak pernah meminta kunci laporan Anda. Jangan berikan kepada siapa pun.",
        "No officer ever asks for your report key. Do not give it to anybody.",
    ),
)
