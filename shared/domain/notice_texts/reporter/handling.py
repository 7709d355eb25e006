"""While an agency works on it: questions, moves, plans, answers."""

from collections.abc import Mapping

from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.reporter.common import (
    ANSWER_HERE,
    MOVED_SMS,
    NOTHING_TO_DO,
    OFFICER_WROTE,
    TURN,
)

_QUESTION_SMS = (
    (
        "ada pertanyaan tentang laporan {code}. Jawab paling lambat {completion_day:short}: {answer}",
        "there is a question about report {code}. Answer by {completion_day:short}: {answer}",
    ),
    (
        "ada pertanyaan, laporan {code}. Jawab sampai {completion_day:short}: {answer}",
        "a question about report {code}. Answer by {completion_day:short}: {answer}",
    ),
)
_IS_IT_SOLVED = (
    "Apakah masalahnya sudah selesai? [Sudah selesai] [Belum, tapi saya terima penjelasannya] [Belum selesai] Kami menunggu sampai {reporter_day}.",
    "Is the problem solved? [Solved] [Not solved, but I accept the explanation] [Not solved] We wait until {reporter_day}.",
)

_ANSWERED = ("Laporan {code} sudah ditanggapi", "Report {code} was answered")
_ANSWERED_SMS = (
    (
        "laporan {code} sudah dijawab. Sudah selesai? Beri tahu kami sebelum {reporter_day:short}: {answer}",
        "report {code} was answered. Solved? Tell us before {reporter_day:short}: {answer}",
    ),
    (
        "laporan {code} dijawab. Selesai? Jawab sebelum {reporter_day:short}: {answer}",
        "report {code} answered. Solved? Reply before {reporter_day:short}: {answer}",
    ),
)

TEXTS: Mapping[str, Wording] = {
    "question": Wording(
        ("Pertanyaan tentang laporan {code}", "A question about report {code}"),
        (
            (
                'Petugas verifikasi membutuhkan keterangan Anda: "{text}" Mohon dijawab paling lambat {completion_day}. Tanpa jawaban, laporan diarsipkan, dan Anda tetap dapat minta ditinjau ulang.',
                'The verification officers need more information: "{text}" Please answer by {completion_day}. Without it the report is archived; you may still ask for a review.',
            ),
            ANSWER_HERE,
        ),
        _QUESTION_SMS,
    ),
    "agency_question": Wording(
        ("Pertanyaan tentang laporan {code}", "A question about report {code}"),
        (
            (
                '{agency} membutuhkan keterangan Anda: "{text}" Mohon dijawab paling lambat {completion_day}. Tanpa jawaban, laporan tetap dilanjutkan dengan keterangan yang ada.',
                '{agency} needs more information: "{text}" Please answer by {completion_day}. Without it we continue with what we have.',
            ),
            ANSWER_HERE,
        ),
        (
            (
                "{agency:short} bertanya tentang laporan {code}. Jawab paling lambat {completion_day:short}: {answer}",
                "{agency:short} has a question about report {code}. Answer by {completion_day:short}: {answer}",
            ),
            *_QUESTION_SMS,
        ),
    ),
    "forwarded": Wording(
        ("Laporan {code} dialihkan ke {agency:short}", "Report {code} has moved to {agency:short}"),
        (
            (
                "{giver} mengalihkan laporan Anda ke {agency}, yang wajib menanggapi paling lambat {deadline}. Pengalihan tidak mengundurkan batas waktu.",
                "{giver} has passed your report to {agency}, which must respond by {deadline}. The move does not put off the deadline.",
            ),
            ('Alasan {giver}: "{text}"', 'The reason {giver} gives: "{text}"'),
        ),
        MOVED_SMS,
    ),
    "reassigned": Wording(
        ("Laporan {code} dialihkan ke {agency:short}", "Report {code} has moved to {agency:short}"),
        (
            (
                "Koordinator menyerahkan laporan Anda ke {agency}, yang wajib menanggapi paling lambat {deadline}.",
                "The coordinator has put {agency} in charge of your report. It must respond by {deadline}.",
            ),
            OFFICER_WROTE,
        ),
        MOVED_SMS,
    ),
    "planned": Wording(
        ("Rencana untuk laporan {code}", "A plan for report {code}"),
        (
            (
                '{agency} merencanakan tindakan untuk laporan Anda: "{text}" Janjinya selesai paling lambat {plan_day}. Bila terlambat, atasannya otomatis diberi tahu.',
                '{agency} plans to act on your report: "{text}" It promises to be done by {plan_day}. If it is late, its superiors are told automatically.',
            ),
            NOTHING_TO_DO,
        ),
        (
            (
                "{agency:short} berjanji menangani laporan {code} paling lambat {plan_day:short}: {link}",
                "{agency:short} promises to act on report {code} by {plan_day:short}: {link}",
            ),
            (
                "ada janji untuk laporan {code}, paling lambat {plan_day:short}: {link}",
                "there is a promise for report {code}, by {plan_day:short}: {link}",
            ),
        ),
    ),
    "answered": Wording(
        _ANSWERED,
        (
            (
                '{agency} sudah menanggapi laporan Anda: "{text}"',
                '{agency} has responded: "{text}"',
            ),
            _IS_IT_SOLVED,
            ANSWER_HERE,
        ),
        _ANSWERED_SMS,
    ),
    "answered_on_behalf": Wording(
        _ANSWERED,
        (
            (
                '{agency} sudah menanggapi laporan Anda di atas kertas; petugas loket mencatatnya atas nama instansi itu: "{text}"',
                '{agency} has responded on paper; an officer at the counter entered it on its behalf: "{text}"',
            ),
            _IS_IT_SOLVED,
            ANSWER_HERE,
        ),
        _ANSWERED_SMS,
    ),
    "reopened": Wording(
        ("Laporan {code} dibuka kembali", "Report {code} was reopened"),
        (
            (
                "Koordinator membuka kembali laporan Anda pada {on}.",
                "The coordinator reopened your report on {on}.",
            ),
            OFFICER_WROTE,
            TURN,
        ),
        (
            (
                "laporan {code} dibuka kembali oleh koordinator: {link}",
                "the coordinator reopened report {code}: {link}",
            ),
        ),
    ),
    "merged_answered": Wording(
        ("Tanggapan untuk laporan {code}", "An answer to report {code}"),
        (
            (
                '{agency} menanggapi laporan {target} pada {on}; laporan Anda digabungkan dengannya: "{text}"',
                'On {on} {agency} responded to report {target}, which yours was merged into: "{text}"',
            ),
            (
                'Bila laporan Anda bukan tentang hal yang sama, pilih "Bukan hal yang sama" di halaman laporan Anda. Selain itu, Anda tidak perlu berbuat apa-apa; berikutnya pelapor {target} menyatakan apakah masalahnya selesai.',
                'If your report is not about the same thing, choose "Not the same" on your report page. Otherwise you need do nothing; next, the reporter of {target} says whether the problem is solved.',
            ),
        ),
        (
            (
                "laporan {target}, gabungan laporan Anda {code}, sudah dijawab: {link}",
                "report {target}, which yours ({code}) was merged into, was answered: {link}",
            ),
        ),
    ),
}
