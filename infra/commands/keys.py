"""python -m infra.commands.keys <region> show|rotate|reseal|drop: keys for signing and sealing.

rotate RING          adds a key that nothing is made with yet; every instance has to know it first
rotate RING --use    makes it the one that is used; the old ones stay listed
reseal               seals all identities and places anew under the current key; stop and repeat
drop RING KEY        takes an old key out for good; not the used one, nor while it seals anything
show                 which keys are listed, which is used, and how much each one seals
"""

import argparse
import os
import secrets
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.progress import track

from infra import manifest, region_file, rings, tfvars
from infra.asking import Declined, asked
from infra.database import of_region, told
from infra.region_file import RegionFault
from infra.resealing import Outcome, in_use, reseal
from infra.rings import KEY_BYTES, RingFault
from infra.secret_manager import SecretManager, signed_in
from shared.adapters.keyring import parsed
from shared.usecases.ports import StoreAway

_SUFFIX = "-keys"
_IDENTITIES = "identity-keys"


def ring_names() -> tuple[str, ...]:
    return tuple(name for name in manifest.load().secrets if name.endswith(_SUFFIX))


def rotate(place: SecretManager, name: str, *, use: bool) -> str:
    """One step of two; says what to do next. Raises RingFault."""
    text = place.latest(name)
    today, secret = f"k{datetime.now(UTC):%Y%m%d}", secrets.token_bytes(KEY_BYTES)
    if text is None:
        version = place.add(name, rings.written(rings.first(today, secret)))
        return f"{name} has its first key, {today} (version {version})."
    ring = rings.read(text)
    new = rings.name_for(ring, today)
    after = rings.used(ring) if use else rings.prepared(ring, new, secret)
    version = place.add(name, rings.written(after))
    return f"{name}, version {version}: {_next_step(name, after)}"


def reseal_all(client: Any, place: SecretManager, after: str) -> Iterator[tuple[str, Outcome]]:
    """Raises RingFault and StoreAway."""
    keys = parsed(_ring_text(place))
    for step in reseal(client, keys, after):
        yield step.code, step.outcome


def main(arguments: list[str]) -> int:
    options, console = _options(arguments), Console()
    try:
        settings = tfvars.read(options.region)
        place = SecretManager(settings["project"], signed_in())
        return _COMMANDS[options.command](options, settings, place, console)
    except Declined as fault:
        console.print(str(fault), soft_wrap=True)
        return 1
    except (RegionFault, RingFault, StoreAway) as fault:
        Console(stderr=True).print(f"[red]Stopped:[/] {told(fault)}", soft_wrap=True)
        return 1


def _rotate(options: Any, _settings: Any, place: SecretManager, console: Console) -> int:
    console.print(rotate(place, _ring_name(options), use=options.use), soft_wrap=True)
    return 0


def _ring_name(options: Any) -> str:
    if options.ring not in ring_names():
        raise RingFault(f"name a ring: {', '.join(ring_names())}")
    return str(options.ring)


def _drop(options: Any, settings: Any, place: SecretManager, console: Console) -> int:
    name, key = _ring_name(options), options.key or ""
    after = rings.without(rings.read(place.latest(name) or ""), key)
    if name == _IDENTITIES and (sealed := in_use(of_region(options.region, settings))[key]):
        raise RingFault(f"{key} seals {sealed} identities and places: reseal first")
    asked(console, yes=options.yes)(f"What {key} of {name} made is lost for good. Take it out?")
    version = place.add(name, rings.written(after))
    console.print(f"{name}, version {version}: without {key}. {_RESTART}.", soft_wrap=True)
    return 0


def _reseal(options: Any, settings: Any, place: SecretManager, console: Console) -> int:
    client = of_region(options.region, settings)
    outcomes, last = Counter[Outcome](), options.after
    steps = reseal_all(client, place, options.after)
    try:
        for code, outcome in track(steps, "Sealing …", total=None, console=console):
            last, outcomes[outcome] = code, outcomes[outcome] + 1
    except KeyboardInterrupt:
        console.print(f"Stopped. Go on with --after {last}", soft_wrap=True)
        return 130
    for outcome, number in sorted(outcomes.items(), key=lambda each: each[0].name):
        console.print(f"{number} {outcome.value}")
    return 1 if outcomes[Outcome.CHANGED] or outcomes[Outcome.UNREADABLE] else 0


def _show(options: Any, settings: Any, place: SecretManager, console: Console) -> int:
    for name in ring_names():
        ring = rings.read(place.latest(name) or "")
        console.print(f"{name}: {', '.join(ring.secrets)}; used: {ring.current}")
    for key_id, number in sorted(in_use(of_region(options.region, settings)).items()):
        console.print(f"{key_id} seals {number} identities and places")
    return 0


def _next_step(name: str, ring: rings.Ring) -> str:
    if ring.is_prepared:
        return f"{ring.newest} is listed and not used yet. {_RESTART}, then: rotate {name} --use"
    sealing = ", then: reseal" if name == _IDENTITIES else ""
    return f"{ring.current} is used by every instance that starts from now on. {_RESTART}{sealing}."


def _ring_text(place: SecretManager) -> str:
    text = place.latest(_IDENTITIES) or ""
    rings.read(text)
    return text


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m infra.commands.keys",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("region", help="one of: " + ", ".join(region_file.names()))
    parser.add_argument("command", choices=_COMMANDS)
    parser.add_argument("ring", nargs="?", help="one of: " + ", ".join(ring_names()))
    parser.add_argument("key", nargs="?", help="for drop: which one")
    parser.add_argument("--use", action="store_true", help="make the prepared key the used one")
    parser.add_argument("--after", default="", metavar="CODE", help="reseal from behind this one")
    yes = os.environ.get("YES") == "1"
    parser.add_argument("--yes", action="store_true", default=yes, help="ask nothing; $YES")
    return parser.parse_args(arguments)


_RESTART = "Restart all functions (docs/operating.md, Keys)"
_COMMANDS = {"show": _show, "rotate": _rotate, "reseal": _reseal, "drop": _drop}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
