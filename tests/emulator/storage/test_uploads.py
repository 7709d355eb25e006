"""Resumable uploads, as a browser does them: broken off anywhere, they go on where they were."""

import socket
from random import Random
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.emulator.storage.world import NAME, PIECE, WEB, World, put

CONTENT = Random(3).randbytes(3 * PIECE + 1000)
WHOLE = len(CONTENT)


def kept(answer: httpx.Response) -> int:
    """How many bytes are there, as the answer says."""
    return int(answer.headers["Range"].partition("-")[2]) + 1 if "Range" in answer.headers else 0


def test_a_file_in_one_request(here: World) -> None:
    answer = put(here.started(), CONTENT)

    assert answer.status_code == 200
    assert here.bucket.blob(NAME).download_as_bytes() == CONTENT


def test_a_file_in_pieces(here: World) -> None:
    """Each answer says how far it is."""
    session = here.started()

    first = put(session, CONTENT[: 2 * PIECE], f"0-{2 * PIECE - 1}/{WHOLE}")
    last = put(session, CONTENT[2 * PIECE :], f"{2 * PIECE}-{WHOLE - 1}/{WHOLE}")

    assert (first.status_code, first.headers["Range"]) == (308, f"bytes=0-{2 * PIECE - 1}")
    assert last.status_code == 200
    assert here.bucket.blob(NAME).download_as_bytes() == CONTENT


def test_of_an_upload_that_goes_on_whole_quarters_of_a_mebibyte_are_kept(here: World) -> None:
    """What is over is sent once more."""
    answer = put(here.started(), CONTENT[:400_000], f"0-399999/{WHOLE}")

    assert (answer.status_code, kept(answer)) == (308, PIECE)


def test_nothing_is_there_yet(here: World) -> None:
    """Then there is no Range at all."""
    answer = put(here.started(), b"", f"*/{WHOLE}")

    assert (answer.status_code, kept(answer)) == (308, 0)


def test_a_broken_connection_leaves_what_came(here: World) -> None:
    """The client asks how much that was, and sends the rest."""
    session = here.started()
    cut_off(session, CONTENT, after=2 * PIECE + 5000)

    found = put(session, b"", f"*/{WHOLE}")
    at = kept(found)
    done = put(session, CONTENT[at:], f"{at}-{WHOLE - 1}/{WHOLE}")

    assert at == 2 * PIECE
    assert done.status_code == 200
    assert here.bucket.blob(NAME).download_as_bytes() == CONTENT


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cuts=st.lists(st.integers(1, WHOLE), min_size=1, max_size=4))
def test_wherever_it_breaks_the_file_is_whole_in_the_end(here: World, cuts: list[int]) -> None:
    name = "-".join(map(str, cuts))
    session = here.started(name)
    for cut in cuts:
        at = kept(put(session, b"", f"*/{WHOLE}"))
        if at + cut < WHOLE:
            put(session, CONTENT[at : at + cut], f"{at}-{at + cut - 1}/{WHOLE}")

    at = kept(put(session, b"", f"*/{WHOLE}"))

    assert put(session, CONTENT[at:], f"{at}-{WHOLE - 1}/{WHOLE}").status_code == 200
    assert here.bucket.blob(name).download_as_bytes() == CONTENT
    here.bucket.blob(name).delete()


def test_bytes_that_are_there_already_are_passed_over(here: World) -> None:
    """Whoever had no answer begins where it thinks that it is."""
    session = here.started()
    put(session, CONTENT[:PIECE], f"0-{PIECE - 1}/{WHOLE}")

    answer = put(session, CONTENT, f"0-{WHOLE - 1}/{WHOLE}")

    assert answer.status_code == 200
    assert here.bucket.blob(NAME).download_as_bytes() == CONTENT


def test_bytes_that_come_too_early_are_refused(here: World) -> None:
    """A client tries again after it asked."""
    session = here.started()

    answer = put(session, CONTENT[PIECE:], f"{PIECE}-{WHOLE - 1}/{WHOLE}")

    assert answer.status_code == 503
    assert kept(put(session, b"", f"*/{WHOLE}")) == 0


def test_a_file_whose_size_is_said_at_the_end(here: World) -> None:
    session = here.started()

    assert kept(put(session, CONTENT[:PIECE], f"0-{PIECE - 1}/*")) == PIECE
    assert put(session, CONTENT[PIECE:], f"{PIECE}-{WHOLE - 1}/{WHOLE}").status_code == 200
    assert here.bucket.blob(NAME).size is None
    assert here.bucket.get_blob(NAME).size == WHOLE


