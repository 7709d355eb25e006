"""What officers of every audience read in place of all else about a confidential report."""

from shared.domain.notice_texts.message import Wording

CONFIDENTIAL = Wording(
    ("Laporan {code}", "Report {code}"),
    (
        (
            "Ada yang perlu Anda lihat pada laporan {code}: {desk}",
            "There is something for you to see on report {code}: {desk}",
        ),
    ),
)
