"""Files in messages: how many there are and where to see them; none is ever sent along."""

import pytest

from shared.domain import commands as c
from shared.domain.answer_links import Links
from shared.domain.notice import Audience, Notice
from shared.domain.notice_texts import Message, compose
from shared.domain.scene import REPORTER
from shared.domain.statuses import AnswerKind
from tests.domain.builders import NOW, OTHER_CODE, RULES, Case, filed, officer_of
from tests.domain.files import a_file, proof_of, ready

LINKS = Links("https://lapor.badung.example")


def answered(number: int, outcome: AnswerKind = AnswerKind.SOLVED, **fields: object) -> Case:
    files = tuple(ready(proof_of("dlhk", n, name="KTP Sekar.jpg")) for n in range(number))
    command = c.Respond(
        outcome=outcome,
        text="Sudah diangkut.",
        proof="Nota.",
        cause="anggaran",
        attachments=tuple(file.id for file in files),
        files=files,
    )
    return filed(**fields).routed("dlhk").do(command, officer_of("dlhk"))


def replied(**fields: object) -> Case:
    photo = ready(a_file(9))
    command = c.Reply(text="Belum.", attachments=(photo.id,), files=(photo,))
    return answered(0, **fields).do(command, REPORTER)


def told(
    case: Case,
    kind: str,
    audience: Audience = Audience.REPORTER,
    language: str = "id",
    unit: str | None = None,
) -> Message:
    times = {"created_at": NOW, "next_attempt_at": NOW, "expires_at": NOW}
    seq = len(case.events)
    about = {"code": case.report.code, "seq": seq, "unit": unit}
    notice = Notice(id="0" * 32, kind=kind, audience=audience, **about, **times)
    return compose(notice, case.report, case.events[-1], RULES, LINKS, NOW, language)


@pytest.mark.parametrize(
    ("number", "language", "said"),
    [
        (1, "id", "Sebagai bukti disertakan 1 berkas; lihat di halaman laporan: https://"),
        (3, "id", "Sebagai bukti disertakan 3 berkas; lihat di halaman laporan: https://"),
        (1, "en", "It comes with 1 file as proof; see them on the report's page: https://"),
        (2, "en", "It comes with 2 files as proof; see them on the report's page: https://"),
    ],
)
def test_an_answer_says_how_many_files_prove_it(number: int, language: str, said: str) -> None:
    """With a link that can be clicked, to the page where before and after stand side by side."""
    message = told(answered(number), "answered", language=language)

    assert said in message.text
    assert f'<a href="{LINKS.report(answered(1).report.code)}">' in message.html
    assert "Sekar" not in message.text + message.html


def test_files_of_an_explanation_prove_nothing() -> None:
    """They only go with it."""
    text = told(answered(2, AnswerKind.EXPLAINED), "answered").text

    assert "Tanggapan ini disertai 2 berkas" in text
    assert "Sebagai bukti" not in text


def test_an_answer_without_files_says_nothing_of_them() -> None:
    """Nobody looks for what is not there."""
    assert "berkas" not in told(answered(0), "answered").text


def test_whoever_follows_another_report_is_not_sent_to_its_files() -> None:
    """They may not be theirs to see."""
    message = told(answered(2), "merged_answered", unit=OTHER_CODE)

    assert "berkas" not in message.text


@pytest.mark.parametrize(("confidential", "is_said"), [(False, True), (True, False)])
def test_an_agency_hears_that_the_reporter_added_files(
    *, confidential: bool, is_said: bool
) -> None:
    """Of a confidential report its mail says nothing at all."""
    case = replied(secret=confidential)

    text = told(case, "reporter_wrote", Audience.AGENCY, unit="dlhk").text

    assert ("Pelapor menyertakan 1 berkas." in text) is is_said
