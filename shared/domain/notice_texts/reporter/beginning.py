"""From filing to the agency that has to respond."""

from collections.abc import Mapping

from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.reporter.common import (
    NOTHING_TO_DO,
    OFFICER_WROTE,
    TURN,
)

TEXTS: Mapping[str, Wording] = {
    "received": Wording(
        ("Laporan {code} sudah kami terima", "We have received report {code}"),
        (
            ("Laporan Anda sudah kami terima.", "We have received your report."),
            ("{first_step}", "{first_step}"),
            (
                "Nama dan kontak Anda tidak ditampilkan kepada umum.",
                "Your name and contact are never shown to the public.",
            ),
        ),
        (
            (
                "laporan {code} sudah kami terima. {first_step} {link}",
                "we have received report {code}. {first_step} {link}",
            ),
            (
                "laporan {code} sudah kami terima: {link}",
                "we have received report {code}: {link}",
            ),
        ),
    ),
    "received_on_behalf": Wording(
        ("Laporan {code} dicatat atas nama Anda", "Report {code} was filed for you"),
        (
            (
                "Petugas mencatat laporan ini atas nama Anda pada {on}. Bila bukan Anda yang menyampaikannya, cabut laporan di halamannya.",
                "An officer filed this report for you on {on}. If it is not yours, withdraw it on its page.",
            ),
            TURN,
        ),
        (
            (
                "petugas mencatat laporan {code} atas nama Anda. Bukan dari Anda? Cabut di sini: {link}",
                "an officer filed report {code} for you. Not yours? Withdraw it here: {link}",
            ),
        ),
    ),
    "classified": Wording(
        ("Penggolongan laporan {code} diperbaiki", "Report {code} was reclassified"),
        (
            (
                "Petugas memperbaiki penggolongan laporan Anda pada {on}. Rinciannya ada di halaman laporan.",
                "On {on} an officer corrected how your report is classified. Your report page shows the details.",
            ),
            OFFICER_WROTE,
            TURN,
        ),
        (
            (
                "penggolongan laporan {code} diperbaiki petugas: {link}",
                "an officer corrected how report {code} is classified: {link}",
            ),
        ),
    ),
    "routed": Wording(
        ("Laporan {code} diteruskan ke {agency:short}", "Report {code} has gone to {agency:short}"),
        (
            (
                "Laporan Anda diteruskan ke {agency}, yang wajib menanggapi paling lambat {deadline}. Bila terlambat, atasannya otomatis diberi tahu; Anda tidak perlu melapor lagi.",
                "Your report has gone to {agency}, which must respond by {deadline}. If it is late, its superiors are told automatically; you need not report again.",
            ),
        ),
        (
            (
                "laporan {code} diteruskan ke {agency:short}, yang menanggapi paling lambat {deadline:short}: {link}",
                "report {code} has gone to {agency:short}, which must respond by {deadline:short}: {link}",
            ),
            (
                "laporan {code} diteruskan, ditanggapi paling lambat {deadline:short}: {link}",
                "report {code} was passed on, response by {deadline:short}: {link}",
            ),
        ),
    ),
    "appeal_upheld": Wording(
        ("Laporan {code} diproses kembali", "Report {code} is taken up again"),
        (
            (
                "Petugas lain sudah meninjau ulang laporan Anda. Laporan diteruskan ke {agency}, yang wajib menanggapi paling lambat {deadline}. Bila terlambat, atasannya otomatis diberi tahu.",
                "A different officer has reviewed your report. It has gone to {agency}, which must respond by {deadline}. If it is late, its superiors are told automatically.",
            ),
        ),
        (
            (
                "laporan {code} diproses kembali oleh {agency:short}, ditanggapi paling lambat {deadline:short}: {link}",
                "report {code} is taken up again by {agency:short}, response by {deadline:short}: {link}",
            ),
            (
                "laporan {code} diproses kembali, ditanggapi paling lambat {deadline:short}: {link}",
                "report {code} is taken up again, response by {deadline:short}: {link}",
            ),
        ),
    ),
    "passed_on": Wording(
        ("Apresiasi {code} sudah disampaikan", "Your praise {code} was passed on"),
        (
            (
                "Apresiasi Anda disampaikan ke {agency} pada {on}. Terima kasih.",
                "Your praise was passed on to {agency} on {on}. Thank you.",
            ),
            NOTHING_TO_DO,
        ),
        (
            (
                "apresiasi {code} sudah disampaikan ke {agency:short}. Terima kasih. {link}",
                "praise {code} was passed on to {agency:short}. Thank you. {link}",
            ),
            (
                "apresiasi {code} sudah disampaikan. Terima kasih. {link}",
                "praise {code} was passed on. Thank you. {link}",
            ),
        ),
    ),
    "referred": Wording(
        ("Laporan {code} diteruskan ke lembaga lain", "Report {code} was passed on"),
        (
            (
                "Laporan Anda diteruskan ke {body} pada {on}, karena lembaga itu yang berwenang. Berikutnya {body} menanganinya. Kontaknya: {contact}.",
                "Your report was passed on to {body} on {on}, because that body is responsible. Next, {body} deals with it. Its contact: {contact}.",
            ),
            OFFICER_WROTE,
        ),
        (
            (
                "laporan {code} diteruskan ke lembaga lain yang berwenang. Kontaknya: {link}",
                "report {code} was passed on to another responsible body. Its contact: {link}",
            ),
        ),
    ),
}
