"""What a rule is: it yields one sentence for each offence of a plan."""

from collections.abc import Callable, Iterator

from infra import manifest
from tests.infra.terraform.workspace import Plan

MANIFEST = manifest.load()
Rule = Callable[[Plan], Iterator[str]]


def differing(who: str, what: str, found: object, wanted: object) -> Iterator[str]:
    if found != wanted:
        yield f"{who}: {what} is {found} instead of {wanted}"
