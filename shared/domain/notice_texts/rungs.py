"""A deadline that comes near or is missed, as all who stand above it read of it."""

from collections.abc import Mapping

from shared.domain.languages import Pair
from shared.domain.notice_texts.message import Wording

_REPORT: Pair = ("Laporan {code}: {title}", "Report {code}: {title}")
_OPEN: Pair = ("Buka laporan: {desk}", "Open the report: {desk}")


def rungs(what_to_do: Pair) -> Mapping[str, Wording]:
    """`what_to_do`: what the reader's office is asked for once a deadline is missed."""
    return {
        "reminder": Wording(
            ("Batas waktu laporan {code} mendekat", "Report {code}: the deadline comes near"),
            (
                (
                    "Batas waktu laporan {code} ({clock}) berakhir {due_day}.",
                    "The deadline of report {code} ({clock}) ends on {due_day}.",
                ),
                _REPORT,
                _OPEN,
            ),
        ),
        "late": Wording(
            ("Laporan {code} terlambat", "Report {code} is late"),
            (
                (
                    "{late_party} belum menanggapi laporan {code} sampai batas waktu {due_day} ({clock}).",
                    "{late_party} missed the deadline of report {code} on {due_day} ({clock}).",
                ),
                what_to_do,
                _REPORT,
                _OPEN,
            ),
        ),
    }
