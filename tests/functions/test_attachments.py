"""Files at the door: announced by whoever may, listed for whoever reads, named by what they do."""

import json
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import httpx
import pytest
from werkzeug.test import TestResponse

from shared.domain.attachment import Place
from shared.edge.bodies import MAX_FILES_BYTES
from shared.edge.replies.files import AttachedFiles, Invited
from shared.edge.replies.reports import DeskView, ReportView
from shared.edge.replies.reports import Filed as FiledReply
from tests.functions.attached import (
    PHOTO,
    a_ready_file,
    announcement,
    attach,
    incoming,
    listed,
    receipt,
)
from tests.functions.journeys import everything_written
from tests.functions.region import GOOD_BODY, Filed, Region, client_of

KEY = "a-key-of-22-characters"
NAME = "KTP Sekarwangi.jpg"


def with_agency(region: Region) -> Filed:
    filed = region.filed()
    assert region.order(filed.code, "route", agency="dpupr").status_code == 200
    return filed


def shelf(region: Region, filed: Filed) -> list[dict[str, Any]]:
    found = region.store.document("attachments", filed.id).get().to_dict() or {}
    files: list[dict[str, Any]] = found.get("files", [])
    return files


def posted_with(
    *files: tuple[bytes, str, str], key: str | None = None, **fields: Any
) -> TestResponse:
    """A form of a browser, with photos."""
    parts = [(BytesIO(content), name, type_) for content, name, type_ in files]
    form = {"body": GOOD_BODY, **fields, "files": parts}
    headers = {"Idempotency-Key": key} if key else {}
    return client_of("submit_report").post(
        "/api/reports", data=form, headers=headers, content_type="multipart/form-data"
    )


# Announcing


def test_an_announced_file_goes_straight_to_the_bucket(region: Region) -> None:
    """By the address and headers of the answer, past every function."""
    filed = region.filed()

    answer = attach(region, filed.code, receipt(filed))

    invited = Invited.model_validate(answer.json)
    assert answer.status_code == 201
    started = httpx.post(invited.upload_url, headers=invited.headers)
    assert started.status_code == 201, started.text
    assert httpx.put(started.headers["Location"], content=PHOTO).status_code == 200
    assert incoming(filed, invited.id) == PHOTO


def test_a_file_is_awaited_until_the_next_day(region: Region) -> None:
    """And everybody who may read the report of its reporter sees that."""
    filed = region.filed()

    answer = attach(region, filed.code, receipt(filed), name=NAME)

    assert answer.json["expires_at"] == "2026-11-22T09:12:44+08:00"
    (line,) = listed(region, filed.code, receipt(filed)).json
    assert (line["id"], line["state"], line["name"]) == (answer.json["id"], "pending", NAME)
    assert listed(region, filed.code).json == []


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"type": "image/svg+xml"}, 409, "type-not-accepted"),
        ({"size": 20 * 1024 * 1024 + 1}, 409, "file-too-large"),
        ({"size": 0}, 422, "field-faults"),
        ({"size": "5"}, 422, "field-faults"),
        ({"sha256": "A" * 64}, 422, "field-faults"),
        ({"name": ""}, 422, "field-faults"),
        ({"owner": "agency"}, 422, "field-faults"),
    ],
)
def test_what_is_not_taken_is_said_before_anything_is_sent(
    region: Region, fields: dict[str, Any], status: int, code: str
) -> None:
    """And nothing of it is kept."""
    filed = region.filed()

    answer = attach(region, filed.code, receipt(filed), **fields)

    assert (answer.status_code, answer.json["code"]) == (status, code)
    assert shelf(region, filed) == []


def test_the_same_announcement_again_is_one_file(region: Region) -> None:
    """Under the same key; another body under it is refused."""
    filed = region.filed()

    first, second = (attach(region, filed.code, receipt(filed), key=KEY) for _ in range(2))
    other = attach(region, filed.code, receipt(filed), key=KEY, size=5)

    assert first.json["id"] == second.json["id"]
    assert (other.status_code, other.json["code"]) == (409, "idempotency-mismatch")
    assert len(shelf(region, filed)) == 1


def test_ten_at_once_are_ten_and_twelve_are_ten(region: Region) -> None:
    """Whoever comes when: no limit is passed, and nobody is lost."""
    filed = region.filed()

    def announced(number: int) -> int:
        return attach(
            region, filed.code, receipt(filed), size=number + 1, sha256=f"{number:064x}"
        ).status_code

    with ThreadPoolExecutor(12) as pool:
        statuses = sorted(pool.map(announced, range(12)))

    assert statuses == [201] * 10 + [409] * 2
    assert len(shelf(region, filed)) == 10


# Whose


@pytest.mark.parametrize(
    ("credentials", "status"),
    [
        (None, 401),
        ("Receipt 0000 1111 2222 3333", 401),
        ("Bearer nothing", 401),
        ("dpupr1", 201),
        ("verifier1", 403),
        ("dinkes1", 403),
    ],
)
def test_files_are_added_by_who_may_name_them(
    region: Region, credentials: str | None, status: int
) -> None:
    """The agency whose turn it is, and the reporter."""
    filed = with_agency(region)
    given = region.bearer(credentials) if credentials and credentials.isalnum() else credentials

    answer = region.call(
        "track_report",
        f"/api/reports/{filed.code}/attachments",
        announcement(),
        **({"authorization": given} if given else {}),
    )

    assert answer.status_code == status, answer.text


