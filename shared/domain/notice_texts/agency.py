"""What agencies read: which report, what to do with it, until when. Never who reported."""

from collections.abc import Mapping

from shared.domain.languages import Pair
from shared.domain.notice_texts.message import Wording

_REPORT: Pair = ("Laporan {code}: {title}", "Report {code}: {title}")
_OPEN: Pair = ("Buka laporan: {desk}", "Open the report: {desk}")
_RESPOND_BY: Pair = (
    "Tanggapi paling lambat {deadline}.",
    "Please respond by {deadline}.",
)
_WROTE: Pair = (
    "Pelapor menulis pada laporan {code} pada {on}.",
    "The reporter wrote about report {code} on {on}.",
)

TEXTS: Mapping[str, Wording] = {
    "new_report": Wording(
        ("Laporan baru {code}", "New report {code}"),
        (
            (
                "Ada laporan untuk {agency}. Tanggapi paling lambat {deadline}.",
                "There is a report for {agency}. Please respond by {deadline}.",
            ),
            _REPORT,
            _OPEN,
        ),
    ),
    "praise": Wording(
        ("Apresiasi {code}", "Praise {code}"),
        (
            (
                "Pada {on} ada apresiasi untuk {agency}. Tidak perlu ditanggapi.",
                "On {on} somebody praised {agency}. No response is needed.",
            ),
            _REPORT,
            _OPEN,
        ),
    ),
    "reporter_wrote": Wording(
        ("Pelapor menulis: laporan {code}", "The reporter wrote: report {code}"),
        (_WROTE, _RESPOND_BY, _REPORT, _OPEN),
    ),
    "reporter_added": Wording(
        (
            "Pelapor menambah keterangan: laporan {code}",
            "The reporter added something: report {code}",
        ),
        (_WROTE, _REPORT, _OPEN),
    ),
    "hold_ended": Wording(
        ("Laporan {code} berjalan lagi", "Report {code} goes on"),
        (
            (
                "Penundaan laporan {code} berakhir pada {on}. Lanjutkan dengan keterangan yang ada.",
                "The hold on report {code} ended on {on}. Please go on with what you have.",
            ),
            _RESPOND_BY,
            _REPORT,
            _OPEN,
        ),
    ),
    "returned": Wording(
        ("Laporan {code} dibuka kembali", "Report {code} was reopened"),
        (
            (
                "Koordinator membuka kembali laporan {code} untuk {agency}.",
                "The coordinator reopened report {code} for {agency}.",
            ),
            _RESPOND_BY,
            _REPORT,
            _OPEN,
        ),
    ),
    "directed": Wording(
        ("Petunjuk untuk laporan {code}", "An instruction on report {code}"),
        (
            (
                "Pada {on} ada petunjuk untuk laporan {code}. Pelapor juga dapat membacanya.",
                "On {on} an instruction was given on report {code}. The reporter can read it, too.",
            ),
            _RESPOND_BY,
            _REPORT,
            _OPEN,
        ),
    ),
}
