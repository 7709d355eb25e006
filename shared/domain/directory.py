"""The region's directory: who is responsible for what, where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from shared.domain.statuses import Role


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with a name in Bahasa Indonesia and in English."""

    id: str
    name: str
    name_en: str = ""

    def in_language(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name


@dataclass(frozen=True, slots=True)
class Category(Named):
    keywords: tuple[str, ...] = ()
    advice: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Successor:
    agency: str
    on: date


@dataclass(frozen=True, slots=True)
class Agency:
    """`paper`: nobody there signs in; its reports go out printed and an intake officer answers."""

    id: str
    name: str
    short_name: str
    kind: str
    head: str
    contact: Mapping[str, str] = field(default_factory=dict)
    parent: str | None = None
    area: str | None = None
    unconfirmed: bool = False
    succeeded_by: Successor | None = None
    paper: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """An office outside the region: a ministry, the police, a utility, the ombudsman."""

    id: str
    name: str
    about: str
    about_en: str = ""
    contact: Mapping[str, str] = field(default_factory=dict)

    def about_in(self, language: str) -> str:
        return self.about_en if language == "en" and self.about_en else self.about


@dataclass(frozen=True, slots=True)
class Rule:
    """Category × area → an agency, or a body outside the region."""

    rule: int
    category: str
    area: str
    agency: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """Words to begin a text with; `commands` are those it is for, by their contract names."""

    id: str
    commands: tuple[str, ...]
    text: str
    text_en: str

    def in_language(self, language: str) -> str:
        return self.text_en if language == "en" else self.text


@dataclass(frozen=True, slots=True)
class Deputy:
    """Another officer, from the first day of an absence to the last."""

    officer: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Officer:
    """`subject` is the issuer and sub the account is bound to at its first sign-in.

    `until` is the last day in service; None: no end is known.
    """

    id: str
    email: str
    name: str
    roles: frozenset[Role]
    agency: str | None = None
    head: bool = False
    subject: str | None = None
    until: date | None = None
    deputy: Deputy | None = None

    def serves(self, today: date) -> bool:
        return self.until is None or today <= self.until

    def deputy_on(self, today: date) -> str | None:
        """Who stands in for this officer that day."""
        away = self.deputy
        return away.officer if away and away.since <= today <= away.until else None


@dataclass(frozen=True, slots=True)
class Directory:
    """`notices`: `off`, `live`, or only to the addresses and domains of the `allowlist`.

    `training`: for trying only; nobody else is written to, and nothing is counted.
    """

    region: str
    name: str
    code: str
    zone: str
    agencies: Mapping[str, Agency]
    bodies: Mapping[str, Body]
    categories: Mapping[str, Category]
    rules: tuple[Rule, ...]
    areas: Mapping[str, str]
    handlers: tuple[str, ...] = ()
    causes: Mapping[str, Named] = field(default_factory=dict)
    origins: tuple[str, ...] = ()
    name_en: str = ""
    auto_route: bool = True
    training: bool = False
    notices: str = "allowlist"
    notice_allowlist: tuple[str, ...] = ()
    templates: tuple[Template, ...] = ()

    @property
    def writes_to_everybody(self) -> bool:
        return self.notices == "live" and not self.training

    def name_in(self, language: str) -> str:
        return self.name_en if language == "en" and self.name_en else self.name

    def agency_name(self, agency: str | None) -> str:
        found = self.agencies.get(agency or "")
        return found.name if found else ""

    def is_on_paper(self, agency: str | None) -> bool:
        found = self.agencies.get(agency or "")
        return found is not None and found.paper

    def area_name(self, area: str | None) -> str:
        return self.areas.get(area or "", "")

    def is_below(self, agency: str, units: frozenset[str]) -> bool:
        """Whether the agency is one of these units or took one's place, or stands below such."""
        barred = units.union(*(self._successors(unit) for unit in units))
        return any(unit in barred for unit in self._above(agency))

    def and_below(self, units: frozenset[str]) -> tuple[str, ...]:
        """These units and every agency below them, as the directory stands now."""
        return tuple(agency for agency in self.agencies if self.is_below(agency, units))

    def handlers_for(self, excluded: frozenset[str]) -> tuple[str, ...]:
        """Who may hold a supervisory report; none when every handler is itself accused."""
        return tuple(unit for unit in self.handlers if not self.is_below(unit, excluded))

    def in_place_of(self, agency: str | None, today: date) -> Agency | None:
        """The agency, or whichever has taken its place by that day."""
        found, seen = self.agencies.get(agency or ""), {agency}
        while found and (heir := found.succeeded_by) and heir.on <= today:
            if heir.agency in seen:
                break
            seen.add(heir.agency)
            found = self.agencies.get(heir.agency)
        return found

    def mail_of(self, agency: str | None, today: date) -> str | None:
        """Of whichever is in its place by that day."""
        found = self.in_place_of(agency, today)
        return found.contact.get("email") if found else None

    def _above(self, agency: str) -> Iterator[str]:
        seen: set[str] = set()
        unit: str | None = agency
        while unit and unit not in seen:
            yield unit
            seen.add(unit)
            found = self.agencies.get(unit)
            unit = found.parent if found else None

    def _successors(self, agency: str) -> set[str]:
        heirs: set[str] = set()
        unit = self.agencies.get(agency)
        while unit and unit.succeeded_by and unit.succeeded_by.agency not in heirs:
            heirs.add(unit.succeeded_by.agency)
            unit = self.agencies.get(unit.succeeded_by.agency)
        return heirs
