"""What the command line and the environment ask for. Loads nothing: the answer is wanted soon."""

import argparse
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_INFRA = _ROOT / "infra"
_KEPT = _ROOT / ".tanggap"
_PORT = "8080"
_REGION = "badung"


class Unreadable(Exception):
    """One sentence about a setting."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """`state`: the folder to keep everything in; None keeps nothing. `faults`: a file."""

    region: str
    port: int
    state: Path | None = None
    fresh: bool = False
    google: bool = False
    faults: Path | None = None
    isolated: bool = False
    verbose: bool = False
    clock: datetime | None = None
    infra: Path = _INFRA


def wishes_of(arguments: list[str], about: str | None = None) -> Wishes:
    """Raises Unreadable."""
    given = _parser(about).parse_args(arguments)
    _check_google(given)
    region = given.region or os.environ.get("REGION") or _REGION
    kept = not (given.google or given.memory)
    return Wishes(
        region=region,
        port=_port(given.port or os.environ.get("PORT") or _PORT),
        state=(given.state or _KEPT / region) if kept else None,
        fresh=given.fresh,
        google=given.google,
        faults=given.faults,
        isolated=given.isolated,
        verbose=given.verbose,
        clock=_clock(os.environ.get("CLOCK")),
        infra=given.infra,
    )


def _parser(about: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m emulator", description=about)
    add = parser.add_argument
    add("--port", help=f"default: PORT, or {_PORT}")
    add("--region", help=f"a file of infra/regions; default: REGION, or {_REGION}")
    add("--infra", type=Path, default=_INFRA, help="another folder of regions, policy, categories")
    keeping = parser.add_mutually_exclusive_group()
    keeping.add_argument(
        "--state", type=Path, help="keep everything there; default: .tanggap/REGION"
    )
    keeping.add_argument("--memory", action="store_true", help="keep nothing")
    add("--fresh", action="store_true", help="forget what is kept, and start anew")
    add("--google", action="store_true", help="on Google's emulators (Java, gcloud); keeps nothing")
    add("--faults", type=Path, help="what goes wrong on purpose: see emulator/faults.example.yaml")
    add("--isolated", action="store_true", help="each function in its own process")
    add("--verbose", action="store_true", help="show every line the functions log")
    return parser


def _check_google(given: argparse.Namespace) -> None:
    if given.google and given.state:
        raise Unreadable("Google's emulators keep nothing; leave out --state or --google")
    if given.google and given.faults:
        raise Unreadable("Google's emulators fail only by themselves; leave out --faults")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:  # noqa: PLR2004
        raise Unreadable("the port is a number from 1 to 65535, or 0 for any free one")
    return int(text)


def _clock(text: str | None) -> datetime | None:
    if not text:
        return None
    with suppress(ValueError):
        start = datetime.fromisoformat(text)
        if start.tzinfo:
            return start
    raise Unreadable("CLOCK is a time with its offset, such as 2026-11-21T08:00+08:00")
