"""Kemendagri area codes: `51.03.06.2003` lies in `51.03.06`, which lies in `51.03`."""

from collections.abc import Iterator


def lies_in(area: str, wider: str) -> bool:
    return area == wider or area.startswith(wider + ".")


def and_wider(area: str) -> Iterator[str]:
    """The area itself, then each wider one."""
    parts = area.split(".")
    for length in range(len(parts), 0, -1):
        yield ".".join(parts[:length])
