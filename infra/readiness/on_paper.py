"""What the region's files show by themselves."""

from collections.abc import Iterable, Iterator
from datetime import date

from infra import calendars
from infra.readiness.findings import COORDINATOR, LAWYERS, OPERATOR, Case, Finding

_PLACEHOLDER = ".example"
_UNCONFIRMED = "belum dikonfirmasi"
_NOBODY_PAYS = "000000-000000-000000"


def placeholders(case: Case) -> Iterator[Finding]:
    """Terraform takes them; nobody hears an alarm that is sent there."""
    named = [name for name, value in sorted(case.settings.items()) if _PLACEHOLDER in str(value)]
    if case.settings.get("billing_account") == _NOBODY_PAYS:
        named.append("billing_account")
    if named:
        yield Finding(
            f"placeholders in the .tfvars: {', '.join(named)}",
            "an alarm rings unheard, or nothing is paid for",
            OPERATOR,
            f"infra/regions/{case.name}.tfvars and infra/project/regions/{case.name}.tfvars",
        )


def contacts(case: Case) -> Iterator[Finding]:
    agencies = [each for each in case.region.directory.agencies.values() if _is_open(each.contact)]
    if agencies:
        yield Finding(
            f"{len(agencies)} agencies without a true address: {_some(a.id for a in agencies)}",
            "a deadline runs for an agency that was never told",
            COORDINATOR,
            f"contact in infra/regions/{case.name}.yaml, then seed",
            blocks=not case.training,
        )
    bodies = [each for each in case.region.directory.bodies.values() if _is_open(each.contact)]
    if bodies:
        yield Finding(
            f"{len(bodies)} outside bodies without a true address: {_some(b.id for b in bodies)}",
            "a reporter who is referred there cannot find the way",
            COORDINATOR,
            f"bodies in infra/regions/{case.name}.yaml, then seed",
            blocks=not case.training,
        )


def unconfirmed_agencies(case: Case) -> Iterator[Finding]:
    unsure = [each.id for each in case.region.directory.agencies.values() if each.unconfirmed]
    if unsure:
        yield Finding(
            f"{len(unsure)} agencies unconfirmed: {_some(unsure)}",
            "the agency list does not show that they exist under this name",
            COORDINATOR,
            "compare with the regulation on the region's offices, set unconfirmed: false",
            blocks=False,
        )


def origins(case: Case) -> Iterator[Finding]:
    false = [each for each in case.region.directory.origins if each.endswith(_PLACEHOLDER)]
    if false:
        yield Finding(
            f"origins that do not exist: {', '.join(false)}",
            "the region's own web form cannot post here",
            OPERATOR,
            f"origins in infra/regions/{case.name}.yaml, then seed",
            blocks=False,
        )


def calendar(case: Case) -> Iterator[Finding]:
    known = calendars.of(case.region, case.today).known_years
    for year in (case.today.year, case.today.year + 1):
        if year not in known:
            yield _unknown_year(year, case)


def holidays(case: Case) -> Iterator[Finding]:
    unsure = [
        day
        for day, holiday in case.region.holidays.items()
        if day >= case.today and _UNCONFIRMED in holiday.decree
    ]
    if unsure:
        yield Finding(
            f"{len(unsure)} coming days off are unconfirmed, the first on {min(unsure)}",
            "a deadline that leaves out a working day is a day too long by law",
            COORDINATOR,
            "name the decree in holidays or take the day away; then infra.commands.calendar",
            blocks=False,
        )


def routing(case: Case) -> Iterator[Finding]:
    if not case.region.directory.auto_route:
        yield Finding(
            "auto_route is off",
            "every report waits for a verifier, and none goes by itself when nobody looks",
            COORDINATOR,
            f"check the rules of infra/regions/{case.name}.yaml, then auto_route: true",
            blocks=False,
        )


def notices(case: Case) -> Iterator[Finding]:
    setting = case.region.directory.notices
    if setting != "live" and not case.training:
        yield Finding(
            f"notices are {setting}",
            "agencies are not told of their deadlines and reporters not of their answers",
            COORDINATOR,
            f"notices: live in infra/regions/{case.name}.yaml, then seed; last of all",
        )


def mail(case: Case) -> Iterator[Finding]:
    if not case.settings.get("mail"):
        yield Finding(
            "no mail: Amazon SES and SNS are not connected",
            "every notice waits, and expires unsent",
            OPERATOR,
            f"put up infra/aws, write its output `mail` into infra/regions/{case.name}.tfvars",
            blocks=not case.training,
        )


def policy(case: Case) -> Iterator[Finding]:
    if unchecked := case.region.unchecked:
        yield Finding(
            f"{len(unchecked)} deadlines not checked against their regulation: {_some(unchecked)}",
            "people are told a legal deadline that the law in force may not know",
            LAWYERS,
            "read the regulation; checked_on: <day> in infra/policy.yaml, or a newer row beside it",
            blocks=not case.training,
        )


def _unknown_year(year: int, case: Case) -> Finding:
    """The joint decree for a year is usually signed in the autumn before."""
    runs = year == case.today.year or case.today >= date(year - 1, 12, 1)
    return Finding(
        f"the holidays of {year} are not known",
        "due days in that year are counted without cuti bersama and have to be moved later",
        OPERATOR,
        "docs/operating.md, section Holidays of next year",
        blocks=runs and not case.training,
    )


def _is_open(contact: object) -> bool:
    return not contact or _PLACEHOLDER in str(contact)


def _some(names: Iterable[str], most: int = 4) -> str:
    first = list(names)
    more = f" and {len(first) - most} more" if len(first) > most else ""
    return ", ".join(first[:most]) + more


CHECKS = (
    placeholders,
    policy,
    contacts,
    unconfirmed_agencies,
    origins,
    calendar,
    holidays,
    routing,
    mail,
    notices,
)
