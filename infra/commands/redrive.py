"""python -m infra.commands.redrive [region] [--all | --id ID …]: what was given up or parked.

Without a choice it lists them and changes nothing. What is sent again goes to every consumer of its
topic: who is done with it already knows that.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from infra import manifest, tfvars
from infra.database import database, told
from infra.dead_letters import DeadLetters
from infra.letters import Letter, Publish, Stays, send_again
from infra.parked_events import ParkedEvents
from infra.pubsub import HOME, publishing, subscriber
from infra.region_file import RegionFault
from shared.usecases.ports import StoreAway


@dataclass(frozen=True, slots=True)
class Looked:
    """`outcome`: what was done; empty when it was only looked at."""

    letter: Letter
    outcome: str = ""


def redrive(
    places: Iterable[DeadLetters | ParkedEvents],
    publish: Publish,
    chosen: Callable[[Letter], bool] = lambda _: False,
) -> list[Looked]:
    """Each is sent, then taken away. What is not chosen stays as it was."""
    looked: list[Looked] = []
    plan = manifest.load()
    with ExitStack() as ending:
        for place in places:
            ending.callback(place.give_back)
            for letter in place.letters():
                if not chosen(letter):
                    looked.append(Looked(letter))
                    continue
                try:
                    topic = send_again(letter, plan, publish)
                except Stays as why:
                    looked.append(Looked(letter, f"stays: {why}"))
                else:
                    place.take_away(letter)
                    looked.append(Looked(letter, f"sent to {topic}"))
    return looked


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    try:
        client, location = database(options.region), _location(options.region)
        publish = publishing(client.project, location)
        with console.status("Looking …"):
            looked = redrive(_places(client, location), publish, _choice(options))
    except (RegionFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Not redriven:[/] {told(fault)}", soft_wrap=True)
        return 1
    if looked:
        console.print(_table(looked))
    console.print(_conclusion(looked, options), soft_wrap=True)
    missing = set(options.id) - {each.letter.id for each in looked if each.outcome}
    stayed = any(each.outcome.startswith("stays") for each in looked)
    return 1 if missing or stayed else 0


def _places(client: Any, location: str) -> list[DeadLetters | ParkedEvents]:
    puller, topics = subscriber(location), sorted(manifest.load().dead_letters())
    letters = (DeadLetters(puller, client.project, topic) for topic in topics)
    return [*letters, ParkedEvents(client)]


def _location(region: str) -> str:
    return str(tfvars.read(region).get("location", HOME)) if region else HOME


def _choice(options: argparse.Namespace) -> Callable[[Letter], bool]:
    return lambda letter: options.all or letter.id in options.id


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.commands.redrive", description=__doc__)
    parser.add_argument("region", nargs="?", default="", help="whose; default: the environment's")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--all", action="store_true", help="send all of them again")
    choice.add_argument("--id", nargs="+", default=[], help="send these again")
    return parser.parse_args(arguments)


def _table(looked: Iterable[Looked]) -> Table:
    table = Table("id", "where", "event", "of", "why", "since", "done", box=None)
    for each in looked:
        letter = each.letter
        table.add_row(
            letter.id,
            letter.place,
            letter.type or "unreadable",
            letter.about,
            letter.reason,
            letter.since,
            each.outcome,
        )
    return table


def _conclusion(looked: list[Looked], options: argparse.Namespace) -> str:
    sent = sum(each.outcome.startswith("sent") for each in looked)
    if options.all or options.id:
        return f"{sent} sent again, {len(looked) - sent} left where they are."
    if not looked:
        return "Nothing was given up or parked."
    return f"{len(looked)} lie there. Nothing was changed; --all or --id ID sends them again."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
