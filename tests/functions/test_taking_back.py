"""A file is taken back: over HTTP, and on the page of its reporter without a script."""

import pytest
from werkzeug.test import TestResponse

from shared.domain.attachment import incoming_name
from shared.edge.replies.files import AttachedFiles
from tests.functions.attached import PHOTO, a_ready_file, attach, listed, receipt
from tests.functions.desk_pages import DeskBrowser, with_agency
from tests.functions.region import Filed, Region
from tests.functions.reporters import Reporter
from tests.functions.uploads import is_incoming, kept, sent, told

JSON = "application/json"


def taken_back(region: Region, filed: Filed, id_: str, credentials: str | None) -> TestResponse:
    given = {"authorization": credentials} if credentials else {}
    path = f"/api/reports/{filed.code}/attachments/{id_}"
    return region.call("track_report", path, method="DELETE", **given)


def ids(region: Region, filed: Filed, credentials: str) -> list[str]:
    return [each["id"] for each in listed(region, filed.code, credentials).json]


# Over HTTP


def test_what_its_reporter_takes_back_is_gone(region: Region, a_report: Filed) -> None:
    """At once and as often as it is asked; links to it end with it."""
    photo = a_ready_file(region, a_report, public=True)
    (line,) = AttachedFiles.model_validate(
        listed(region, a_report.code, receipt(a_report)).json
    ).root
    assert line.removable
    assert line.sizes

    for _ in range(2):
        answer = taken_back(region, a_report, photo, receipt(a_report))
        assert (answer.status_code, answer.data) == (204, b"")

    assert ids(region, a_report, receipt(a_report)) == []
    assert kept(a_report, photo) == {}
    assert region.call("serve_file", line.sizes.small).status_code == 404


def test_nobody_else_is_offered_it(region: Region, a_report: Filed) -> None:
    """Neither everybody, who may see the photo, nor the officers, who read all of it."""
    a_ready_file(region, a_report, public=True)
    assert region.order(a_report.code, "route", agency="dpupr").status_code == 200

    for who in (None, region.bearer("dpupr1"), region.bearer("verifier1")):
        (line,) = listed(region, a_report.code, who).json
        assert "removable" not in line
    page = Reporter().get(f"/r/{a_report.code}")
    assert "Foto 1 dari pelapor" in page.text
    assert "lampiran/hapus" not in page.text


def test_what_is_taken_back_counts_no_more(region: Region, a_report: Filed) -> None:
    """Ten were there; one goes, and another one fits."""
    said = [{"sha256": f"{number:064x}"} for number in range(12)]
    first, *_ = (attach(region, a_report.code, receipt(a_report), **each) for each in said[:10])
    assert attach(region, a_report.code, receipt(a_report), **said[10]).status_code == 409

    taken_back(region, a_report, first.json["id"], receipt(a_report))

    assert attach(region, a_report.code, receipt(a_report), **said[11]).status_code == 201


def test_an_upload_that_ends_afterwards_leaves_nothing(region: Region, a_report: Filed) -> None:
    """However often the bucket tells of it."""
    invitation = attach(region, a_report.code, receipt(a_report)).json
    photo = invitation["id"]
    taken_back(region, a_report, photo, receipt(a_report))
    sent(invitation, PHOTO)

    for _ in range(2):
        assert told(region, incoming_name(a_report.id, photo)).status_code == 200

    assert not is_incoming(a_report, photo)
    assert kept(a_report, photo) == {}
    assert ids(region, a_report, receipt(a_report)) == []


def test_what_the_history_names_stays(region: Region, a_report: Filed) -> None:
    """The answer says what else can be done; the list does not offer it."""
    photo = a_ready_file(region, a_report)
    region.act(a_report, "add", text="Ini fotonya.", attachments=[photo])

    answer = taken_back(region, a_report, photo, receipt(a_report))

    assert (answer.status_code, answer.json["code"]) == (409, "named-attachment")
    assert "minta petugas menyembunyikannya" in answer.json["detail"]
    assert "removable" not in listed(region, a_report.code, receipt(a_report)).json[0]
    assert len(kept(a_report, photo)) == 3


@pytest.mark.parametrize(
    ("who", "reporters", "proof"),
    [
        (None, 401, 401),
        ("Receipt 0000 1111 2222 3333", 401, 401),
        ("holder", 204, 403),
        ("dpupr1", 403, 204),
        ("kepala.dpupr", 403, 204),
        ("dinkes1", 403, 403),
        ("verifier1", 403, 403),
        ("coordinator", 403, 403),
    ],
)
def test_a_file_is_taken_back_by_its_own_side(
    region: Region, a_report: Filed, who: str | None, reporters: int, proof: int
) -> None:
    """Whoever may not is told so, and the file stays."""
    assert region.order(a_report.code, "route", agency="dpupr").status_code == 200
    officer = region.bearer("dpupr1")
    files = [a_ready_file(region, a_report, each) for each in (receipt(a_report), officer)]
    given = {"holder": receipt(a_report)}.get(who or "", who)
    if given and " " not in given:
        given = region.bearer(given)

    statuses = [taken_back(region, a_report, each, given).status_code for each in files]

    assert statuses == [reporters, proof]
    assert [len(kept(a_report, each)) for each in files] == [
        0 if status == 204 else 3 for status in statuses
    ]


