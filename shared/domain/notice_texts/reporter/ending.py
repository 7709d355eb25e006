"""How a report ends, and how its reporter may come back."""

from collections.abc import Mapping

from shared.domain.languages import Pair
from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.reporter.common import OFFICER_WROTE, OMBUDSMAN, REVIEW

_ARCHIVED_SMS: tuple[Pair, ...] = (
    (
        "laporan {code} diarsipkan. Tidak setuju? Minta ditinjau ulang sampai {return_day:short}: {answer}",
        "report {code} was archived. You disagree? Ask for a review by {return_day:short}: {answer}",
    ),
    (
        "laporan {code} diarsipkan. Tinjau ulang? Sampai {return_day:short}: {answer}",
        "report {code} was archived. A review? By {return_day:short}: {answer}",
    ),
)
_ARCHIVED_FOR_GOOD_SMS: Pair = (
    "laporan {code} diarsipkan. Jalan lain yang masih ada: {link}",
    "report {code} was archived. Where else you can go: {link}",
)
_REVIEWED_ONCE: Pair = (
    "Peninjauan ulang hanya dapat diminta satu kali. Bila tidak setuju, berikutnya Ombudsman RI yang dapat memeriksa.",
    "A review can be asked for only once. If you disagree, it is the Ombudsman who can look into it next.",
)

TEXTS: Mapping[str, Wording] = {
    "closed": Wording(
        ("Laporan {code} ditutup", "Report {code} is closed"),
        (
            (
                "Laporan Anda ditutup: {outcome}. Bila ternyata belum selesai, Anda dapat mengajukan keberatan sampai {return_day}. Terima kasih sudah melapor.",
                "Your report is closed: {outcome}. If it turns out not to be solved, you can object until {return_day}. Thank you for reporting.",
            ),
            ("Ajukan keberatan di sini: {answer}", "Object here: {answer}"),
        ),
        (
            (
                "laporan {code} ditutup. Belum selesai? Ajukan keberatan sampai {return_day:short}: {answer}",
                "report {code} is closed. Not solved? You can object until {return_day:short}: {answer}",
            ),
            (
                "laporan {code} ditutup. Keberatan sampai {return_day:short}: {answer}",
                "report {code} is closed. Object until {return_day:short}: {answer}",
            ),
        ),
    ),
    "closed_for_good": Wording(
        ("Laporan {code} ditutup", "Report {code} is closed"),
        (
            (
                "Laporan Anda ditutup pada {on}: {outcome}. Keberatan sudah dua kali diajukan. Bila masih belum selesai, berikutnya Ombudsman RI yang dapat memeriksa. Terima kasih sudah melapor.",
                "Your report was closed on {on}: {outcome}. You have objected twice. If it is still not solved, it is the Ombudsman who can look into it next. Thank you for reporting.",
            ),
            OMBUDSMAN,
        ),
        (
            (
                "laporan {code} ditutup. Jalan lain yang masih ada: {link}",
                "report {code} is closed. Where else you can go: {link}",
            ),
        ),
    ),
    "archived": Wording(
        ("Laporan {code} diarsipkan", "Report {code} was archived"),
        (
            ("Laporan Anda diarsipkan: {reason}.", "Your report was archived: {reason}."),
            OFFICER_WROTE,
            REVIEW,
            ("Minta ditinjau ulang di sini: {answer}", "Ask for a review here: {answer}"),
        ),
        _ARCHIVED_SMS,
    ),
    "archived_unanswered": Wording(
        ("Laporan {code} diarsipkan", "Report {code} was archived"),
        (
            (
                "Laporan Anda diarsipkan: pertanyaan kami belum dijawab.",
                "Your report was archived: our question was not answered.",
            ),
            REVIEW,
            ("Minta ditinjau ulang di sini: {answer}", "Ask for a review here: {answer}"),
        ),
        _ARCHIVED_SMS,
    ),
    "archived_for_good": Wording(
        ("Laporan {code} diarsipkan", "Report {code} was archived"),
        (
            (
                "Laporan Anda diarsipkan pada {on}: pertanyaan kami belum dijawab.",
                "Your report was archived on {on}: our question was not answered.",
            ),
            _REVIEWED_ONCE,
            OMBUDSMAN,
        ),
        (_ARCHIVED_FOR_GOOD_SMS,),
    ),
    "appeal_rejected": Wording(
        ("Hasil peninjauan ulang laporan {code}", "The review of report {code}"),
        (
            (
                "Petugas lain sudah meninjau ulang laporan Anda pada {on}. Laporan tetap diarsipkan: {reason}.",
                "A different officer reviewed your report on {on}. It stays archived: {reason}.",
            ),
            OFFICER_WROTE,
            _REVIEWED_ONCE,
            OMBUDSMAN,
        ),
        (_ARCHIVED_FOR_GOOD_SMS,),
    ),
    "merged": Wording(
        ("Laporan {code} digabungkan", "Report {code} was merged"),
        (
            (
                "Laporan Anda digabungkan dengan laporan {into} pada {on}, karena tentang hal yang sama. Berikutnya tanggapan atas laporan {into} juga dikirim kepada Anda.",
                "Your report was merged into report {into} on {on}, because it is about the same thing. Next, what is answered to report {into} is sent to you, too.",
            ),
            OFFICER_WROTE,
            (
                'Bila bukan hal yang sama, pilih "Bukan hal yang sama" di halaman laporan Anda.',
                'If it is not the same, choose "Not the same" on your report page.',
            ),
        ),
        (
            (
                "laporan {code} digabungkan dengan {into}, karena tentang hal yang sama: {link}",
                "report {code} was merged into {into}, because it is about the same: {link}",
            ),
        ),
    ),
    "merged_closed": Wording(
        ("Kabar untuk laporan {code}", "News about report {code}"),
        (
            (
                "Laporan {target}, yang digabungkan dengan laporan Anda, berakhir pada {on}: {status}.",
                "Report {target}, which yours was merged into, ended on {on}: {status}.",
            ),
            (
                'Bila laporan Anda bukan tentang hal yang sama, pilih "Bukan hal yang sama" di halaman laporan Anda sampai {return_day}; petugas lalu memeriksanya tersendiri.',
                'If your report is not about the same thing, choose "Not the same" on your report page by {return_day}; an officer then checks it on its own.',
            ),
        ),
        (
            (
                "laporan {target}, gabungan laporan Anda {code}, sudah berakhir: {link}",
                "report {target}, which yours ({code}) was merged into, has ended: {link}",
            ),
        ),
    ),
}
