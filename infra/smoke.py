"""Whether what was deployed answers as it should: from outside, and nothing is left behind."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import requests

_SECONDS = 15
_REFUSED = 422


@dataclass(frozen=True, slots=True)
class Probe:
    """`fault`: None when all is well."""

    name: str
    fault: str | None


def smoke(url: str, region: str) -> Iterator[Probe]:
    for name, path, look in _PROBES:
        yield Probe(name, _fault(f"{url}{path}", look, region))


Look = Callable[[str, str], str | None]


def _fault(url: str, look: Look, region: str) -> str | None:
    try:
        return look(url, region)
    except requests.exceptions.SSLError:
        return "its certificate is not there yet, or is somebody else's"
    except requests.RequestException as fault:
        return type(fault).__name__


def _healthy(url: str, _region: str) -> str | None:
    return None if _json(url).get("status") == "ok" else "the store does not answer"


def _described(url: str, _region: str) -> str | None:
    return None if "/api/reports" in _json(url).get("paths", {}) else "not our contract"


def _is_ours(url: str, region: str) -> str | None:
    found = _json(url).get("region", {}).get("id")
    return None if found == region else f"it is the directory of {found}: seed the region"


def _refuses(url: str, _region: str) -> str | None:
    """A report without a body: checked, answered, and never kept."""
    answer = requests.post(url, json={}, timeout=_SECONDS)
    kind = answer.headers.get("Content-Type", "")
    if answer.status_code == _REFUSED and kind.startswith("application/problem+json"):
        return None
    return f"an empty report is answered with {answer.status_code}"


def _json(url: str) -> dict[str, Any]:
    answer = requests.get(url, timeout=_SECONDS)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


_PROBES: tuple[tuple[str, str, Look], ...] = (
    ("health", "/health", _healthy),
    ("contract", "/api/openapi.json", _described),
    ("directory", "/api/directory", _is_ours),
    ("a refused report", "/api/reports", _refuses),
)
