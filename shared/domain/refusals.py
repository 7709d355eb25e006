"""What the rules answer when they say no: a stable code and the sentence a person needs."""

from shared.domain.languages import Pair

# The codes are public: programs rely on them.
SENTENCES: dict[str, Pair] = {
    "wrong-status": (
        "Tindakan ini tidak dapat dilakukan pada status laporan saat ini.",
        "This cannot be done while the report is in its present status.",
    ),
    "unknown-agency": (
        "Instansi tidak dikenal di wilayah ini; pilih dari direktori.",
        "The agency is not in this region's directory; choose one from it.",
    ),
    "agency-replaced": (
        "Instansi itu sudah digantikan instansi lain; pilih penggantinya.",
        "Another agency has taken the place of that one; choose its successor.",
    ),
    "unknown-body": (
        "Lembaga luar tidak dikenal; pilih dari direktori.",
        "The outside body is not in the directory; choose one from it.",
    ),
    "unknown-category": (
        "Kategori tidak dikenal; pilih dari direktori.",
        "The category is not in the directory; choose one from it.",
    ),
    "unknown-officer": (
        "Petugas tidak terdaftar pada instansi ini.",
        "The officer is not registered with this agency.",
    ),
    "unknown-cause": (
        "Sebutkan aturan atau penyebab dari daftar.",
        "Name a rule or cause from the list.",
    ),
    "unknown-report": (
        "Laporan tujuan tidak ditemukan.",
        "The other report was not found.",
    ),
    "unknown-text": (
        "Bagian teks yang ditunjuk tidak ada.",
        "There is no such part of the text.",
    ),
    "unknown-attachment": (
        "Lampiran tidak dikenal, ditolak, atau bukan milik Anda; unggah lagi dan pakai id barunya.",
        "The attachment is unknown, was refused or is not yours; upload it again, use its new id.",
    ),
    "named-attachment": (
        "Riwayat laporan sudah menyebut lampiran ini; minta petugas menyembunyikannya dari umum.",
        "The report's history names this attachment; ask an officer to hide it from the public.",
    ),
    "type-not-accepted": (
        "Jenis berkas ini tidak diterima; kirim foto (JPEG, PNG, WebP, HEIC), PDF, atau video MP4.",
        "Send a photo (JPEG, PNG, WebP, HEIC), a PDF or an MP4 video; no other files are accepted.",
    ),
    "file-too-large": (
        "Berkas terlalu besar; perkecil fotonya atau potong videonya.",
        "The file is too large; make the photo smaller or the video shorter.",
    ),
    "too-many-files": (
        "Jumlah berkas untuk laporan ini sudah penuh; pilih yang paling jelas.",
        "This report has all the files it may have; choose the clearest ones.",
    ),
    "files-too-large-together": (
        "Semua berkas bersama-sama terlalu besar; perkecil fotonya atau kirim lebih sedikit.",
        "The files are too large together; make the photos smaller or send fewer.",
    ),
    "no-place-found": (
        "Foto ini tidak memuat tempat; tuliskan tempatnya.",
        "This photo holds no place; describe the place in words.",
    ),
    "place-known": (
        "Titik lokasi laporan ini sudah tercatat.",
        "The report's position is on record already.",
    ),
    "region-of-picture": (
        "Bagian hanya dapat ditutup pada foto; sembunyikan seluruh berkasnya.",
        "Only of a photo can a region be covered; hide the whole file.",
    ),
    "empty-region": (
        "Bagian yang ditutup harus mempunyai lebar dan tinggi.",
        "The region to cover needs a width and a height.",
    ),
    "same-agency": (
        "Laporan sudah berada di instansi tersebut.",
        "The report is already with that agency.",
    ),
    "handler-only": (
        "Laporan berkadar pengawasan hanya dapat dipegang unit pengawas yang tidak dilaporkan.",
        "A supervisory report may only be held by an oversight unit that is not accused.",
    ),
    "coordinator-decided": (
        "Koordinator sudah menetapkan instansi; laporan tidak dapat diteruskan lagi.",
        "The coordinator has decided; the report cannot be forwarded again.",
    ),
    "held-already": (
        "Instansi hanya dapat menunda satu kali untuk setiap laporan.",
        "An agency may put a report on hold only once.",
    ),
    "after-due": (
        "Batas waktu sudah lewat.",
        "The deadline has already passed.",
    ),
    "not-your-hold": (
        "Hanya pihak yang menunda atau koordinator yang dapat melanjutkan.",
        "Only who put the report on hold, or the coordinator, may resume it.",
    ),
    "not-recallable": (
        "Hanya laporan yang diteruskan otomatis dan belum diterima yang dapat ditarik.",
        "Only a report that was routed automatically and not yet accepted can be recalled.",
    ),
    "day-out-of-range": (
        "Pilih tanggal mulai hari ini sampai batas waktu menurut aturan.",
        "Choose a day from today up to the legal deadline.",
    ),
    "plan-revised-already": (
        "Rencana hanya dapat diubah satu kali.",
        "A plan may be revised only once.",
    ),
    "proof-needed": (
        "Jawaban 'selesai' memerlukan bukti.",
        "The outcome 'solved' needs proof.",
    ),
    "extended-already": (
        "Batas waktu hanya dapat diperpanjang satu kali.",
        "The deadline may be extended only once.",
    ),
    "no-legal-basis": (
        "Tidak ada dasar hukum untuk memperpanjang batas waktu ini.",
        "There is no legal basis for extending this deadline.",
    ),
    "window-over": (
        "Jangka waktu untuk tindakan ini sudah berakhir.",
        "The time for this has run out.",
    ),
    "objected-twice": (
        "Keberatan sudah dua kali diajukan. Anda dapat mengadu ke Ombudsman RI tanpa biaya.",
        "You have objected twice. You may complain to the Ombudsman free of charge.",
    ),
    "oversight-not-offered": (
        "Berkas ini tersedia setelah batas waktu hukum lewat atau setelah keberatan kedua.",
        "The file is ready once the legal time is over, or after a second objection.",
    ),
    "appealed-already": (
        "Peninjauan ulang hanya dapat diminta satu kali.",
        "A review may be asked for only once.",
    ),
    "another-officer-decides": (
        "Petugas lain atau koordinator yang harus memutuskan peninjauan ini.",
        "A different officer or the coordinator has to decide this review.",
    ),
    "nothing-to-review": (
        "Laporan ini tidak menunggu pemeriksaan petugas kedua.",
        "This report does not wait for a second officer.",
    ),
    "with-another-agency": (
        "Laporan ini sekarang ada di instansi lain; jawaban ini bukan darinya.",
        "The report is with another agency now; this answer is not that agency's.",
    ),
    "hold-unanswered-first": (
        "Alasan 'tidak lengkap' hanya setelah pertanyaan kepada pelapor tidak dijawab.",
        "'Incomplete' is only possible after a question to the reporter went unanswered.",
    ),
    "not-mergeable": (
        "Laporan tujuan harus terbuka, belum digabungkan, dan sama kerahasiaannya.",
        "The other report must be open, unmerged and of the same confidentiality.",
    ),
    "split-already": (
        "Pemisahan hanya dapat diminta satu kali.",
        "A report may be split off only once.",
    ),
    "only-more-private": (
        "Kerahasiaan hanya dapat ditambah, tidak dikurangi.",
        "Confidentiality can only be raised, never lowered.",
    ),
    "nothing-to-change": (
        "Tidak ada yang diubah.",
        "Nothing would change.",
    ),
    "no-agency-yet": (
        "Laporan ini belum pernah diteruskan ke instansi.",
        "This report has not been with an agency yet.",
    ),
    "not-due-yet": (
        "Batas waktunya belum berakhir.",
        "The time is not over yet.",
    ),
    "role-needed": (
        "Pilih paling sedikit satu tugas.",
        "Choose at least one role.",
    ),
    "agency-needed": (
        "Petugas instansi harus mempunyai instansi.",
        "An agency's officer needs an agency.",
    ),
    "head-of-what": (
        "Hanya petugas instansi yang dapat menjadi pimpinannya.",
        "Only an officer of an agency can be its head.",
    ),
    "days-reversed": (
        "Hari terakhir tidak boleh mendahului hari pertama.",
        "The last day cannot be before the first.",
    ),
    "unknown-deputy": (
        "Pengganti harus petugas lain di tempat yang sama, dengan tugas sama, dan masih bertugas.",
        "The deputy must be another officer in service, at the same place and with the same roles.",
    ),
    "email-taken": (
        "Alamat ini sudah terdaftar; ubah data petugas itu.",
        "This address is registered already; change that officer's record.",
    ),
    "not-yourself": (
        "Anda tidak dapat mencabut tugas pengelola Anda sendiri; minta pengelola lain.",
        "You cannot take your own admin role away; ask another admin.",
    ),
    "address-needed": (
        "Tanpa surel, instansi hanya dapat dihubungi di atas kertas.",
        "Without a mail address an agency can only be reached on paper.",
    ),
    "stale-record": (
        "Data ini sudah diubah orang lain sejak Anda membukanya; muat ulang lalu ubah lagi.",
        "Somebody else has changed this record since you opened it; reload and change it again.",
    ),
    "stale-revision": (
        "Laporan sudah berubah sejak Anda membukanya; muat ulang lalu kirim kembali.",
        "The report has changed since you read it; reload it and send again.",
    ),
    "not-yours": (
        "Anda tidak berwenang melakukan tindakan ini.",
        "You are not entitled to do this.",
    ),
}


class Refusal(Exception):
    """The rules say no. `code` is stable; the sentence is for the person who reads it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> Pair:
        return SENTENCES[self.code]


class UnableTo(Refusal):
    """Not now, or not so: the report or the command does not fit."""


class NotAllowed(Refusal):
    """Not by you."""

    def __init__(self) -> None:
        super().__init__("not-yours")


def require(condition: object, code: str) -> None:
    if not condition:
        raise UnableTo(code)
