"""What people read when a request fails. Codes are public."""

from shared.domain.languages import Pair

FAULTS: dict[str, Pair] = {
    "required": ("Wajib diisi.", "This is required."),
    "too-short": (
        "Terlalu pendek; paling sedikit {limit} karakter.",
        "Too short; at least {limit} characters.",
    ),
    "too-long": (
        "Terlalu panjang; paling banyak {limit} karakter.",
        "Too long; at most {limit} characters.",
    ),
    "unknown-field": ("Kolom ini tidak dikenal; hapus.", "This field is unknown; leave it out."),
    "not-an-option": (
        "Pilih salah satu nilai yang tersedia.",
        "Choose one of the possible values.",
    ),
    "not-an-email": ("Tulis alamat surel yang lengkap.", "Write a complete e-mail address."),
    "not-a-phone": (
        "Tulis nomor telepon seperti 0812… atau +62….",
        "Write a phone number like 0812… or +62….",
    ),
    "not-a-time": (
        "Tulis waktu seperti 2026-11-20T09:00:00+08:00 atau tanggal seperti 2026-11-20.",
        "Write a time like 2026-11-20T09:00:00+08:00 or a day like 2026-11-20.",
    ),
    "not-a-day": (
        "Tulis tanggal seperti 2026-11-20.",
        "Write a day like 2026-11-20.",
    ),
    "before-from": (
        "Hari terakhir harus sama dengan atau sesudah hari pertama (from).",
        "The last day must be the first one (from) or a later one.",
    ),
    "over-a-year": (
        "Pilih paling banyak 366 hari.",
        "Choose 366 days at most.",
    ),
    "day-not-over": (
        "Pilih hari yang sudah lewat; hasilnya ada seperempat jam setelah tengah malam.",
        "Choose a day that is over; it is ready a quarter of an hour after midnight.",
    ),
    "invalid": ("Periksa bentuk nilai ini.", "Check the form of this value."),
    "not-in-directory": (
        "Tidak ada di direktori wilayah ini; lihat /api/directory.",
        "Not in this region's directory; see /api/directory.",
    ),
    "in-the-future": ("Tanggal tidak boleh di masa depan.", "The date must not be in the future."),
    "bad-key": (
        "Gunakan 22–128 huruf, angka, '-' atau '_' acak.",
        "Use 22–128 random letters, digits, '-' or '_'.",
    ),
    "no-files": (
        "Formulir ini tidak menerima berkas; tambahkan dari halaman laporan.",
        "This form takes no files; add them from the report's page.",
    ),
    "no-such-clock": (
        "Jenis laporan ini tidak mempunyai batas waktu tersebut.",
        "This kind of report has no such deadline.",
    ),
    "outside-calendar": (
        "Kalender wilayah ini hanya memuat tahun {limit}.",
        "The calendar of this region holds the years {limit} only.",
    ),
    "either-or": (
        "Isi salah satu: contact atau one_time_code.",
        "Fill in one of the two: contact or one_time_code.",
    ),
    "given-twice": ("Isi satu kali saja.", "Give this once only."),
    "not-in-text": (
        "Kata-kata ini tidak ada di teks itu; salin persis seperti tertulis.",
        "These words are not in that text; copy them exactly as they stand.",
    ),
    "refused": ("Nilai ini tidak dapat diterima.", "This value cannot be accepted."),
}

TITLES: dict[int, Pair] = {
    400: ("Permintaan tidak terbaca", "Unreadable request"),
    401: ("Perlu kunci laporan atau token", "Receipt or token needed"),
    403: ("Bukan wewenang Anda", "Not yours"),
    404: ("Tidak ditemukan", "Not found"),
    405: ("Metode tidak tersedia", "Method not allowed"),
    409: ("Tidak dapat dilakukan sekarang", "Not possible now"),
    413: ("Terlalu besar", "Too large"),
    415: ("Bentuk isi tidak didukung", "Unsupported content type"),
    422: ("Periksa isian", "Check the fields"),
    429: ("Terlalu sering", "Too many requests"),
    500: ("Kesalahan di pihak kami", "An error on our side"),
    503: ("Sedang tidak tersedia", "Unavailable for the moment"),
}

