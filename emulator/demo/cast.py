"""Who plays: the seeded officers, by role and by agency."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


class NobodyThere(Exception):
    """A story asks for somebody who is not seeded here."""


@dataclass(frozen=True, slots=True)
class Officer:
    id: str
    email: str
    roles: frozenset[str]
    agency: str | None
    head: bool


@dataclass(frozen=True, slots=True)
class Cast:
    """`handlers`: the agencies that only look into officials' conduct."""

    officers: tuple[Officer, ...]
    handlers: frozenset[str] = frozenset()

    def named(self, who: str, agency: str | None, number: int) -> Officer:
        """The officer whom a story calls `who`; reports take an agency's officers in turn."""
        fitting = self._fitting(who, agency)
        if not fitting:
            raise NobodyThere(f"no {who} at {agency}" if agency else f"no {who}")
        return fitting[number % len(fitting)]

    def has_people_at(self, agency: str | None) -> bool:
        return {False, True} == {each.head for each in self._of(agency)}

    def agencies(self) -> tuple[str, ...]:
        """Those with people, where any report may go."""
        ids = dict.fromkeys(each.agency for each in self.officers if each.agency)
        return tuple(id_ for id_ in ids if id_ not in self.handlers and self.has_people_at(id_))

    def _fitting(self, who: str, agency: str | None) -> list[Officer]:
        if who in ("agency", "agency_head"):
            return [each for each in self._of(agency) if each.head == (who == "agency_head")]
        role = who.removesuffix("2")
        found = [each for each in self.officers if role in each.roles]
        return found[1:2] if who.endswith("2") else found[:1]

    def _of(self, agency: str | None) -> tuple[Officer, ...]:
        return tuple(each for each in self.officers if agency and each.agency == agency)


def officers(listed: Iterable[Mapping[str, Any]]) -> tuple[Officer, ...]:
    """As GET /_emulator/officers lists them."""
    return tuple(
        Officer(
            id=each["id"],
            email=each["email"],
            roles=frozenset(each["roles"]),
            agency=each.get("agency"),
            head=bool(each.get("head")),
        )
        for each in listed
    )
