"""python -m infra.commands.erase_files <region> CODE: every file of a report, in every size.

For who is owed it by law: what is shown, what was covered, what came in. Nothing brings it back;
the report and its timeline stay, and say that there were files. May be stopped and started again.
"""

import argparse
import sys
from os import environ

from rich.console import Console

from infra import region_file
from infra.asking import Declined, asked
from infra.attachments import opened
from infra.commands.transfer import rules_of
from infra.database import database, told
from infra.region_file import RegionFault
from shared.adapters.bucket import CloudBucket
from shared.adapters.firestore_shelves import FirestoreShelves
from shared.domain.codes import UnreadableCode, parse_code, show_code
from shared.usecases.erasing_files import erase_files
from shared.usecases.ports import StoreAway


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    try:
        code, client = parse_code(options.code), database(options.region)
        rules_of(client, options.region)
        there = opened(client.project)
        ask = asked(console, yes=environ.get("YES") == "1")
        ask(f"Erase every file of {show_code(code)}? Nothing brings them back.")
        shelves = FirestoreShelves(client)
        known = erase_files(code, shelves=shelves, bucket=CloudBucket(lambda: there))
    except UnreadableCode:
        Console(stderr=True).print("[red]Not erased:[/] this is no tracking code")
        return 1
    except (Declined, RegionFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Not erased:[/] {told(fault)}", soft_wrap=True)
        return 1
    console.print(f"{known} files of {show_code(code)} are gone, with all their copies.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m infra.commands.erase_files", description=__doc__
    )
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    parser.add_argument("code", help="the report's number, as its page shows it")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
