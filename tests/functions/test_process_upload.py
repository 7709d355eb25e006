"""A file that was sent to the bucket is looked at, cleaned and shown; or refused with a reason."""

from datetime import timedelta
from typing import Any

import pytest

from shared.domain.attachment import SIZES, incoming_name
from tests.corpus import pictures as corpus
from tests.corpus.documents import pdf, telling_mp4
from tests.corpus.hostile import HOSTILE
from tests.corpus.pictures import CAMERA, LAT, LON, TELLING, jpeg, quarters
from tests.corpus.webp import chunks
from tests.functions.region import Filed, Region
from tests.functions.uploads import announced, attached, is_incoming, kept, processed, stored, told

pytestmark = pytest.mark.filterwarnings("ignore:::PIL")
PHOTO = jpeg(quarters(640, 480))


def parked(region: Region) -> list[str]:
    """Reasons of what was parked since the last look."""
    found = region.in_collection("parked")
    for id_ in found:
        region.store.document("parked", id_).delete()
    return [each["reason"] for each in found.values()]


def test_a_photo_that_was_sent_is_ready(region: Region, a_report: Filed) -> None:
    """All its sizes are there, and what came in is gone."""
    id_ = processed(region, a_report, PHOTO)

    file = stored(region, a_report, id_)
    assert (file["state"], file["type"]) == ("ready", "image/jpeg")
    assert file["sizes"] == {"large": [640, 480], "medium": [640, 480], "small": [320, 240]}
    assert (set(kept(a_report, id_)), is_incoming(a_report, id_)) == (set(SIZES), False)


@pytest.mark.parametrize("type_", TELLING)
def test_no_byte_that_anybody_reads_tells_what_the_photo_told(
    region: Region, a_report: Filed, type_: str
) -> None:
    """Chunk by chunk nothing but pixels; and the store has its place only sealed."""
    id_ = processed(region, a_report, TELLING[type_](), type=type_)

    for content in kept(a_report, id_).values():
        assert [kind for kind, _ in chunks(content)] == [b"VP8 "]
    file = stored(region, a_report, id_)
    assert file["found"]["sealed"]
    assert not [told for told in (str(LAT), str(LON), CAMERA) if told in str(file)]


def test_its_reporter_is_asked_whether_this_is_the_place(region: Region, a_report: Filed) -> None:
    """And nobody else learns that there was one."""
    id_ = processed(region, a_report, TELLING["image/jpeg"](), public=True)

    held = {"authorization": f"Receipt {a_report.receipt}"}
    path = f"/api/reports/{a_report.code}/attachments"
    (mine,) = region.call("track_report", path, **held).json
    (theirs,) = region.desk(f"/reports/{a_report.code}").json["attachments"]

    assert (mine["id"], mine["place"]["lat"], mine["place"]["lon"]) == (id_, LAT, LON)
    assert "place" not in theirs
    assert region.call("track_report", path).json == []


@pytest.mark.parametrize(
    ("content", "type_"), [(pdf(), "application/pdf"), (telling_mp4(), "video/mp4")]
)
def test_a_document_is_kept_for_download(
    region: Region, a_report: Filed, content: bytes, type_: str
) -> None:
    """A video without the place that phones write into it."""
    id_ = processed(region, a_report, content, type=type_)

    (copy,) = kept(a_report, id_).values()
    assert stored(region, a_report, id_)["type"] == type_
    assert len(copy) == len(content)
    assert copy == content or type_ == "video/mp4"


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_and_its_owner_told_why(
    region: Region, a_report: Filed, name: str
) -> None:
    """In a sentence; nothing of it is kept, and no retry is asked for."""
    make, reason = HOSTILE[name]

    id_ = processed(region, a_report, make())

    held = {"authorization": f"Receipt {a_report.receipt}"}
    listed = region.call("track_report", f"/api/reports/{a_report.code}/attachments", **held)
    (line,) = [each for each in listed.json if each["id"] == id_]
    assert (line["state"], line["reason"]) == ("rejected", reason)
    assert len(line["message"]) > 20
    assert (kept(a_report, id_), is_incoming(a_report, id_)) == ({}, False)


@pytest.mark.parametrize(
    "name", ["../../kept/x.php", "a/b\\c.jpg", "foto\u202egpj.exe", "\u2066x\u2069\x00.png", "."]
)
def test_a_name_is_a_name_and_nothing_else(region: Region, a_report: Filed, name: str) -> None:
    """No path, no turned reading order; where the file lies does not depend on it."""
    id_ = processed(region, a_report, PHOTO, name=name)

    shown = stored(region, a_report, id_)["name"]
    assert not set(shown) & set("/\\\u202e\u2066\u2069\x00")
    assert set(kept(a_report, id_)) == set(SIZES)


