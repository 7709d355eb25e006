"""What became of the reports once the system had looked at each of them."""

import time
from collections.abc import Collection
from dataclasses import dataclass

from emulator.desk_client import DeskClient

# Quiet: the local cloud has nothing under way, and nothing was routed between two looks.
_LOOK_EVERY = 1.0
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
    end, before, waiting = time.monotonic() + _LONGEST, -2, -1
    while waiting != before and time.monotonic() < end:
        time.sleep(_LOOK_EVERY)
        # Moving the clock by nothing answers when requests and pushes have ended.
        client.emulator("clock", {"advance": "PT0S"})
        found = client.search_as(verifier, queue="verification")
        before, waiting = waiting, sum(1 for _ in found)
