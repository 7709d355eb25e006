from datetime import date

import pytest

from shared.domain.dates import long_date
from shared.domain.refusals import SENTENCES, NotAllowed, UnableTo, require
from shared.domain.report import HOLDERS
from shared.domain.statuses import FINAL, OPEN, Outcome, Status, label

NAMES = {"agency": "DLHK", "body": "PLN", "code": "7K3M9QX2WD-Q"}


@pytest.mark.parametrize(
    ("status", "outcome", "indonesian", "english"),
    [
        ("submitted", None, "Belum Terverifikasi", "Awaiting verification"),
        (
            "contested",
            None,
            "Menunggu Keputusan Koordinator",
            "Awaiting the coordinator's decision",
        ),
        (
            "on_hold",
            None,
            "Ditunda – menunggu keterangan pelapor",
            "On hold: waiting for the reporter",
        ),
        ("routed", None, "Terdisposisi ke DLHK", "Routed to DLHK"),
        ("in_progress", None, "Dalam Proses", "In progress"),
        ("answered", None, "Ditindaklanjuti oleh Instansi", "Followed up by the agency"),
        ("replied", None, "Ditanggapi oleh Pelapor", "Reporter replied"),
        ("referred", None, "Diteruskan ke PLN", "Passed on to PLN"),
        ("closed", "solved", "Selesai", "Resolved"),
        (
            "closed",
            "accepted",
            "Ditutup – penjelasan diterima pelapor",
            "Closed: explanation accepted",
        ),
        (
            "closed",
            "no_reply",
            "Ditutup – tanpa tanggapan pelapor",
            "Closed: no reply from the reporter",
        ),
        ("closed", "withdrawn", "Dicabut oleh Pelapor", "Withdrawn"),
        ("closed", "passed_on", "Diteruskan sebagai apresiasi", "Passed on as praise"),
        ("archived", None, "Diarsipkan", "Archived"),
        ("merged", None, "Digabungkan ke 7K3M9QX2WD-Q", "Merged into 7K3M9QX2WD-Q"),
    ],
)
def test_a_status_has_its_public_label(
    status: str, outcome: str | None, indonesian: str, english: str
) -> None:
    """The words of the design, in both languages."""
    of = (Status(status), Outcome(outcome) if outcome else None)

    assert label(*of, "id", **NAMES) == indonesian
    assert label(*of, "en", **NAMES) == english


def test_an_outcome_does_not_speak_for_a_report_that_is_open_again() -> None:
    """Only a closed report is called by its outcome."""
    assert label(Status.REPLIED, Outcome.SOLVED, "en") == "Reporter replied"


def test_every_status_is_open_or_final() -> None:
    """Open is all but closed, archived, merged and referred; each open one has a holder."""
    assert {Status.CLOSED, Status.ARCHIVED, Status.MERGED, Status.REFERRED} == FINAL
    assert frozenset(Status) == FINAL | OPEN
    assert not FINAL & OPEN
    assert frozenset(HOLDERS) == OPEN


@pytest.mark.parametrize("code", SENTENCES)
def test_every_refusal_is_a_sentence_in_both_languages(code: str) -> None:
    """A stable lower-kebab-case code for programs, a sentence for people."""
    refusal = UnableTo(code)

    assert code == code.lower().replace("_", "-")
    indonesian, english = refusal.sentence
    assert indonesian.endswith(".")
    assert english.endswith(".")
    assert indonesian != english


def test_a_rule_that_holds_says_nothing() -> None:
    """A rule that does not raises its code; who is not entitled hears so."""
    require("something", "wrong-status")

    with pytest.raises(UnableTo, match="wrong-status"):
        require(None, "wrong-status")
    assert NotAllowed().code == "not-yours"


@pytest.mark.parametrize(
    ("day", "indonesian", "english"),
    [
        (date(2026, 11, 27), "Jumat, 27 November 2026", "Friday, 27 November 2026"),
        (date(2026, 8, 17), "Senin, 17 Agustus 2026", "Monday, 17 August 2026"),
        (date(2027, 1, 3), "Minggu, 3 Januari 2027", "Sunday, 3 January 2027"),
        (date(2026, 5, 28), "Kamis, 28 Mei 2026", "Thursday, 28 May 2026"),
        (date(2026, 12, 9), "Rabu, 9 Desember 2026", "Wednesday, 9 December 2026"),
    ],
)
def test_a_date_is_written_as_people_write_it(day: date, indonesian: str, english: str) -> None:
    """No locale of the machine is asked."""
    assert long_date(day, "id") == indonesian
    assert long_date(day, "en") == english
