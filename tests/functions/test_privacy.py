"""Who sees what: reports full of marked personal data, walked by everybody, searched everywhere."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from shared.edge import limits, replies
from tests.functions.journeys import (
    HANDLER,
    IDENTITY,
    ROADS,
    WASTE,
    Exchange,
    Stage,
    Step,
    everything_stored,
    everything_written,
)
from tests.functions.outside import NOW
from tests.functions.region import Region, living_in

# Who sees what (design.md §2). P: the public, once a person took the report on, unless it is
# secret or archived; R: its reporter; A: the agency that has it; O: verifiers, coordinators and the
# oversight, for the whole region. Whoever is none of these sees nothing.
TEXTS = {
    "title":    "P R A O",
    "body":     "P R A O",
    "masked":   "  R A O",  # a word of the body that an officer masked
    "ticked":   "P R A O",  # "boleh dibaca umum"
    "hidden":   "  R A O",  # not ticked
    "answer":   "P R A O",  # plans, answers and their proof
    "location": "  R A O",
    "question": "  R A O",  # of a hold
    "reason":   "  R A O",  # why somebody looked at the identity
    "archive":  "  R A O",  # the public reads the reason only
    "internal": "  R A O",  # routing, classifying, directing, masking, merging
    "note":     "    A O",
}  # fmt: skip
# Never in a view: identity is for reveal, the receipt for the answer to the filing, and people of
# the desk are roles; only who works on it shows, and to those who work.
NEVER = (*IDENTITY, "receipt")
# Numbers in a text: as the text, but not for the public, nor for the agency of somebody anonymous.

# Filed how, and by whom it is held in the end.
FILINGS: Mapping[str, dict[str, Any]] = {
    "plain": {"title": "~title"},
    "anonymous": {"anonymous": True},
    "secret": {"secret": True},
    "supervisory": {"about_official": True, "agency": WASTE},
    "target": {},
    "merged": {},
    "archived": {},
    "unpublished": {},
    "routed by the system": {"agency": ROADS},
    "on behalf": {"by": "intake"},
}
HOLDERS = {
    **dict.fromkeys(("plain", "anonymous", "secret", "target", "merged"), "roads"),
    "routed by the system": "roads",
    "supervisory": "handler",
}
IN_PUBLIC = {"plain", "anonymous", "target", "merged"}
NOT_FOR_THE_ACCUSED = {"supervisory"}
OFFICE = ("verifier", "coordinator", "oversight")
AGENCIES = ("roads", "health", "handler", "accused")
OUTSIDERS = ("public", "reporter", "wrong receipt")
VIEWERS = (*OUTSIDERS, *AGENCIES, *OFFICE, "verifier at the accused", "intake", "admin")

ASKED: tuple[Step, ...] = (
    ("reporter", "add", {"text": "~ticked", "public": True}),
    ("verifier", "hold", {"text": "~question"}),
    ("reporter", "supplement", {"text": "~hidden"}),
    ("verifier", "note", {"text": "~note"}),
    ("verifier", "reveal", {"text": "~reason"}),
    ("coordinator", "redact", {"text": "~internal", "at": "~span"}),
    ("verifier", "classify", {"area": "51.03.01", "text": "~internal"}),
)
WORKED_ON: tuple[Step, ...] = (
    ("holder", "accept", {"text": "~internal"}),
    ("holder", "reveal", {"text": "~reason"}),
    ("holder", "note", {"text": "~note"}),
    ("coordinator", "direct", {"text": "~internal", "by": "2026-11-24"}),
    ("oversight", "note", {"text": "~note"}),
    ("oversight", "reveal", {"text": "~reason"}),
    ("holder", "hold", {"text": "~question"}),
    ("reporter", "supplement", {"text": "~hidden"}),
    ("holder", "plan", {"on": "2026-11-25", "text": "~answer"}),
    ("holder", "respond", {"outcome": "explained", "cause": "anggaran", "text": "~answer"}),
    ("reporter", "reply", {"text": "~hidden"}),
    ("holder", "respond", {"outcome": "solved", "proof": "~answer", "text": "~answer"}),
    ("reporter", "reply", {"text": "~ticked", "public": True}),
    ("holder", "respond", {"outcome": "explained", "cause": "aturan", "text": "~answer"}),
    ("reporter", "confirm", {"solved": False, "satisfaction": 2, "text": "~hidden"}),
    ("reporter", "object", {"text": "~ticked", "public": True}),
)


def routed_to(agency: str) -> Step:
    return ("verifier", "route", {"agency": agency, "text": "~internal"})


ASSIGNED: Step = ("roads", "assign", {"officer": "~officer:colleague", "text": "~internal"})
JOURNEYS: Mapping[str, tuple[Step, ...]] = {
    "plain": (*ASKED, routed_to(ROADS), ASSIGNED, *WORKED_ON),
    "anonymous": (*ASKED, routed_to(ROADS), ASSIGNED, *WORKED_ON),
    "secret": (*ASKED, routed_to(ROADS), ASSIGNED, *WORKED_ON),
    "supervisory": (*ASKED, routed_to(HANDLER), *WORKED_ON),
    "target": (routed_to(ROADS),),
    "merged": (
        *(*ASKED, routed_to(ROADS)),
        ("verifier", "merge", {"into": "~code:target", "text": "~internal"}),
    ),
    "archived": (
        *(*ASKED, ("coordinator", "reveal", {"text": "~reason"})),
        ("verifier", "archive", {"reason": "abusive", "text": "~archive"}),
    ),
    "unpublished": ASKED,
    "routed by the system": (
        ("roads", "note", {"text": "~note"}),
        ("roads", "hold", {"text": "~question"}),
        ("reporter", "supplement", {"text": "~ticked", "public": True}),
    ),
    "on behalf": ASKED,
}  # fmt: skip
REFUSED = {("anonymous", "holder", "reveal"): 403}


# The walk


@dataclass(frozen=True)
class Walk:
    """All that came of it: answers (in the stage), what was written, what is stored."""

    stage: Stage
    written: str
    stored: Mapping[str, str]
    outbox: Mapping[str, str]
    seen: Mapping[tuple[str, str], Exchange]
    queues: tuple[Exchange, ...]


@pytest.fixture(scope="module")
def walk(region_of_module: Region) -> Walk:
    region_of_module.outside.now = NOW
    limits._posts.clear()
    stage = Stage(region_of_module)
    with everything_written() as written:
        outbox = played(stage)
        seen = {
            (viewer, name): looked(stage, viewer, name)
            for viewer, name in product(VIEWERS, FILINGS)
        }
        queues = tuple(searched(stage))
    stored = everything_stored(region_of_module.store)
    return Walk(stage, written.getvalue(), stored, outbox, seen, queues)
