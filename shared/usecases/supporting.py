"""“This affects me too”: once per supporter, outside the timeline."""

from hashlib import sha256

from shared.usecases.acting import loaded
from shared.usecases.failures import NoSuchReport
from shared.usecases.ports import Reports, Supporters


def support(code: str, supporter: str, *, reports: Reports, supporters: Supporters) -> int:
    """The number of supporters after it. Kept is a hash that differs by report: nobody's trail."""
    if loaded(reports, code).secret:
        raise NoSuchReport
    return supporters.add(code, sha256(f"{code}:{supporter}".encode()).hexdigest())
