"""An object as it lies in its bucket, without its bytes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stored:
    """`created` in microseconds, `md5` and `crc32c` in base64."""

    bucket: str
    name: str
    generation: int
    content: int
    size: int
    type: str
    md5: str
    crc32c: str
    created: int
