"""What only the world can show: DNS, the officers' issuer, Google's key rings and quotas.

What cannot be looked at counts as not ready: a check that was not made proves nothing.
"""

import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import requests

from infra.readiness.findings import DNS, ISSUER, OPERATOR, Case, Finding

_SECONDS = 10
_SECRETS = "https://secretmanager.googleapis.com/v1"
_QUOTAS = "https://cloudquotas.googleapis.com/v1"
_CPU = "run.googleapis.com/quotaInfos/CpuAllocPerProjectRegion"
_MILLI = 1000
# A sign-in needs these of the issuer (OpenID Connect Discovery 1.0).
_OF_AN_ISSUER = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class Unseen(Exception):
    """Could not be looked at; why, in a few words."""


Read = Callable[[str], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class World:
    """`addresses`: of a host name. `read`: JSON from anywhere; `read_google`: as the operator."""

    addresses: Callable[[str], frozenset[str]]
    read: Read
    read_google: Read


def resolved(host: str) -> frozenset[str]:
    """Raises Unseen."""
    try:
        return frozenset(str(found[4][0]) for found in socket.getaddrinfo(host, 443))
    except OSError as fault:
        raise Unseen(fault.strerror or type(fault).__name__) from None


def read(url: str) -> Mapping[str, Any]:
    """Raises Unseen."""
    return _read(requests.get, url)


def read_google(url: str) -> Mapping[str, Any]:
    """As whoever `gcloud auth application-default login` signed in. Raises Unseen."""
    import google.auth  # noqa: PLC0415 only here
    from google.auth.exceptions import GoogleAuthError  # noqa: PLC0415
    from google.auth.transport.requests import AuthorizedSession  # noqa: PLC0415

    try:
        credentials, _ = google.auth.default(["https://www.googleapis.com/auth/cloud-platform"])
        return _read(AuthorizedSession(credentials).get, url)  # type: ignore[no-untyped-call]
    except GoogleAuthError:
        raise Unseen("not signed in: gcloud auth application-default login") from None


def dns(case: Case, world: World) -> Iterator[Finding]:
    host = case.settings["domain"]
    try:
        world.addresses(host)
    except Unseen as fault:
        yield Finding(
            f"{host} leads nowhere: {fault}",
            "nobody reaches the desk, and no certificate is given out",
            DNS,
            "A record with terraform output `address`, and the record of output `dns_record`",
        )


def issuer(case: Case, world: World) -> Iterator[Finding]:
    url = case.settings["token_issuer"]
    try:
        said = world.read(f"{url}/.well-known/openid-configuration")
    except Unseen as fault:
        missing: list[str] = [str(fault)]
    else:
        missing = [f"no {name}" for name in _OF_AN_ISSUER if name not in said]
        missing += ["another issuer's name"] if said.get("issuer") != url else []
    if missing:
        yield Finding(
            f"{url} does not sign officers in: {', '.join(missing)}",
            "no officer can answer, while the deadlines run",
            ISSUER,
            f"an OIDC client named {case.settings['token_audience']} that returns to "
            f"https://{case.settings['domain']}/desk/signin/back",
        )


def keys(case: Case, world: World) -> Iterator[Finding]:
    """The OIDC client's secret is one of them."""
    project = case.settings["project"]
    for name, secret in case.manifest.secrets.items():
        place = f"{_SECRETS}/projects/{project}/secrets/{name}/versions?filter=state:ENABLED"
        try:
            is_there, said = bool(world.read_google(place).get("versions")), "has no version"
        except Unseen as fault:
            is_there, said = False, f"could not be looked at ({fault})"
        if not is_there:
            yield Finding(
                f"secret {name} {said}",
                f"functions do not start without it: {secret.about}",
                OPERATOR,
                f"python -m infra.commands.keys {case.name} rotate {name}"
                if name.endswith("-keys")
                else f"gcloud secrets versions add {name} --project={project} --data-file=-",
            )


def quotas(case: Case, world: World) -> Iterator[Finding]:
    """One instance has one CPU: all at their limit must fit into what the project may use."""
    project, place = case.settings["project"], case.settings["location"]
    wanted = sum(each.max_instances for each in case.manifest.functions.values())
    url = f"{_QUOTAS}/projects/{project}/locations/global/services/{_CPU}"
    try:
        allowed = _allowed(world.read_google(url), place)
        said = f"{allowed} CPUs are allowed in {place}, the manifest may use {wanted}"
    except Unseen as fault:
        allowed, said = 0, f"the CPU quota could not be looked at ({fault})"
    if allowed < wanted:
        yield Finding(
            said,
            "on the day of a flood instances are refused and people get 429",
            OPERATOR,
            "console: IAM & Admin, Quotas: Cloud Run, Total CPU allocation; days in advance",
        )


def _allowed(quota: Mapping[str, Any], place: str) -> int:
    """The more specific value first, as Google sorts them."""
    for each in quota.get("dimensionsInfos", ()):
        if each.get("dimensions", {}).get("region", place) == place:
            return int(each["details"]["value"]) // _MILLI
    return 0


def _read(get: Callable[..., Any], url: str) -> Mapping[str, Any]:
    try:
        answer = get(url, timeout=_SECONDS)
        found = answer.json() if answer.ok else None
    except requests.RequestException as fault:
        raise Unseen(type(fault).__name__) from None
    if not answer.ok:
        raise Unseen(f"HTTP {answer.status_code}")
    if not isinstance(found, dict):
        raise Unseen("an answer that is no object")
    return found


CHECKS = (dns, issuer, keys, quotas)