def test_an_agencys_photo_is_its_own_until_it_answers(region: Region) -> None:
    """Then it stands as proof, for the reporter and, ticked, for everybody."""
    filed = with_agency(region)
    officer = region.bearer("dpupr1")
    photo = a_ready_file(region, filed, officer, public=True)
    assert [listed(region, filed.code, who).json for who in (receipt(filed), None)] == [[], []]
    assert [each["id"] for each in listed(region, filed.code, officer).json] == [photo]

    answer = region.order(
        filed.code,
        "respond",
        by="dpupr1",
        outcome="solved",
        text="Sudah ditambal.",
        attachments=[photo],
    )

    assert answer.status_code == 200, answer.text
    DeskView.model_validate(answer.json)
    for who in (receipt(filed), None):
        (line,) = listed(region, filed.code, who).json
        assert (line["id"], line["by"], line["seq"]) == (photo, "agency", 3)
    assert region.read(filed.code).json["timeline"][-1]["attachments"] == [photo]


def test_what_is_said_to_be_solved_needs_proof(region: Region) -> None:
    """Words or a file of its own; the reporter's photo is none."""
    filed = with_agency(region)
    photo = a_ready_file(region, filed)
    solved = {"outcome": "solved", "text": "Sudah ditambal."}

    bare = region.order(filed.code, "respond", by="dpupr1", **solved)
    taken = region.order(filed.code, "respond", by="dpupr1", **solved, attachments=[photo])

    assert (bare.status_code, bare.json["code"]) == (422, "proof-needed")
    assert (taken.status_code, taken.json["code"]) == (409, "unknown-attachment")


def test_a_reporter_names_a_photo_and_its_place(region: Region) -> None:
    """What it says of itself is offered to nobody else."""
    filed = region.filed()
    photo = a_ready_file(region, filed, place=Place(-8.65, 115.14))
    (line,) = listed(region, filed.code, receipt(filed)).json
    assert line["place"] == {"lat": -8.65, "lon": 115.14, "taken_at": None}

    answer = region.act(filed, "add", text="Di sini.", attachments=[photo], place_of=photo)

    view = ReportView.model_validate(answer.json)
    assert view.location
    assert (view.location.lat, view.location.lon) == (-8.65, 115.14)
    assert view.timeline
    assert view.timeline[-1].attachments == [photo]
    verifiers = region.desk(f"/reports/{filed.code}").json["attachments"]
    assert [each.keys() & {"place"} for each in verifiers] == [set()]


def test_an_answer_again_is_the_first_one(region: Region) -> None:
    """Files or not."""
    filed = region.filed()
    photo = a_ready_file(region, filed)

    first, second = (
        region.act(filed, "add", text="Foto.", attachments=[photo], key="another-key-of-an-action")
        for _ in range(2)
    )

    assert first.json["timeline"] == second.json["timeline"]


# Covering


def test_a_covered_photo_waits_for_its_covered_copy(region: Region) -> None:
    """A hidden one is never seen again by everybody; who did it and why stands in the history."""
    filed = with_agency(region)
    face, plate = (a_ready_file(region, filed, public=True, sha256=n * 64) for n in "ab")
    region_of_face = {"left": 100, "top": 0, "right": 300, "bottom": 250}

    for fields in ({"attachment": face, "region": region_of_face}, {"attachment": plate}):
        done = region.order(filed.code, "redact", text="Wajah orang lain.", **fields)
        assert done.status_code == 200, done.text

    assert listed(region, filed.code).json == []
    assert len(listed(region, filed.code, receipt(filed)).json) == 2
    entries = region.read(filed.code, filed.receipt).json["timeline"][-2:]
    assert [(each["type"], each["attachment"], each["region"]) for each in entries] == [
        ("redacted", face, region_of_face),
        ("redacted", plate, None),
    ]


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({}, 422, "action"),
        ({"start": 0}, 422, "action"),
        ({"start": 0, "end": 4}, 200, ""),
        ({"start": 0, "end": 4, "attachment": "x" * 22}, 422, "action"),
        ({"attachment": "x" * 22}, 409, ""),
        ({"attachment": "x"}, 422, "attachment"),
        (
            {"attachment": "x" * 22, "region": {"left": 0, "top": 0, "right": 1001, "bottom": 1}},
            422,
            "region.right",
        ),
    ],
)
def test_either_words_or_a_file_are_covered(
    region: Region, fields: dict[str, Any], status: int, field: str
) -> None:
    """Not both, and not neither."""
    filed = region.filed()

    answer = region.order(filed.code, "redact", text="Nama.", **fields)

    assert answer.status_code == status, answer.text
    assert [each["field"] for each in answer.json.get("errors", [])] == ([field] if field else [])


