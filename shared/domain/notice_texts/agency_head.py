"""What the head of an agency reads."""

from collections.abc import Mapping

from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.rungs import rungs

TEXTS: Mapping[str, Wording] = rungs(
    (
        "Mohon pastikan instansi Anda menanggapi. Pelapor tahu bahwa Anda diberi tahu {told_on}.",
        "Please see to it that your agency responds. The reporter knows that you were told {told_on}.",
    )
)