DETAILS: dict[str, Pair] = {
    "malformed-body": (
        "Kirim objek JSON (UTF-8) atau formulir.",
        "Send a JSON object (UTF-8) or a form.",
    ),
    "no-credentials": (
        "Sertakan kunci laporan atau token petugas yang berlaku.",
        "Send the report's receipt or a valid officer's token.",
    ),
    "wrong-receipt": (
        "Kunci laporan tidak cocok; periksa 16 angkanya.",
        "The receipt does not fit; check its 16 digits.",
    ),
    "wrong-link": (
        "Tautan ini sudah tidak berlaku; buka laporan dengan kunci laporan.",
        "This link is no longer valid; open the report with its receipt.",
    ),
    "not-yours": (
        "Anda tidak berwenang untuk laporan atau tindakan ini.",
        "You are not entitled to this report or action.",
    ),
    "stale-form": (
        "Formulir ini sudah lama terbuka. Kirim sekali lagi; cookie harus diizinkan.",
        "This form was open for long. Send it once more; cookies must be allowed.",
    ),
    "foreign-form": (
        "Formulir ini dikirim dari situs lain; buka halaman kami dan isi di sana.",
        "Another site sent this form; open our page and fill it in there.",
    ),
    "no-such-report": (
        "Tidak ada laporan dengan nomor ini; periksa nomornya.",
        "There is no report with this number; check it.",
    ),
    "no-such-path": (
        "Alamat ini tidak ada; lihat /api/openapi.json.",
        "There is no such address; see /api/openapi.json.",
    ),
    "ended-link": (
        "Tautan berkas ini sudah berakhir; muat ulang halaman laporannya, lalu buka lagi.",
        "This link to a file has ended; reload the report's page, then open it again.",
    ),
    "no-such-entry": (
        "Petugas atau instansi ini tidak ada di direktori; lihat /api/desk/officers dan /api/desk/agencies.",
        "The directory has no such officer or agency; see /api/desk/officers and /api/desk/agencies.",
    ),
    "method-not-allowed": (
        "Gunakan metode dalam header Allow.",
        "Use a method of the Allow header.",
    ),
    "idempotency-mismatch": (
        "Idempotency-Key ini sudah dipakai untuk isi lain; buat kunci baru.",
        "This Idempotency-Key was used with another body; make a new key.",
    ),
    "stale-revision": (
        "Laporan sudah berubah; muat ulang lalu kirim kembali.",
        "The report has changed; reload it and send again.",
    ),
    "too-large": (
        "Isi paling besar 256 KiB; berkas dalam formulir bersama-sama paling besar 8 MiB.",
        "The body may have at most 256 KiB; files in a form at most 8 MiB together.",
    ),
    "unsupported-media-type": (
        "Gunakan application/json, application/x-www-form-urlencoded atau multipart/form-data.",
        "Use application/json, application/x-www-form-urlencoded or multipart/form-data.",
    ),
    "field-faults": ("Perbaiki kolom yang disebut di errors.", "Mend the fields named in errors."),
    "too-many-tries": (
        "Terlalu banyak kunci atau kode yang salah dari alamat ini; coba lagi nanti.",
        "Too many wrong receipts or codes from this address; try again later.",
    ),
    "too-many-asked": (
        "Terlalu banyak permintaan kode dari alamat ini; coba lagi nanti.",
        "Too many codes were asked for from this address; try again later.",
    ),
    "wrong-one-time-code": (
        "Kode salah atau tidak berlaku lagi. Minta kode baru; berlakunya 30 menit dan lima kali coba.",
        "The code is wrong or no longer valid. Ask for a new one; it is valid for 30 minutes and five tries.",
    ),
    "too-many-requests": (
        "Terlalu banyak kiriman dari alamat ini; tunggu sebentar.",
        "Too many posts from this address; wait a little.",
    ),
    "store-away": (
        "Kiriman belum tersimpan. Kirim ulang dengan Idempotency-Key yang sama.",
        "Nothing was stored yet. Send it again with the same Idempotency-Key.",
    ),
    "not-yet": (
        "Belum dapat dicatat; kirim lagi sebentar.",
        "Cannot be recorded yet; send it again shortly.",
    ),
    "issuer-away": (
        "Token belum dapat diperiksa; coba lagi sebentar.",
        "Tokens cannot be checked just now; try again shortly.",
    ),
    "internal-error": (
        "Kami sudah mencatatnya. Coba lagi nanti.",
        "It has been recorded. Try again later.",
    ),
}
