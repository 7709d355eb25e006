"""What the inspectorate reads."""

from collections.abc import Mapping

from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.rungs import rungs

TEXTS: Mapping[str, Wording] = rungs(
    (
        "Mohon diperiksa mengapa belum ada tanggapan. Pelapor tahu bahwa Anda diberi tahu hari ini.",
        "Please look into why there is no response. The reporter knows that you were told today.",
    )
)
