"""To whom a notice goes, as the directory, the officers and the reporter's contact are now.

An address is looked up when the notice leaves and is kept nowhere.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from shared.domain.directory import Agency, Directory, Officer
from shared.domain.notice import Audience, Channel, Notice
from shared.domain.notices import reporter_of
from shared.domain.report import Report
from shared.domain.statuses import Role
from shared.usecases.ports import Officers, Reports


@dataclass(frozen=True, slots=True)
class Recipient:
    """`officer`: whose address it is, of an audience of several."""

    channel: Channel
    address: str = field(repr=False)
    officer: str | None = None


@dataclass(frozen=True, slots=True)
class AddressBook:
    """What recipients are found in. `report`: what the notice tells of; None of a digest."""

    directory: Directory
    reports: Reports
    officers: Officers
    today: date
    report: Report | None

    def recipients(self, notice: Notice) -> tuple[Recipient, ...]:
        """Nobody who is accused, or works for a unit that is."""
        if notice.officer:
            officer = self.officers.by_id(notice.officer)
            return self._people((officer,) if officer else ())
        return _FIND[notice.audience](self, notice)

    def reporter(self, notice: Notice) -> tuple[Recipient, ...]:
        """By mail where there is one, unless the notice is for the other contact on file."""
        identity = self.reports.identity(reporter_of(notice))
        known = {Channel.EMAIL: identity.email, Channel.SMS: identity.phone}
        wanted = (notice.channel,) if notice.channel else tuple(known)
        found = (Recipient(each, address) for each in wanted if (address := known[each]))
        return tuple(found)[:1]

    def agency(self, notice: Notice) -> tuple[Recipient, ...]:
        return self._office(notice.unit)

    def heads(self, notice: Notice) -> tuple[Recipient, ...]:
        """Where nobody signs in as head, the agency's own address."""
        unit = self._in_charge(notice.unit)
        staff = self.officers.of_agency(unit.id) if unit else ()
        heads = [each for each in staff if each.head]
        return self._people(self._and_deputies(heads)) or self._office(notice.unit)

    def verifiers(self, _notice: Notice) -> tuple[Recipient, ...]:
        return self._people(self._and_deputies(self.officers.with_role(Role.VERIFIER)))

    def coordinators(self, _notice: Notice) -> tuple[Recipient, ...]:
        return self._people(self._and_deputies(self.officers.with_role(Role.COORDINATOR)))

    def inspectorate(self, _notice: Notice) -> tuple[Recipient, ...]:
        """The first of those that may hold supervisory reports and is not accused itself."""
        handlers = self.directory.handlers_for(self._accused)
        return self._office(next(iter(handlers), None))

    @property
    def _accused(self) -> frozenset[str]:
        return frozenset(self.report.excluded if self.report else ())

    def _office(self, unit: str | None) -> tuple[Recipient, ...]:
        address = self.directory.mail_of(unit, self.today) if self._in_charge(unit) else None
        return (Recipient(Channel.EMAIL, address),) if address else ()

    def _people(self, officers: Iterable[Officer]) -> tuple[Recipient, ...]:
        return tuple(
            Recipient(Channel.EMAIL, officer.email, officer.id)
            for officer in officers
            if officer.serves(self.today)
            and not (officer.agency and self.directory.is_below(officer.agency, self._accused))
        )

    def _and_deputies(self, officers: Iterable[Officer]) -> tuple[Officer, ...]:
        """Whoever is away reads it later; the deputy reads it now. Nobody reads it twice."""
        found = {officer.id: officer for officer in officers}
        for officer in tuple(found.values()):
            deputy = officer.deputy_on(self.today)
            if deputy and deputy not in found and (stands_in := self.officers.by_id(deputy)):
                found[deputy] = stands_in
        return tuple(found.values())

    def _in_charge(self, unit: str | None) -> Agency | None:
        """The agency, or whichever has taken its place by today; none that is accused."""
        agency = self.directory.in_place_of(unit, self.today)
        if agency is None or self.directory.is_below(agency.id, self._accused):
            return None
        return agency


_FIND: Mapping[Audience, Callable[[AddressBook, Notice], tuple[Recipient, ...]]] = {
    Audience.REPORTER: AddressBook.reporter,
    Audience.AGENCY: AddressBook.agency,
    Audience.AGENCY_HEAD: AddressBook.heads,
    Audience.VERIFIERS: AddressBook.verifiers,
    Audience.COORDINATOR: AddressBook.coordinators,
    Audience.INSPECTORATE: AddressBook.inspectorate,
}


def is_listed(address: str, listed: Iterable[str]) -> bool:
    """An address in full, or everybody at a domain (`badung.go.id`); a number as it is stored."""
    typed = address.strip().lower()
    return any(typed in (entry, f"{typed.rpartition('@')[0]}@{entry}") for entry in _lower(listed))


def _lower(entries: Iterable[str]) -> Iterable[str]:
    return (entry.strip().lower() for entry in entries)