# With a form


def test_a_form_brings_its_photos_with_it(region: Region) -> None:
    """Filed first, then each photo where an upload would have put it."""
    answer = posted_with(
        (PHOTO, NAME, "image/jpeg"), (b"%PDF-1.7", "surat.pdf", "application/pdf"),
        files_public="true",
    )  # fmt: skip

    FiledReply.model_validate(answer.json)
    filed = Filed(answer.json["code"], answer.json["receipt"])
    assert [each["state"] for each in answer.json["attachments"]] == ["pending", "pending"]
    assert incoming(filed, answer.json["attachments"][0]["id"]) == PHOTO
    assert [(each["name"], each["public"]) for each in shelf(region, filed)] == [
        (NAME, True),
        ("surat.pdf", True),
    ]


def test_a_refused_photo_never_refuses_the_report(region: Region) -> None:
    """It says why, and what to do."""
    answer = posted_with((b"<svg/>", "x.svg", "image/svg+xml"), (PHOTO, "ada.jpg", "image/jpeg"))

    refused, taken = answer.json["attachments"]
    assert answer.status_code == 201
    assert (refused["state"], refused["reason"]) == ("rejected", "type-not-accepted")
    assert refused["message"].startswith("Jenis berkas ini")
    assert taken["state"] == "pending"


def test_the_same_form_again_is_one_report_with_one_photo(region: Region) -> None:
    """Another photo under the same key is another request."""
    key = "a-key-of-a-form-with-photos"
    first, second = (posted_with((PHOTO, "a.jpg", "image/jpeg"), key=key) for _ in range(2))
    other = posted_with((PHOTO + b"!", "a.jpg", "image/jpeg"), key=key)

    assert first.json == second.json
    assert (other.status_code, other.json["code"]) == (409, "idempotency-mismatch")
    filed = Filed(first.json["code"], first.json["receipt"])
    assert len(shelf(region, filed)) == 1


def test_another_second_photo_is_another_request(region: Region) -> None:
    """Each of them counts, not the first one alone."""
    key, first = "a-key-of-a-form-with-photos", (PHOTO, "a.jpg", "image/jpeg")
    posted_with(first, (PHOTO + b"!", "b.jpg", "image/jpeg"), key=key)

    other = posted_with(first, (PHOTO + b"?", "b.jpg", "image/jpeg"), key=key)

    assert (other.status_code, other.json["code"]) == (409, "idempotency-mismatch")


def test_a_form_without_photos_says_nothing_of_them(region: Region) -> None:
    """A control left empty sends a file without a name and content."""
    answer = posted_with((b"", "", "application/octet-stream"))

    assert answer.status_code == 201
    assert "attachments" not in answer.json


@pytest.mark.parametrize(
    ("size", "status"), [(MAX_FILES_BYTES, 201), (MAX_FILES_BYTES + 300 * 1024, 413)]
)
def test_files_of_a_form_have_eight_mebibytes_together(
    region: Region, size: int, status: int
) -> None:
    """Larger ones are uploaded by themselves."""
    assert posted_with((b"x" * size, "a.mp4", "video/mp4")).status_code == status


def test_json_has_no_more_room_than_before(region: Region) -> None:
    """Files never come in it."""
    body = json.dumps({"body": "x" * 300 * 1024})

    answer = client_of("submit_report").post(
        "/api/reports", data=body, content_type="application/json"
    )

    assert answer.status_code == 413


# Privacy


def test_names_and_places_of_files_stay_where_they_belong(region: Region) -> None:
    """In no log, no refusal, no event on its way, no public answer."""
    region.topic.messages()
    with everything_written() as written:
        filed = with_agency(region)
        photo = a_ready_file(region, filed, name=NAME, place=Place(-8.6543, 115.1432), public=True)
        region.act(filed, "add", text="Foto.", attachments=[photo], public=True)
        refused = [
            attach(region, filed.code, receipt(filed), name=NAME, type="image/svg+xml"),
            attach(region, filed.code, receipt(filed), name=NAME, size=-1),
            posted_with((b"<svg/>", NAME, "image/svg+xml"), bad="field"),
        ]
        public = [listed(region, filed.code), region.read(filed.code)]
    told = [answer.text for answer in (*refused, *public)]

    for needle in ("Sekarwangi", "8.6543", "115.1432"):
        assert not [text for text in told if needle in text]
        assert needle not in written.getvalue()
        assert needle not in json.dumps(region.topic.messages())
    assert photo in public[0].text


def test_the_list_of_a_report_is_for_whoever_reads_it(region: Region) -> None:
    """Its own shape; nobody keeps it."""
    filed = with_agency(region)
    photo = a_ready_file(region, filed, public=True)

    for who in (None, receipt(filed), region.bearer("dpupr1"), region.bearer("verifier1")):
        answer = listed(region, filed.code, who)
        AttachedFiles.model_validate(answer.json)
        assert [each["id"] for each in answer.json] == [photo]
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert listed(region, filed.code, region.bearer("dinkes1")).status_code == 403
    assert listed(region, "0000000000-A").status_code == 404
