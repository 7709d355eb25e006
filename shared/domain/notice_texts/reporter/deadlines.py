"""Dates that come near, are moved or are missed."""

from collections.abc import Mapping

from shared.domain.languages import Pair
from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.reporter.common import (
    ANSWER_HERE,
    NOTHING_TO_DO,
    OFFICER_WROTE,
    OMBUDSMAN,
    TURN,
)

_FILE: Pair = (
    "Berkasnya sudah siap di halaman laporan dan hanya dikirim bila Anda setuju.",
    "The file is ready on your report page and is sent only if you agree.",
)
# Each rung tells of another office; without its name they would read as one message sent again.
_LATE_SMS: tuple[Pair, ...] = (
    (
        "batas waktu laporan {code} ({due_day:short}) terlewati. {offices} sudah kami beri tahu: {link}",
        "report {code} has missed its deadline ({due_day:short}). We informed {offices}: {link}",
    ),
    (
        "batas waktu laporan {code} ({due_day:short}) terlewati. Atasannya sudah kami beri tahu: {link}",
        "report {code} has missed its deadline ({due_day:short}). Its superiors were told: {link}",
    ),
)

TEXTS: Mapping[str, Wording] = {
    "extended": Wording(
        ("Batas waktu laporan {code} diperpanjang", "More time for report {code}"),
        (
            (
                "Koordinator memperpanjang batas waktu laporan Anda. {holder} sekarang wajib menanggapi paling lambat {deadline}. Perpanjangan hanya dapat diberikan satu kali.",
                "The coordinator has given more time for your report. {holder} must now respond by {deadline}. There can be no second extension.",
            ),
            OFFICER_WROTE,
        ),
        (
            (
                "batas waktu laporan {code} diperpanjang sampai {deadline:short}: {link}",
                "report {code} has more time, until {deadline:short}: {link}",
            ),
        ),
    ),
    "rescheduled": Wording(
        ("Tanggal untuk laporan {code} berubah", "A date of report {code} has moved"),
        (
            (
                "Kalender hari kerja berubah karena ada hari libur baru, sehingga tanggal untuk laporan Anda ikut berubah.",
                "A new holiday has changed the calendar of working days, and with it a date of your report.",
            ),
            TURN,
        ),
        (
            (
                "tanggal untuk laporan {code} berubah karena hari libur baru: {link}",
                "a date of report {code} has moved because of a new holiday: {link}",
            ),
        ),
    ),
    "about_to_close": Wording(
        ("Laporan {code} akan ditutup", "Report {code} is about to close"),
        (
            (
                "Laporan Anda akan ditutup pada {reporter_day} karena belum ada tanggapan dari Anda. Bila belum selesai, pilih Belum selesai sebelum itu. Laporan yang ditutup tanpa tanggapan tidak kami hitung sebagai selesai.",
                "Your report will close on {reporter_day} because we have not heard from you. If it is not solved, tell us before then. We never count a report closed without a reply as solved.",
            ),
            ANSWER_HERE,
        ),
        (
            (
                "laporan {code} akan ditutup pada {reporter_day:short}. Belum selesai? Beri tahu kami: {answer}",
                "report {code} will close on {reporter_day:short}. Not solved? Tell us: {answer}",
            ),
            (
                "laporan {code} ditutup {reporter_day:short}. Belum selesai? Jawab: {answer}",
                "report {code} closes on {reporter_day:short}. Not solved? Tell us: {answer}",
            ),
        ),
    ),
    "question_waiting": Wording(
        ("Laporan {code} menunggu jawaban Anda", "Report {code} waits for your answer"),
        (
            (
                "Pertanyaan kami tentang laporan Anda belum dijawab. Kami menunggu jawaban Anda sampai {completion_day}.",
                "Our question about your report is not answered yet. We wait for your answer until {completion_day}.",
            ),
            ANSWER_HERE,
        ),
        (
            (
                "laporan {code} menunggu jawaban Anda sampai {completion_day:short}: {answer}",
                "report {code} waits for your answer until {completion_day:short}: {answer}",
            ),
        ),
    ),
    "escalated": Wording(
        ("Batas waktu laporan {code} terlewati", "Report {code} has missed its deadline"),
        (
            (
                "{late_party} {missed} {due_day}. {told_on:first} {offices} sudah kami beri tahu; berikutnya {next_offices} pada {next_day}.",
                "{late_party} {missed} {due_day}. {told_on:first} we informed {offices}; next is {next_offices} on {next_day}.",
            ),
            NOTHING_TO_DO,
        ),
        _LATE_SMS,
    ),
    "escalated_last": Wording(
        ("Batas waktu laporan {code} terlewati", "Report {code} has missed its deadline"),
        (
            (
                "{late_party} {missed} {due_day}. {told_on:first} {offices} sudah kami beri tahu dan wajib menindaklanjutinya.",
                "{late_party} {missed} {due_day}. {told_on:first} we informed {offices}, who must see to it.",
            ),
            NOTHING_TO_DO,
        ),
        _LATE_SMS,
    ),
    "legal_over": Wording(
        (
            "Batas waktu laporan {code} sudah lewat",
            "The legal deadline of report {code} has passed",
        ),
        (
            (
                "Batas waktu menurut {basis} sudah lewat pada {due_day}. {told_on:first} {offices} sudah kami beri tahu.",
                "The deadline under {basis} passed on {due_day}. {told_on:first} we informed {offices}.",
            ),
            OMBUDSMAN,
            _FILE,
        ),
        (
            (
                "batas waktu laporan {code} menurut aturan sudah lewat. Berkas untuk Ombudsman RI sudah siap: {link}",
                "the legal deadline of report {code} has passed. The file for the Ombudsman is ready: {link}",
            ),
        ),
    ),
    "oversight_offered": Wording(
        ("Keberatan kedua atas laporan {code}", "Second objection on report {code}"),
        (
            (
                "Keberatan Anda yang kedua sudah kami terima pada {on}.",
                "We received your second objection on {on}.",
            ),
            TURN,
            OMBUDSMAN,
            _FILE,
        ),
        (
            (
                "keberatan kedua atas laporan {code} diterima. Berkas untuk Ombudsman RI sudah siap: {link}",
                "your second objection on report {code} has arrived. The file for the Ombudsman is ready: {link}",
            ),
        ),
    ),
}
