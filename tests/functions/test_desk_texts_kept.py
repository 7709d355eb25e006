"""Nothing that an officer wrote is lost: to a fault, a colleague, a lost reply or a bad form."""

from tests.functions.desk_pages import DeskBrowser, with_agency
from tests.functions.region import Filed, Region

HOSTILE = "</textarea><script>alert('x')</script> & <b>tebal</b>"


def test_a_faulty_form_comes_back_open_with_all_that_was_typed(
    region: Region, agency: DeskBrowser
) -> None:
    """The fault at its field; the other forms are untouched."""
    filed = with_agency(region)

    page = agency.act(filed.code, "respond", outcome="solved", text=HOSTILE)

    assert page.status == 422
    assert 'href="#f-respond-proof"' in page.text
    assert page.form("respond")["text"].strip() == HOSTILE
    assert page.form("note")["text"] == ""
    assert page.text.count(" open>") == 1
    agency.post(f"/desk/r/{filed.code}", page.form("respond") | {"proof": "Foto."})
    assert region.report(filed.code)["status"] == "answered"


def test_a_stale_answer_is_explained_and_kept(region: Region, agency: DeskBrowser) -> None:
    """409 with what happened meanwhile; sent once more it is taken."""
    filed = with_agency(region)
    fields = agency.get(f"/desk/r/{filed.code}").form("respond") | {
        "outcome": "solved", "proof": "Foto.", "text": "Sudah selesai kami kerjakan.",
    }  # fmt: skip
    region.act(filed, "add", text="Kemarin sore ambles lebih dalam lagi.")

    page = agency.post(f"/desk/r/{filed.code}", fields)

    assert page.status == 409
    told = page.said.split("Yang terjadi sejak Anda membuka halaman ini")[1].split("Isi laporan")[0]
    assert "Pelapor menambah keterangan Kemarin sore ambles lebih dalam lagi." in told
    assert "Laporan diterima" not in told
    assert page.form("respond")["text"].strip() == "Sudah selesai kami kerjakan."
    assert page.form("respond")["outcome"] == "solved"
    assert agency.post(f"/desk/r/{filed.code}", page.form("respond")).status == 303


def test_an_answer_to_a_report_that_was_taken_away_is_given_back(
    region: Region, agency: DeskBrowser
) -> None:
    """403: not even the form can be shown, so that the text stands there to be copied."""
    filed = with_agency(region)
    fields = agency.get(f"/desk/r/{filed.code}").form("note") | {"text": "Panjang sekali."}
    region.order(filed.code, "reassign", by="coordinator", agency="dinkes", text="Salah alamat.")

    page = agency.post(f"/desk/r/{filed.code}", fields)

    assert (page.status, "Panjang sekali." in page.said) == (403, True)


def test_an_answer_sent_twice_is_one_answer(region: Region, agency: DeskBrowser) -> None:
    """A double click, or a lost reply."""
    filed = with_agency(region)
    fields = agency.get(f"/desk/r/{filed.code}").form("note") | {"text": "Sudah ditelepon."}

    first, second = (agency.post(f"/desk/r/{filed.code}", fields) for _ in range(2))

    assert (first.status, second.status) == (303, 303)
    assert region.report(filed.code)["counts"]["noted"] == 1


def test_what_was_written_for_a_command_that_is_gone_is_given_back(
    region: Region, verifier: DeskBrowser
) -> None:
    """A colleague routed it meanwhile: there is no such form any more, and the page says so."""
    filed = region.filed()
    fields = verifier.get(f"/desk/r/{filed.code}").form("route") | {"agency": "dlhk"}
    region.order(filed.code, "route", by="verifier2", agency="dpupr")
    region.order(filed.code, "accept", by="dpupr1")

    page = verifier.post(f"/desk/r/{filed.code}", fields | {"text": "Mohon dipangkas."})

    assert page.status == 409
    assert "Belum terkirim: tindakan itu tidak dapat dilakukan lagi" in page.said
    assert "Mohon dipangkas." in page.said


def test_the_rule_that_refuses_a_field_stands_beside_it(
    region: Region, agency: DeskBrowser
) -> None:
    """In its own sentence, and not only that the value cannot be accepted."""
    filed = with_agency(region)

    page = agency.act(filed.code, "respond", outcome="explained", text="Menunggu anggaran.")

    assert page.fault("respond-cause") == "Sebutkan aturan atau penyebab dari daftar."


def test_a_made_up_form_without_the_mark_changes_nothing(
    region: Region, verifier: DeskBrowser, a_report: Filed
) -> None:
    """403 with the text kept, and 403 with nothing of it from another site."""
    fields = verifier.get(f"/desk/r/{a_report.code}").form("note") | {"text": "Dari luar."}

    stale = verifier.post(f"/desk/r/{a_report.code}", fields | {"mark": "made.up"})
    foreign = verifier.post(f"/desk/r/{a_report.code}", fields, sec_fetch_site="cross-site")

    assert (stale.status, foreign.status) == (403, 403)
    assert ("Dari luar." in stale.said, "Dari luar." in foreign.said) == (True, False)
    assert "noted" not in region.report(a_report.code)["counts"]
