"""Who looked at the reporter's identity, and the receipt."""

from collections.abc import Mapping

from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.reporter.common import TURN

TEXTS: Mapping[str, Wording] = {
    "identity_seen": Wording(
        (
            "Identitas Anda dilihat petugas (laporan {code})",
            "An officer saw who you are (report {code})",
        ),
        (
            (
                '{seen_by} melihat nama dan kontak Anda pada {on}. Alasannya: "{text}"',
                '{seen_by} looked at your name and contact on {on}, for this reason: "{text}"',
            ),
            (
                "Setiap kali identitas Anda dilihat, Anda kami beri tahu.",
                "We tell you each time somebody does.",
            ),
            TURN,
        ),
        (
            (
                "petugas melihat identitas Anda (laporan {code}) pada {on:short}. Alasannya: {link}",
                "an officer saw who you are (report {code}) on {on:short}. The reason: {link}",
            ),
        ),
    ),
    "receipt_renewed": Wording(
        ("Kunci laporan {code} diganti", "The key of report {code} was replaced"),
        (
            (
                "Kunci laporan Anda diganti pada {on}; kunci yang lama tidak berlaku lagi. Bila bukan Anda yang menggantinya, segera minta kunci baru di halaman laporan.",
                "Your report key was replaced on {on}; the old one no longer works. If it was not you, ask for a new key on your report page at once.",
            ),
            TURN,
        ),
        (
            (
                "kunci laporan {code} diganti pada {on:short}. Bukan Anda? Minta kunci baru: {link}",
                "the key of report {code} was replaced on {on:short}. Not you? Ask for a new one: {link}",
            ),
        ),
    ),
    "one_time_code": Wording(
        ("Kode sekali pakai untuk laporan {code}", "One-time code for report {code}"),
        (
            (
                "Kode sekali pakai Anda: {one_time_code}",
                "Your one-time code: {one_time_code}",
            ),
            (
                "Berikutnya, ketik kode itu di halaman laporan sampai {until} untuk mendapat kunci baru. Jangan berikan kepada siapa pun. Bila bukan Anda yang memintanya, abaikan surel ini; kunci Anda tetap berlaku.",
                "Next, type it on your report page until {until} to get a new key. Do not give it to anybody. If it was not you who asked, ignore this mail; your key still works.",
            ),
        ),
        (
            (
                "kode sekali pakai {one_time_code} untuk laporan {code}, berlaku 30 menit. Jangan berikan kepada siapa pun.",
                "one-time code {one_time_code} for report {code}, good for 30 minutes. Do not give it to anybody.",
            ),
        ),
    ),
}
