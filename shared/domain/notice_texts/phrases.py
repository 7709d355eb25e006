"""Words that stand in the blanks of texts for every audience."""

from collections.abc import Mapping

from shared.domain.languages import Pair
from shared.domain.statuses import WITH_AGENCY, ArchiveReason, Outcome, Role, Status

AND: Pair = (" dan ", " and ")
COORDINATOR: Pair = ("koordinator pengaduan {region}", "the complaints coordinator of {region}")
VERIFIERS: Pair = ("petugas verifikasi", "the verification officers")

SEEN_BY: Mapping[Role, Pair] = {
    Role.VERIFIER: ("Petugas verifikasi", "A verification officer"),
    Role.OVERSIGHT: ("Petugas pengawas", "An oversight officer"),
}

CLOCKS: Mapping[str, Pair] = {
    "verification": ("verifikasi", "verification"),
    "decision": ("keputusan koordinator", "the coordinator's decision"),
    "response": ("tanggapan instansi", "the agency's response"),
    "promise": ("janji instansi", "the agency's promise"),
    "legal": ("menurut peraturan", "under the regulation"),
}

TODAY: Pair = ("hari ini", "today")
ON_THE_DAY: Pair = ("pada {on}", "on {on}")

# Before the day; a broken promise is no silence.
MISSED: Mapping[str, Pair] = {
    "verification": ("belum memeriksa laporan sampai batas waktu", "missed the deadline of"),
    "decision": ("belum menentukan instansinya sampai batas waktu", "missed the deadline of"),
    "response": ("belum menanggapi sampai batas waktu", "missed the deadline of"),
    "promise": ("belum menepati janjinya sampai", "did not keep its promise by"),
    "legal": ("belum menyelesaikan laporan sampai batas waktu", "missed the deadline of"),
}

OUTCOMES: Mapping[Outcome, Pair] = {
    Outcome.SOLVED: ("masalahnya sudah selesai", "the problem is solved"),
    Outcome.ACCEPTED: (
        "masalahnya belum selesai, tetapi Anda menerima penjelasannya",
        "the problem is not solved, but you accepted the explanation",
    ),
    Outcome.NO_REPLY: (
        "tidak ada tanggapan dari Anda, jadi tidak kami hitung sebagai selesai",
        "we did not hear from you, so we do not count it as solved",
    ),
    Outcome.WITHDRAWN: ("dicabut oleh Anda", "you withdrew it"),
}

ARCHIVE_REASONS: Mapping[ArchiveReason, Pair] = {
    ArchiveReason.INCOMPLETE: ("keterangannya belum lengkap", "it lacks needed information"),
    ArchiveReason.NOT_PUBLIC_SERVICE: (
        "isinya bukan tentang pelayanan publik",
        "it is not about a public service",
    ),
    ArchiveReason.ABUSIVE: ("isinya tidak pantas", "its wording is abusive"),
    ArchiveReason.TEST: ("laporan ini hanya percobaan", "it was only a test"),
}

ONE_FILE: Pair = ("1 berkas", "1 file")
FILES: Pair = ("{number} berkas", "{number} files")
CHECKING: Pair = (
    "Petugas memeriksa laporan paling lambat {verification_day}, lalu meneruskannya ke instansi yang berwenang.",
    "We check your report by {verification_day}, then pass it to the responsible agency.",
)
TURNS: Mapping[Status, Pair] = {
    Status.SUBMITTED: (
        "Berikutnya petugas memeriksa laporan Anda, paling lambat {verification_day}.",
        "Next, an officer checks your report by {verification_day}.",
    ),
    Status.CONTESTED: (
        "Berikutnya {coordinator} menentukan instansinya, paling lambat {decision_day}.",
        "Next, {coordinator} decides which agency is responsible by {decision_day}.",
    ),
    Status.ON_HOLD: (
        "Berikutnya Anda menjawab pertanyaan di halaman laporan, paling lambat {completion_day}.",
        "Next, please answer the question on your report page by {completion_day}.",
    ),
    **dict.fromkeys(
        WITH_AGENCY,
        (
            "Berikutnya {holder} menanggapi, paling lambat {deadline}.",
            "Next, {holder} must respond by {deadline}.",
        ),
    ),
    Status.ANSWERED: (
        "Berikutnya Anda memberi tahu kami apakah masalahnya selesai, sampai {reporter_day}.",
        "Next, please tell us by {reporter_day} whether the problem is solved.",
    ),
    Status.REFERRED: ("Berikutnya {body} menanganinya.", "Next, {body} deals with it."),
    Status.CLOSED: ("Laporan ini sudah ditutup.", "This report is closed."),
    Status.ARCHIVED: ("Laporan ini sudah diarsipkan.", "This report is archived."),
    Status.MERGED: ("Berikutnya ikuti laporan {into}.", "Next, please follow report {into}."),
}
