"""What verifiers read beside their daily queue."""

from collections.abc import Mapping

from shared.domain.languages import Pair
from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.rungs import rungs

_REPORT: Pair = ("Laporan {code}: {title}", "Report {code}: {title}")
_CHECK_BY: Pair = (
    "Periksa paling lambat {verification_day}.",
    "Please check it by {verification_day}.",
)
_OPEN: Pair = ("Buka laporan: {desk}", "Open the report: {desk}")

TEXTS: Mapping[str, Wording] = {
    **rungs(
        (
            "Mohon segera diperiksa. Koordinator sudah diberi tahu.",
            "Please check it at once. The coordinator has been told.",
        )
    ),
    "supplement": Wording(
        ("Pertanyaan dijawab: laporan {code}", "Question answered: report {code}"),
        (
            (
                "Pelapor menjawab pertanyaan tentang laporan {code} pada {on}.",
                "The reporter answered the question about report {code} on {on}.",
            ),
            _CHECK_BY,
            _REPORT,
            _OPEN,
        ),
    ),
    "appeal": Wording(
        ("Peninjauan ulang: laporan {code}", "Review: report {code}"),
        (
            (
                "Pelapor meminta laporan {code} ditinjau ulang. Yang memutuskan harus petugas lain daripada yang mengarsipkannya.",
                "The reporter asks for a review of report {code}. Somebody else than who archived it must decide.",
            ),
            _CHECK_BY,
            _REPORT,
            _OPEN,
        ),
    ),
    "reporter_wrote": Wording(
        ("Pelapor menulis: laporan {code}", "The reporter wrote: report {code}"),
        (
            (
                "Pelapor menulis pada laporan {code} pada {on}.",
                "The reporter wrote about report {code} on {on}.",
            ),
            _REPORT,
            _OPEN,
        ),
    ),
}
