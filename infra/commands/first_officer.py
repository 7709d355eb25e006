"""python -m infra.commands.first_officer <region> EMAIL NAME: the admin who adds all others.

Only while the region has no admin; from then on people are edited at the desk, and nowhere else.
"""

import argparse
import secrets
import sys
from typing import Any

from rich.console import Console

from infra import region_file
from infra.commands.transfer import rules_of
from infra.database import database, told
from infra.region_file import RegionFault
from shared.adapters.firestore_people import FirestorePeople
from shared.domain.directory import Officer
from shared.domain.events import Stamp
from shared.domain.refusals import UnableTo
from shared.domain.scene import Person
from shared.domain.statuses import Role
from shared.edge.clock import now
from shared.usecases.people import Office, add_officer
from shared.usecases.ports import StoreAway

_ENTROPY_BYTES = 64
# Whose hand it was, in the record of edits.
_OPERATOR = Person(frozenset({Role.ADMIN}), officer="operator")


def add_first(client: Any, region: str, email: str, name: str) -> Officer:
    """Raises RegionFault for no address or a second admin, UnableTo for what is no officer."""
    if "@" not in email:
        raise RegionFault("EMAIL is the address that the officers' issuer signs them in with")
    people = FirestorePeople(client)
    if people.with_role(Role.ADMIN):
        raise RegionFault("the region has an admin already, who adds all others at the desk")
    stamp = Stamp(now(), secrets.token_bytes(_ENTROPY_BYTES))
    wanted = Officer("", email, name, frozenset({Role.ADMIN}))
    return add_officer(wanted, Office(_OPERATOR, rules_of(client, region), stamp, people))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m infra.commands.first_officer", description=__doc__
    )
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    parser.add_argument("email", help="as the issuer says it")
    parser.add_argument("name")
    options = parser.parse_args(arguments)
    try:
        officer = add_first(database(options.region), options.region, options.email, options.name)
    except (RegionFault, UnableTo, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Not added:[/] {told(fault)}", soft_wrap=True)
        return 1
    Console().print(f"{officer.name} signs in at /desk and adds the others.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