def test_a_finished_upload_stays_finished(here: World) -> None:
    """Its client may not have heard of it, and who was told may have taken the object away."""
    session = here.started()
    put(session, CONTENT)

    again = [put(session, CONTENT), put(session, b"", f"*/{WHOLE}")]
    here.bucket.blob(NAME).delete()
    again += [put(session, CONTENT), put(session, b"", f"*/{WHOLE}")]

    assert [answer.status_code for answer in again] == [200] * 4
    assert here.topics.names == [NAME]


def test_what_was_uploaded_cannot_be_uploaded_over(here: World) -> None:
    """Whoever still has an invitation changes nothing of what is being looked at."""
    put(here.started(), CONTENT)

    refused = put(here.started(), b"something else")

    assert (refused.status_code, "AccessDenied" in refused.text) == (403, True)
    assert here.bucket.blob(NAME).download_as_bytes() == CONTENT


@pytest.mark.parametrize(
    ("size", "send", "code"),
    [
        (WHOLE - 1, f"0-{PIECE - 1}/{WHOLE}", "EntityTooLarge"),
        (PIECE // 2, f"0-{PIECE - 1}/*", "EntityTooLarge"),
        (WHOLE, f"0-{PIECE - 2}/{WHOLE}", "InvalidArgument"),
        (WHOLE, f"0-{PIECE - 1}/{PIECE // 2}", "InvalidArgument"),
        (WHOLE, "first piece", "InvalidArgument"),
    ],
    ids=["said too large", "comes too large", "another length", "beyond its end", "no range"],
)
def test_what_was_not_invited_is_refused(here: World, size: int, send: str, code: str) -> None:
    """100 MB that were announced as 1 MB never come in."""
    session = here.started(size=size)

    answer = put(session, CONTENT[:PIECE], send)

    assert answer.status_code == 400
    assert f"<Code>{code}</Code>" in answer.text
    assert here.bucket.get_blob(NAME) is None


@pytest.mark.parametrize("said", ["Transfer-Encoding: chunked", "Content-Length: -1"])
def test_a_body_of_unknown_length_is_refused(here: World, said: str) -> None:
    """Not taken for an empty one; nothing of it is read as another request."""
    session = here.started()
    there = urlsplit(session)
    with socket.create_connection((there.hostname or "", there.port or 0)) as connection:
        head = f"PUT {there.path}?{there.query} HTTP/1.1\r\nHost: {there.netloc}\r\n{said}\r\n\r\n"
        connection.sendall(head.encode() + b"1\r\nx\r\n0\r\n\r\n")
        answer = b"".join(iter(lambda: connection.recv(1024), b""))

    assert answer.startswith(b"HTTP/1.1 411 ")
    assert answer.count(b"HTTP/1.1") == 1
    assert here.bucket.get_blob(NAME) is None


def test_an_upload_can_be_given_up(here: World) -> None:
    session = here.started()
    put(session, CONTENT[:PIECE], f"0-{PIECE - 1}/{WHOLE}")

    assert WEB.delete(session).status_code == 499
    assert put(session, b"", f"*/{WHOLE}").status_code == 404
    assert here.server.held()[0].unfinished == 0


def test_a_session_ends_after_a_week(here: World) -> None:
    """Swept or not; what had come is gone with it."""
    session = here.started()
    put(session, CONTENT[:PIECE], f"0-{PIECE - 1}/{WHOLE}")

    here.clock.advance(days=7)
    assert put(session, b"", f"*/{WHOLE}").status_code == 410
    here.server.sweep()

    assert put(session, b"", f"*/{WHOLE}").status_code == 404
    assert here.server.held()[0].unfinished == 0


def test_an_unknown_session_is_not_found(here: World) -> None:
    session = here.started()

    assert put(session.partition("&upload_id=")[0] + "&upload_id=guessed", b"x").status_code == 404


def cut_off(session: str, content: bytes, *, after: int) -> None:
    """As a telephone that leaves its network."""
    there = urlsplit(session)
    with socket.create_connection((there.hostname or "", there.port or 0)) as connection:
        head = (
            f"PUT {there.path}?{there.query} HTTP/1.1\r\nHost: {there.netloc}\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        connection.sendall(head.encode() + content[:after])
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(1 << 16):
            pass