def test_delivered_again_it_stays_as_it_is(region: Region, a_report: Filed) -> None:
    """Pub/Sub delivers at least once; the bucket may tell of one object twice as well."""
    id_ = processed(region, a_report, TELLING["image/jpeg"]())
    before = stored(region, a_report, id_), kept(a_report, id_)

    for generation in ("1700000000000001", "1700000000000002"):
        told(region, incoming_name(a_report.id, id_), objectGeneration=generation)

    assert (stored(region, a_report, id_), kept(a_report, id_)) == before


def test_what_nobody_announced_is_removed(region: Region, a_report: Filed) -> None:
    """Or what was announced to another report."""
    id_ = attached(region, a_report, PHOTO)
    other = region.filed()

    assert told(region, incoming_name(other.id, id_)).status_code == 200

    assert stored(region, a_report, id_)["state"] == "pending"
    assert is_incoming(a_report, id_)


def test_what_comes_after_its_day_is_removed(region: Region, a_report: Filed) -> None:
    id_ = attached(region, a_report, PHOTO)
    region.outside.now += timedelta(days=1)

    told(region, incoming_name(a_report.id, id_))

    assert (kept(a_report, id_), is_incoming(a_report, id_)) == ({}, False)


def test_what_is_not_there_yet_stays_awaited(region: Region, a_report: Filed) -> None:
    """An event that comes from nowhere changes nothing."""
    id_ = announced(region, a_report, PHOTO)["id"]

    assert told(region, incoming_name(a_report.id, id_)).status_code == 200
    assert stored(region, a_report, id_)["state"] == "pending"


def test_a_picture_covered_before_it_was_there_is_covered_when_it_is(
    region: Region, a_report: Filed
) -> None:
    """An officer may have seen it in the moment between two deliveries."""
    id_ = attached(region, a_report, PHOTO)
    region_ = {"left": 0, "top": 0, "right": 500, "bottom": 500}
    ordered = region.order(
        a_report.code, "redact", attachment=id_, region=region_, text="Wajah anak."
    )
    assert ordered.status_code == 200, ordered.text

    told(region, incoming_name(a_report.id, id_))

    assert stored(region, a_report, id_)["covered"] == 1
    assert {"public1-small", "public1-large"} <= set(kept(a_report, id_))


# What else the topic may bring


@pytest.mark.parametrize("happened", ["OBJECT_DELETE", "OBJECT_ARCHIVE", "OBJECT_METADATA_UPDATE"])
def test_other_events_of_the_bucket_are_ignored(
    region: Region, a_report: Filed, happened: str
) -> None:
    """Whatever they are about."""
    id_ = attached(region, a_report, PHOTO)

    for name in (incoming_name(a_report.id, id_), "anything"):
        assert told(region, name, eventType=happened).status_code == 200

    assert (stored(region, a_report, id_)["state"], parked(region)) == ("pending", [])


@pytest.mark.parametrize(
    ("name", "attributes"),
    [
        ("kept/7K3M9QX2WDQ/aaaaaaaaaaaaaaaaaaaaaa/large", {}),
        ("incoming/7K3M9QX2WDQ/short", {}),
        ("incoming/7K3M9QX2WDQ/" + "a" * 22 + "/more", {}),
        ("incoming/../" + "a" * 22, {}),
        ("incoming/7K3M9QX2WDQ/" + "a" * 22, {"eventTime": "yesterday"}),
        ("incoming/7K3M9QX2WDQ/" + "a" * 22, {"eventType": None}),
        ("incoming/7K3M9QX2WDQ/" + "a" * 22, {"objectGeneration": None}),
        ("", {"objectId": None}),
    ],
)
def test_what_cannot_be_read_is_parked_and_not_tried_again(
    region: Region, name: str, attributes: dict[str, Any]
) -> None:
    """A person has a look at it; no object is touched."""
    parked(region)

    assert told(region, name, **attributes).status_code == 200
    assert parked(region) == ["unreadable"]


def test_a_bucket_that_does_not_answer_is_tried_again(
    region: Region, a_report: Filed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The event comes again, and then the file is ready."""
    id_ = attached(region, a_report, PHOTO)
    name = incoming_name(a_report.id, id_)
    with monkeypatch.context() as away:
        away.setattr("shared.adapters.bucket.CloudBucket.save", _away)
        assert told(region, name).status_code == 500

    assert told(region, name).status_code == 200
    assert stored(region, a_report, id_)["state"] == "ready"


def _away(*_: Any) -> None:
    from shared.usecases.ports import StoreAway  # noqa: PLC0415

    raise StoreAway


def test_heic_is_what_iphones_send(region: Region, a_report: Filed) -> None:
    id_ = processed(region, a_report, corpus.heic(quarters(640, 480)), type="image/heic")

    assert stored(region, a_report, id_)["state"] == "ready"
