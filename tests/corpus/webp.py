"""What a WebP file is made of (RIFF, "WebP Container Specification")."""

from collections.abc import Iterator


def chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each, to the last byte of the file."""
    assert (content[:4], content[8:12]) == (b"RIFF", b"WEBP")
    assert int.from_bytes(content[4:8], "little") == len(content) - 8
    at = 12
    while at < len(content):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        yield content[at : at + 4], content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    assert at == len(content)
