"""What the coordinator reads."""

from collections.abc import Mapping

from shared.domain.notice_texts.message import Wording
from shared.domain.notice_texts.rungs import UNCHECKED, rungs

TEXTS: Mapping[str, Wording] = {
    **rungs(
        (
            "Mohon diputuskan apa yang harus terjadi. Pelapor tahu bahwa Anda diberi tahu {told_on}.",
            "Please decide what is to happen. The reporter knows that you were told {told_on}.",
        )
    ),
    "routed_unchecked": UNCHECKED,
    "to_decide": Wording(
        ("Laporan {code} menunggu keputusan Anda", "Report {code} waits for your decision"),
        (
            (
                "Belum jelas instansi mana yang menangani laporan {code}. Tentukan paling lambat {decision_day}.",
                "It is not clear which agency is to deal with report {code}. Please decide by {decision_day}.",
            ),
            ("Laporan {code}: {title}", "Report {code}: {title}"),
            ("Buka laporan: {desk}", "Open the report: {desk}"),
        ),
    ),
    "reporter_wrote": Wording(
        ("Pelapor menulis: laporan {code}", "The reporter wrote: report {code}"),
        (
            (
                "Pelapor menulis pada laporan {code} pada {on}, sementara laporan itu menunggu keputusan Anda paling lambat {decision_day}.",
                "The reporter wrote about report {code} on {on}, while it waits for your decision by {decision_day}.",
            ),
            ("Laporan {code}: {title}", "Report {code}: {title}"),
            ("Buka laporan: {desk}", "Open the report: {desk}"),
        ),
    ),
    "agency_unreachable": Wording(
        ("{agency:short} tidak dapat dikirimi surel", "{agency:short} cannot be reached by mail"),
        (
            (
                "Pemberitahuan untuk {agency} tidak dapat dikirim: direktori tidak memuat alamat surelnya, atau alamat itu menolak surel.",
                "A message for {agency} could not be sent: the directory has no mail address for it, or mail to that address comes back.",
            ),
            (
                "Beri tahu instansi itu bahwa ada pekerjaan di meja kerjanya, dan perbaiki alamatnya di direktori wilayah.",
                "Please tell the agency that there is work at its desk, and mend its address in the region's directory.",
            ),
            ("Meja kerja: {queue}", "The desk: {queue}"),
        ),
    ),
}
