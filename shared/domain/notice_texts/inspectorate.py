"""What the inspectorate reads."""

from collections.abc import Mapping

from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.rungs import UNCHECKED, rungs

TEXTS: Mapping[str, Wording] = {
    **rungs(
        (
            "Mohon diperiksa mengapa terlambat. Pelapor tahu bahwa Anda diberi tahu {told_on}.",
            "Please look into why it is late. The reporter knows that you were told {told_on}.",
        )
    ),
    "routed_unchecked": UNCHECKED,
}
