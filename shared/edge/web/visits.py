"""What a handler of pages is given, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Request, Response

from shared.domain.directory import Officer
from shared.domain.events import Stamp
from shared.domain.scene import Person
from shared.edge.callers import person_of
from shared.edge.problems import NoCredentials
from shared.edge.web.forms import Form
from shared.edge.web.pages import Page
from shared.edge.web.session import Cookie
from shared.usecases.ports import Keys
from shared.usecases.saving import Attempt


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, with time and randomness.

    `message` is the checked form of a post; `form` what a form on the page shown starts with.
    """

    request: Request
    page: Page
    path: Mapping[str, str]
    language: str
    address: str
    stamp: Stamp
    keys: Keys
    visitor: str
    form: Form
    message: Any = None
    attempt: Attempt | None = None
    officer: Officer | None = None

    @property
    def person(self) -> Person:
        """Who works here. Raises NoCredentials on a page that anybody may open."""
        if self.officer is None:
            raise NoCredentials
        return person_of(self.officer)

    @property
    def is_a_scripts(self) -> bool:
        """It stays where it is, and needs no page."""
        return self.request.accept_mimetypes.best == "application/json"


@dataclass(frozen=True, slots=True)
class Shown:
    """`language`: of who takes it home, where that is not who asked."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[Cookie, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """`flash` is a key of `flashes` in words.html: said once, on the page that is shown next."""

    to: str
    flash: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[Cookie, ...] = ()


Answer = Shown | Moved | Response
Handler = Callable[[Visit], Answer]


def _anybody(visit: Visit) -> Visit:
    return visit


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page needs of the world: the keys of its cookies, the region's name by language.

    `training`: whether the region is for trying only. That and the name may fail with StoreAway.
    `admit` lets a visit in, or answers in the page's place.
    """

    keys: Callable[[], Keys]
    region: Callable[[str], str]
    training: Callable[[], bool]
    admit: Callable[[Visit], Visit | Answer] = _anybody
