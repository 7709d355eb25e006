"""What a file is, told by its content; and that a document is whole and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.attachment import DOCUMENTS, REASONS, Unacceptable
from shared.domain.contents.kinds import check_document, type_of, without_place
from tests.corpus.documents import PLACE, box, in_object_stream, mp4, pdf, stream, telling_mp4
from tests.corpus.hostile import BAD_DOCUMENTS
from tests.corpus.pictures import heic, jpeg, png, webp

WHOLE = {
    "application/pdf": {
        "plain": pdf(),
        "compressed": pdf(stream(b"BT (Halo) Tj ET")),
        "object streams": in_object_stream(b"<< /Type /Annot >>"),
        "opened at a page": pdf(b"<< /OpenAction [3 0 R /Fit] >>"),
        "speaks of locks": pdf(stream(b"(/Encrypt and /Launched)", deflated=False)),
        "changed once": pdf() + pdf()[9:],
        "line feeds at its end": pdf() + b"\r\n\n",
    },
    "video/mp4": {
        "plain": mp4(),
        "index last": telling_mp4(),
        "in pieces": mp4(box(b"moof"), box(b"mdat")),
        "of an old phone": mp4(major=b"3gp4", compatible=[b"isom", b"3gp4"]),
        "long box": mp4((1).to_bytes(4) + b"free" + (24).to_bytes(8) + bytes(8)),
        "last box to the end": mp4(bytes(4) + b"mdat" + b"\x01" * 9),
    },
}
CASES = [(type_, content) for type_, each in WHOLE.items() for content in each.values()]
NAMES = [f"{type_}, {name}" for type_, each in WHOLE.items() for name in each]


def reason_of(content: bytes) -> str | None:
    """Of a document; None: it is kept."""
    try:
        check_document(content, type_of(content))
    except Unacceptable as refusal:
        return refusal.reason
    return None


def reason_of_any(content: bytes) -> str | None:
    try:
        return reason_of(content) if type_of(content) in DOCUMENTS else None
    except Unacceptable as refusal:
        return refusal.reason


@pytest.mark.parametrize(("type_", "content"), CASES, ids=NAMES)
def test_a_whole_document_is_kept(type_: str, content: bytes) -> None:
    """Also in the shapes that programs give it, which look odd and are not."""
    assert (type_of(content), reason_of(content)) == (type_, None)


@pytest.mark.parametrize(
    ("content", "type_"),
    [(jpeg(), "image/jpeg"), (png(), "image/png"), (webp(), "image/webp"), (heic(), "image/heic")],
)
def test_a_picture_is_known_by_its_content(content: bytes, type_: str) -> None:
    assert type_of(content) == type_


@pytest.mark.parametrize("brands", [b"heicmif1heic", b"mif1mif1heic", b"heixmif1heix"])
def test_a_heic_is_told_from_a_video_by_its_brands(brands: bytes) -> None:
    """Both begin alike."""
    content = box(b"ftyp", brands[:4] + bytes(4) + brands[4:])

    assert type_of(content) == "image/heic"


@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_what_is_not_what_it_seems_is_refused_with_its_reason(name: str) -> None:
    make, reason = BAD_DOCUMENTS[name]

    assert reason_of(make()) == reason
    assert reason in REASONS


@pytest.mark.parametrize("content", [pdf(), telling_mp4(), mp4()], ids=["pdf", "phone", "mp4"])
@given(data=st.data())
def test_a_document_cut_off_anywhere_is_refused(content: bytes, data: st.DataObject) -> None:
    """But for the line feed at the end of a PDF, which nobody misses."""
    kept = data.draw(st.integers(0, len(content) - 2))

    assert reason_of_any(content[:kept]) in {"broken", "type-not-accepted"}


@given(st.binary(max_size=200), st.sampled_from([b"", b"%PDF-1.7\n", mp4()[:24], b"\xff\xd8\xff"]))
def test_rubbish_is_refused_and_breaks_nothing(rubbish: bytes, start: bytes) -> None:
    """Whatever comes, the answer is a reason of ours, or it may be a picture."""
    assert reason_of_any(start + rubbish) in {*REASONS, None}


def test_a_video_no_longer_tells_where_it_was_taken() -> None:
    """As long as before, so that what it points to stays where it is; and still a video."""
    content = telling_mp4()

    kept = without_place(content, "video/mp4")

    assert content.count(PLACE) == 3
    assert PLACE not in kept
    assert len(kept) == len(content)
    assert reason_of(kept) is None
    assert kept.count(b"\x01" * 64) == 1


def test_a_video_without_a_place_stays_as_it_is() -> None:
    assert without_place(mp4(), "video/mp4") == mp4()
    assert without_place(pdf(), "application/pdf") == pdf()


def test_boxes_within_boxes_without_end_are_walked_no_deeper_than_a_track() -> None:
    """Each of them costs eight bytes, and would cost a call."""
    nested = b""
    for _ in range(5000):
        nested = box(b"moov", nested)

    assert reason_of(mp4(nested)) is None
    assert without_place(mp4(nested), "video/mp4") == mp4(nested)
