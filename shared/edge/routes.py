"""Which operation or page a request is for."""

import functools
from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

from flask import Request
from werkzeug.routing import Map, MapAdapter, Rule


class Route(Protocol):
    @property
    def path(self) -> str: ...

    @property
    def method(self) -> str: ...


R = TypeVar("R", bound=Route)


def matched(request: Request, routes: Iterable[R]) -> tuple[R, Mapping[str, Any]]:
    """Raises werkzeug's NotFound and MethodNotAllowed."""
    route, path = _bound(tuple(routes)).match(request.path, method=request.method)
    return route, path


def allowed(request: Request, routes: Iterable[Route]) -> set[str]:
    return set(_bound(tuple(routes)).allowed_methods(request.path))


def _bound(routes: tuple[Route, ...]) -> MapAdapter:
    return _map(routes).bind("", url_scheme="https")


@functools.cache
def _map(routes: tuple[Route, ...]) -> Map:
    rules = [Rule(route.path, endpoint=route, methods=[route.method]) for route in routes]
    return Map(rules, strict_slashes=False, merge_slashes=False)
