"""How the scoreboard is counted, as people read it: Bahasa Indonesia, English."""

from collections.abc import Mapping

from shared.domain.languages import Pair, of_pair
from shared.domain.scoreboard.reading import By

PRINCIPLES: tuple[Pair, ...] = (
    (
        (
            "Yang dihitung adalah tenggat tanggapan yang jatuh pada hari-hari yang dipilih dan "
            "sudah lewat. Tenggat hari ini belum dihitung, karena masih dapat dipenuhi."
        ),
        (
            "What counts are response deadlines that fell on the chosen days and are over. "
            "Today's deadlines do not count yet, for they may still be kept."
        ),
    ),
    (
        "Hari jatuh tempo itu sendiri masih tepat waktu.",
        "The due day itself is still on time.",
    ),
    (
        (
            "Lama selalu dalam hari kerja, tanpa hari-hari ketika waktu dihentikan karena "
            "menunggu keterangan pelapor. Di bawah 20 hari lamanya tepat; selebihnya dibulatkan "
            "ke atas, paling banyak sepersepuluh."
        ),
        (
            "Times are always working days, without those on which the clock stood because the "
            "reporter was asked something. Under 20 days they are exact; longer ones are rounded "
            "up by at most one tenth."
        ),
    ),
    (
        (
            "Yang belum dijawab ikut dihitung dengan umurnya sekarang, supaya diam tidak terlihat "
            "lebih cepat daripada menjawab."
        ),
        (
            "What is still unanswered counts at its present age, so that silence never looks "
            "faster than an answer."
        ),
    ),
    (
        (
            "Tenggat dihitung pada instansi yang memegang laporan ketika tenggat itu berakhir. "
            "Selama koordinator memutuskan, tenggat tidak dihitung pada instansi mana pun."
        ),
        (
            "A deadline counts for the agency that had the report when it ended. While the "
            "coordinator decides, it counts for no agency."
        ),
    ),
    (
        (
            "Laporan yang dicabut, diteruskan atau digabungkan sebelum jatuh tempo bukan tepat "
            "waktu dan bukan terlambat; hanya akhirnya yang dihitung."
        ),
        (
            "A report withdrawn, passed on or merged before it fell due is neither on time nor "
            "late; only how it ended is counted."
        ),
    ),
    (
        "Laporan yang ditutup tanpa tanggapan pelapor tidak dihitung sebagai selesai.",
        "A report closed without a reply from its reporter is never counted as solved.",
    ),
    (
        "Peringkat baru diberikan mulai 10 laporan.",
        "There is no rank under 10 reports.",
    ),
    (
        (
            "Laporan rahasia dan berkadar pengawasan hanya dihitung untuk bulan yang utuh dan "
            "sudah lewat, dan hanya bila ada paling sedikit tiga. Bila kurang, angkanya tidak "
            "ditampilkan dan tidak masuk jumlah; begitu pula bila satu instansi dirinci lagi."
        ),
        (
            "Secret reports and those about officials are counted only for whole months that are "
            "over, and only where there are at least three. Fewer are left out of every number and "
            "sum; and so are all of them where one agency is broken down further."
        ),
    ),
)

COLUMNS: Mapping[str, Pair] = {
    "rank": ("Peringkat menurut bagian yang tepat waktu.", "Rank by the share on time."),
    "due": ("Tenggat tanggapan yang jatuh tempo.", "Response deadlines that fell due."),
    "on_time": (
        "Dijawab, atau dijanjikan dengan tanggal, paling lambat pada hari jatuh tempo.",
        "Answered, or promised for a day, on the due day at the latest.",
    ),
    "late": ("Dijawab setelah jatuh tempo.", "Answered after the due day."),
    "unanswered": (
        "Tidak dijawab: masih terbuka, atau berakhir setelah jatuh tempo tanpa jawaban.",
        "Not answered: still open, or ended after the due day without an answer.",
    ),
    "median_days": (
        "Separuh tenggat selesai dalam hari kerja sebanyak ini.",
        "Half of the deadlines were done within so many working days.",
    ),
    "p90_days": (
        "Sembilan dari sepuluh tenggat selesai dalam hari kerja sebanyak ini.",
        "Nine in ten deadlines were done within so many working days.",
    ),
    "confirmed_solved": (
        "Menurut pelapor masalahnya selesai.",
        "The reporter said that it is solved.",
    ),
    "confirmed_unsolved": (
        "Pelapor menerima penjelasan; masalahnya belum selesai.",
        "The reporter accepted the explanation; it is not solved.",
    ),
    "no_reply": ("Ditutup tanpa tanggapan pelapor.", "Closed without a reply from the reporter."),
    "objected": (
        "Pelapor keberatan setelah laporan ditutup.",
        "The reporter objected after the report was closed.",
    ),
    "withdrawn": ("Dicabut oleh pelapor.", "Withdrawn by the reporter."),
    "referred": (
        "Diteruskan ke lembaga di luar wilayah ini.",
        "Passed on to a body outside this region.",
    ),
    "merged": ("Digabungkan dengan laporan lain.", "Merged with another report."),
    "archived": ("Diarsipkan.", "Archived."),
    "promises_due": (
        "Janji instansi yang harinya sudah lewat.",
        "Promises of the agency whose day is over.",
    ),
    "promises_kept": (
        "Janji yang ditepati: dijawab paling lambat pada hari yang dijanjikan.",
        "Promises kept: answered on the promised day at the latest.",
    ),
    "extended": (
        "Tenggat yang diperpanjang atas dasar hukum.",
        "Deadlines extended on a legal basis.",
    ),
    "forwarded_out": (
        "Berpindah ke instansi lain sebelum dijawab; penggabungan instansi tidak dihitung.",
        "Went to another agency before it was answered; reorganisations do not count.",
    ),
    "held_days": (
        "Hari kerja laporan berada di tangan instansi, tanpa hari penerimaan.",
        "Working days the reports were in the agency's hands, without the day of receiving.",
    ),
    "overdue_now": (
        "Lewat jatuh tempo dan sekarang masih belum dijawab.",
        "Past the due day and still unanswered now.",
    ),
    "satisfaction": (
        "Rata-rata penilaian pelapor, 1 sampai 5.",
        "The reporters' ratings on average, 1 to 5.",
    ),
    "satisfaction_n": ("Banyaknya penilaian.", "How many ratings there are."),
}

KINDS: Mapping[str, Pair] = {
    "complaint": ("Pengaduan", "Complaint"),
    "aspiration": ("Aspirasi", "Aspiration"),
    "information_request": ("Permintaan informasi", "Information request"),
    "appreciation": ("Apresiasi", "Appreciation"),
}

_NONE: Mapping[By, Pair] = {
    By.AGENCY: ("Menunggu keputusan koordinator", "Awaiting the coordinator's decision"),
    By.CATEGORY: ("Tanpa kategori", "No category"),
    By.AREA: ("Tanpa wilayah atau di luar wilayah", "No area, or outside the region"),
}


def name_of_none(by: By, language: str) -> str:
    """What the group of reports without such a thing is called."""
    return of_pair(_NONE[by], language)
