"""Where the stories are played: a local cloud, the people seeded there, and its today."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from emulator.demo.cast import Cast, officers
from emulator.desk_client import DeskClient


class WrongCloud(Exception):
    """One sentence for the person who started us."""


@dataclass(frozen=True, slots=True)
class Stage:
    client: DeskClient
    cast: Cast
    today: date


def stage_at(url: str, region: str, *, connections: int) -> Stage:
    client = DeskClient(url, connections=connections)
    there, listed = client.directory().get("region"), client.emulator("officers")
    if not there or listed is None:
        raise WrongCloud(f"{url} is no local cloud, where officers can sign in; use: make run")
    if there["id"] != region:
        raise WrongCloud(
            f"{url} serves {there['name']}, and the stories happen in {region}; "
            f"stop it, or start another one: REGION={region} PORT=8090 make run"
        )
    coordinator = Cast(officers(listed)).named("coordinator", None, 0)
    cast = Cast(officers(listed), frozenset(client.handlers_as(coordinator.email)))
    now = datetime.fromisoformat(client.emulator("clock")["now"])
    return Stage(client, cast, now.astimezone(ZoneInfo(there["zone"])).date())
