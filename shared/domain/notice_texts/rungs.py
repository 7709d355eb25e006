"""A deadline that comes near or is missed, as all who stand above it read of it."""

from collections.abc import Mapping

from shared.domain.languages import Pair
from shared.domain.notice_texts.message import Wording

_REPORT: Pair = ("Laporan {code}: {title}", "Report {code}: {title}")
_OPEN: Pair = ("Buka laporan: {desk}", "Open the report: {desk}")


# In place of "late": the same rung sent it on, so there is nothing left to decide.
UNCHECKED = Wording(
    ("Laporan {code} diteruskan tanpa verifikasi", "Report {code} went on unverified"),
    (
        (
            "Petugas verifikasi tidak memeriksa laporan {code} tepat waktu. Pada {on} sistem meneruskannya ke {holder}.",
            "The verification officers did not check report {code} in time. On {on} the system passed it to {holder}.",
        ),
        _REPORT,
        _OPEN,
    ),
)


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
                    "Laporan {code}: {late_party} {missed} {due_day} ({clock}).",
                    "Report {code}: {late_party} {missed} {due_day} ({clock}).",
                ),
                what_to_do,
                _REPORT,
                _OPEN,
            ),
        ),
    }
