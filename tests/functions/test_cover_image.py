"""What an officer covers in a picture is gone from the copy that people outside see."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from shared.domain.attachment import SIZES
from tests.corpus.pictures import contrast, jpeg, stripes
from tests.functions.region import Filed, Region, client_of
from tests.functions.uploads import kept, processed, stored

PHOTO = jpeg(stripes(), quality=95)
LEFT = {"left": 0, "top": 0, "right": 500, "bottom": 1000}
RIGHT = {"left": 500, "top": 0, "right": 1000, "bottom": 1000}


@pytest.fixture
def published(region: Region) -> Filed:
    """In the public, with its photo."""
    filed = region.filed()
    assert region.order(filed.code, "route", agency="dpupr").status_code == 200
    return filed


def redact(region: Region, filed: Filed, id_: str, covered: dict[str, int] | None) -> None:
    given = {"region": covered} if covered else {}
    answer = region.order(filed.code, "redact", attachment=id_, text="Wajah.", **given)
    assert answer.status_code == 200, answer.text


def deliver(region: Region, filed: Filed, type_: str = "report.redacted") -> int:
    at = region.outside.now.isoformat()
    wire = {"id": uuid4().hex, "type": type_, "schema": 1, "seq": 3, "at": at, "code": filed.id}
    return region.deliver("cover_image", wire).status_code


def large_copy(region: Region, filed: Filed) -> Image.Image | None:
    """As anybody gets it; None: they see nothing of it."""
    listed = region.call("track_report", f"/api/reports/{filed.code}/attachments").json
    if not listed:
        return None
    answer = client_of("serve_file").get(listed[0]["sizes"]["large"])
    assert answer.status_code == 200
    return Image.open(BytesIO(answer.data)).convert("RGB")


def test_people_outside_see_the_copy_and_the_office_the_original(
    region: Region, published: Filed
) -> None:
    """In between they see nothing of it."""
    id_ = processed(region, published, PHOTO, public=True)
    before = large_copy(region, published)
    redact(region, published, id_, LEFT)
    meanwhile = large_copy(region, published)

    assert deliver(region, published) == 200
    after = large_copy(region, published)

    assert before
    assert after
    assert meanwhile is None
    assert [_is_sharp(before), _is_sharp(after)] == [True, False]
    (office,) = region.desk(f"/reports/{published.code}").json["attachments"]
    original = client_of("serve_file").get(office["sizes"]["large"]).data
    assert _is_sharp(Image.open(BytesIO(original)))


def _is_sharp(image: Image.Image) -> bool:
    """What was covered, in the middle of it."""
    return contrast(image, (20, 20, 300, 460)) > 150


def test_several_covers_in_quick_succession_end_in_one_copy(
    region: Region, published: Filed
) -> None:
    """Both events come after both covers; and each of them twice."""
    id_ = processed(region, published, PHOTO, public=True)
    redact(region, published, id_, LEFT)
    redact(region, published, id_, RIGHT)

    assert [deliver(region, published) for _ in range(4)] == [200] * 4

    assert stored(region, published, id_)["covered"] == 2
    assert set(kept(published, id_)) == {*SIZES, *(f"public2-{size}" for size in SIZES)}


def test_what_is_hidden_whole_is_not_served_again(region: Region, published: Filed) -> None:
    """No copy is made of it, and no list names it."""
    id_ = processed(region, published, PHOTO, public=True)
    redact(region, published, id_, None)

    assert deliver(region, published) == 200
    assert large_copy(region, published) is None
    assert set(kept(published, id_)) == set(SIZES)


@pytest.mark.parametrize("type_", ["report.routed", "report.noted"])
def test_other_events_are_ignored(region: Region, published: Filed, type_: str) -> None:
    id_ = processed(region, published, PHOTO)
    redact(region, published, id_, LEFT)

    assert deliver(region, published, type_) == 200
    assert stored(region, published, id_)["covered"] == 0


def test_a_covered_text_concerns_no_picture(region: Region, published: Filed) -> None:
    """The same event tells of both."""
    id_ = processed(region, published, PHOTO)
    fields: dict[str, Any] = {"start": 0, "end": 5, "text": "Nama."}
    assert region.order(published.code, "redact", **fields).status_code == 200

    assert deliver(region, published) == 200
    assert set(kept(published, id_)) == set(SIZES)
