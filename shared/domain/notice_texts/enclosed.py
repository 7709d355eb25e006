"""That files go with what somebody wrote: how many, and where to see them. No mail carries any."""

from shared.domain.file_visibility import named_files
from shared.domain.languages import Pair
from shared.domain.notice import Audience
from shared.domain.notice_texts.telling import Telling
from shared.domain.statuses import AnswerKind

PROOF: Pair = (
    "Sebagai bukti disertakan {files}; lihat di halaman laporan: {link}",
    "It comes with {files} as proof; see them on the report's page: {link}",
)
WITH_ANSWER: Pair = (
    "Tanggapan ini disertai {files}; lihat di halaman laporan: {link}",
    "It comes with {files}; see them on the report's page: {link}",
)
FROM_REPORTER: Pair = ("Pelapor menyertakan {files}.", "The reporter added {files}.")


def enclosed(telling: Telling) -> tuple[Pair, ...]:
    """Nothing to whoever follows another report: the files are on the page of that one."""
    notice, event = telling.notice, telling.event
    if event is None or not named_files(event):
        return ()
    if notice.audience is not Audience.REPORTER:
        return () if telling.is_confidential else (FROM_REPORTER,)
    if notice.unit:
        return ()
    return (PROOF if event.facts.get("outcome") == AnswerKind.SOLVED else WITH_ANSWER,)
