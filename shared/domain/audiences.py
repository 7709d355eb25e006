"""Whom a rung of the ladder reaches: never the accused, and never nobody."""

from shared.domain.directory import Directory
from shared.domain.notice import Audience
from shared.domain.report import Report
from shared.domain.statuses import Role

_OF_THE_AGENCY = frozenset({Audience.AGENCY, Audience.AGENCY_HEAD})


def told(asked: tuple[Audience, ...], report: Report, directory: Directory) -> tuple[Audience, ...]:
    """Without the accused; what is left to nobody is the coordinator's."""
    present = (_stand_in(each, report) for each in asked)
    heard = (each for each in present if not _is_accused(each, report, directory))
    return tuple(dict.fromkeys(heard)) or (Audience.COORDINATOR,)


def _stand_in(asked: Audience, report: Report) -> Audience:
    """A report that lies with no agency is told of to whoever has it instead."""
    if asked not in _OF_THE_AGENCY or any(stretch.until is None for stretch in report.custody):
        return asked
    return Audience.VERIFIERS if report.holder is Role.VERIFIER else Audience.COORDINATOR


def _is_accused(audience: Audience, report: Report, directory: Directory) -> bool:
    """The inspectorate is the first of the units that may hold supervisory reports."""
    inspectorate = next(iter(directory.handlers), None)
    unit = report.agency if audience in _OF_THE_AGENCY else inspectorate
    if audience not in (*_OF_THE_AGENCY, Audience.INSPECTORATE) or unit is None:
        return False
    return directory.is_below(unit, frozenset(report.excluded))