@pytest.mark.parametrize("id_", ["a", "", "a" * 21, "a" * 23, "%2e%2e"])
def test_only_one_file_at_a_time_is_meant(region: Region, a_report: Filed, id_: str) -> None:
    """Less than a whole id would be the beginning of many."""
    photo = a_ready_file(region, a_report)

    answer = taken_back(region, a_report, id_, receipt(a_report))

    assert answer.status_code in {404, 405}
    assert len(kept(a_report, photo)) == 3


# On the page


@pytest.fixture
def holder(region: Region, a_report: Filed) -> Reporter:
    reporter = Reporter()
    reporter.shows(a_report.code, a_report.receipt)
    return reporter


def test_its_reporter_takes_a_file_back_with_two_taps(
    region: Region, holder: Reporter, a_report: Filed
) -> None:
    """The second one is a form that says what it means; sent twice it is done once."""
    photo = a_ready_file(region, a_report)
    page = holder.get(f"/r/{a_report.code}")
    form = page.form_with("file")
    assert "Berkas ini hilang untuk selamanya" in page.said

    done = [holder.post(f"/r/{a_report.code}/lampiran/hapus", form) for _ in range(2)]

    assert [each.status for each in done] == [303, 303]
    assert done[0].answer.headers["Location"] == f"/r/{a_report.code}#foto"
    again = holder.get(f"/r/{a_report.code}")
    assert "Berkas sudah dihapus." in again.said
    assert photo not in again.text
    assert kept(a_report, photo) == {}


def test_a_file_that_is_named_is_not_offered_and_says_why(
    region: Region, holder: Reporter, a_report: Filed
) -> None:
    """A page that was open meanwhile still has the form."""
    photo = a_ready_file(region, a_report)
    form = holder.get(f"/r/{a_report.code}").form_with("file")
    region.act(a_report, "add", text="Ini fotonya.", attachments=[photo])

    page = holder.post(f"/r/{a_report.code}/lampiran/hapus", form)

    assert page.status == 409
    assert "Riwayat laporan sudah menyebut lampiran ini" in page.said
    assert not [each for each in page.forms if "file" in each]


def test_a_script_is_told_in_short(region: Region, holder: Reporter, a_report: Filed) -> None:
    a_ready_file(region, a_report)
    form = holder.get(f"/r/{a_report.code}").form_with("file")

    page = holder.post(f"/r/{a_report.code}/lampiran/hapus", form, accept=JSON)

    assert (page.status, page.text) == (204, "")


def test_nobody_else_takes_a_file_back_on_the_page(
    region: Region, holder: Reporter, a_report: Filed
) -> None:
    """Without the key, or without a mark of ours."""
    photo = a_ready_file(region, a_report)
    form = holder.get(f"/r/{a_report.code}").form_with("file")
    path, stranger = f"/r/{a_report.code}/lampiran/hapus", Reporter()
    theirs = stranger.get(f"/r/{a_report.code}").fields["mark"]

    asked = [
        stranger.post(path, {"mark": theirs, "file": photo}),
        holder.post(path, form | {"mark": "x"}),
        holder.post(path, form | {"file": "x"}),
    ]

    assert [each.status for each in asked] == [401, 403, 422]
    assert len(kept(a_report, photo)) == 3


def test_an_officer_takes_a_draft_back_at_the_desk(region: Region, agency: DeskBrowser) -> None:
    """The reporter's photos are not offered; nor is what an answer named."""
    filed = with_agency(region)
    officer = region.bearer("dpupr1")
    photo, proof, draft = (
        a_ready_file(region, filed, who, sha256=n * 64)
        for who, n in ((None, "a"), (officer, "b"), (officer, "c"))
    )
    answer = {"outcome": "solved", "text": "Beres.", "attachments": [proof]}
    assert region.order(filed.code, "respond", by="dpupr1", **answer).status_code == 200
    path, page = f"/desk/r/{filed.code}", agency.get(f"/desk/r/{filed.code}")
    (form,) = (form for form in page.forms if "file" in form)

    refused = [agency.post(f"{path}/lampiran/hapus", form | {"file": n}) for n in (photo, proof)]
    done = [agency.post(f"{path}/lampiran/hapus", form) for _ in range(2)]

    assert form["file"] == draft
    assert [each.status for each in (*refused, *done)] == [403, 409, 303, 303]
    assert ids(region, filed, officer) == [photo, proof]
    assert "Berkas sudah dihapus." in agency.get(path).said
