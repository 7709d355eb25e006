"""A region of which nothing is confirmed: the invented one, which stays so."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from infra import calendars, manifest, region_file
from infra.readiness.findings import Case, Finding

ISSUER = "https://masuk.contoh.example"
SETTINGS = {
    "project": "tanggap-contoh",
    "location": "asia-southeast2",
    "domain": "lapor.contoh.go.id",
    "token_issuer": ISSUER,
    "token_audience": "tanggap-contoh",
    "alarm_emails": ["tanggap@contoh.example"],
    "runbook": "https://tanggap.example/docs/operating.md",
    "billing_account": "000000-000000-000000",
}
FILES = region_file.read("contoh")
# Decrees of later years come with the library, so the year before the first unknown one moves.
LAST_KNOWN_YEAR = max(calendars.of(FILES, date(2026, 11, 21)).known_years)


def case(*, today: date = date(LAST_KNOWN_YEAR, 11, 21), **settings: Any) -> Case:
    return Case(FILES, {**SETTINGS, **settings}, manifest.load(), today)


def in_region(given: Case, **parts: Any) -> Case:
    """With other parts of its directory."""
    directory = replace(given.region.directory, **parts)
    return replace(given, region=replace(given.region, directory=directory))


def said(findings: Iterable[Finding]) -> str:
    return "; ".join(each.what for each in findings)
