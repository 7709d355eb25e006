"""What became of the reports once the system had looked at each of them."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from emulator.desk_client import DeskClient

# A quiet desk: nothing was routed between two looks, and the local cloud has nothing under way.
_LOOK_EVERY = 2.0
_QUIET_LOOKS = 2
_LONGEST = 600.0


@dataclass(frozen=True, slots=True)
class Routed:
    """`missing`: answered with a code, and yet no report of the desk."""

    by_rule: int
    for_verifiers: int
    missing: int


def routed(client: DeskClient, codes: Collection[str]) -> Routed | None:
    """None: only a local cloud lets us in as a verifier to count."""
    people = client.emulator("officers")
    if people is None:
        return None
    verifier = next(each["email"] for each in people if "verifier" in each["roles"])
    _wait_until_quiet(client, verifier)
    found = {each["code"]: each for each in client.search_as(verifier, queue="all")}
    ours = [found[code] for code in codes if code in found]
    by_rule = sum(report["agency"] is not None for report in ours)
    return Routed(by_rule, len(ours) - by_rule, len(codes) - len(ours))


def _wait_until_quiet(client: DeskClient, verifier: str) -> None:
    end, waiting, quiet = time.monotonic() + _LONGEST, -1, 0
    while quiet < _QUIET_LOOKS and time.monotonic() < end:
        # Moving the clock by nothing answers when outbox and pushes are drained.
        client.emulator("clock", {"advance": "PT0S"})
        now = sum(1 for _ in client.search_as(verifier, queue="verification"))
        quiet, waiting = (quiet + 1, waiting) if now == waiting else (0, now)
        time.sleep(_LOOK_EVERY)
