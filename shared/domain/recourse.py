"""Where a reporter can turn to when the region did not help. Facts of the law, not of a region."""

from dataclasses import dataclass

from shared.domain.directory import Body, Directory
from shared.domain.statuses import Kind


@dataclass(frozen=True, slots=True)
class Recourse:
    """`basis`: the law that opens this way. `kinds`: of report; empty: of every kind.

    `is_free`: no fee, as the law says; False: nothing is said about it.
    """

    body: Body
    basis: str
    is_free: bool = False
    kinds: frozenset[Kind] = frozenset()


RECOURSES: tuple[Recourse, ...] = (
    Recourse(
        Body(
            "ombudsman",
            "Ombudsman Republik Indonesia",
            "Menerima laporan maladministrasi dari siapa pun yang sudah lebih dahulu melapor ke "
            "instansinya, paling lama dua tahun setelah kejadiannya.",
            "Takes complaints of maladministration from anybody who has complained to the agency "
            "first, up to two years after it happened.",
            {"web": "https://ombudsman.go.id", "phone": "137"},
        ),
        "UU 37/2008; UU 25/2009 pasal 46",
        is_free=True,
    ),
    Recourse(
        Body(
            "komisi-informasi",
            "Komisi Informasi",
            "Menyelesaikan sengketa informasi setelah keberatan Anda kepada atasan PPID badan "
            "publik itu tidak dijawab atau jawabannya tidak memuaskan.",
            "Settles disputes over public information once your objection to the superior of the "
            "body's information officer (PPID) was not answered, or not to your satisfaction.",
        ),
        "UU 14/2008 pasal 35–37",
        kinds=frozenset({Kind.INFORMATION_REQUEST}),
    ),
    Recourse(
        Body(
            "dprd",
            "Dewan Perwakilan Rakyat Daerah (DPRD)",
            "Menerima pengaduan warga tentang penyelenggara pelayanan publik di daerahnya.",
            "The regional parliament takes complaints about providers of public services.",
        ),
        "UU 25/2009 pasal 40",
    ),
)


def recourses_for(kind: Kind, directory: Directory) -> tuple[tuple[Recourse, Body], ...]:
    """Each with the office that the region's directory knows in its place, where it knows one."""
    return tuple(
        (each, directory.bodies.get(each.body.id, each.body))
        for each in RECOURSES
        if not each.kinds or kind in each.kinds
    )
