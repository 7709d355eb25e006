"""The region's directory as people and programs read it."""

from typing import Any

from shared.domain.directory import Agency, Body, Category, Directory
from shared.domain.people import amendment_of, version_of


def public_directory(directory: Directory, language: str) -> dict[str, Any]:
    """Contacts of agencies are for officers; those of outside bodies are for everybody."""
    return {
        "region": {
            "id": directory.region,
            "name": directory.name_in(language),
            "code": directory.code,
            "zone": directory.zone,
        },
        "categories": [_category(category, language) for category in directory.categories.values()],
        "agencies": [_agency(agency) for agency in directory.agencies.values()],
        "bodies": [body_view(body, language) for body in directory.bodies.values()],
        "areas": [{"code": code, "name": name} for code, name in sorted(directory.areas.items())],
    }


def officers_directory(directory: Directory, language: str) -> dict[str, Any]:
    return {
        "agencies": [
            _agency(agency)
            | {
                "contact": dict(agency.contact),
                "parent": agency.parent,
                "paper": agency.paper,
                "version": version_of(amendment_of(agency)),
            }
            for agency in directory.agencies.values()
        ],
        "bodies": [body_view(body, language) for body in directory.bodies.values()],
        "causes": [
            {"id": cause.id, "name": cause.in_language(language)}
            for cause in directory.causes.values()
        ],
        "handlers": list(directory.handlers),
    }


def _category(category: Category, language: str) -> dict[str, Any]:
    advice = category.advice[language] if category.advice else None
    return {"id": category.id, "name": category.in_language(language), "advice": advice}


def _agency(agency: Agency) -> dict[str, Any]:
    return {
        "id": agency.id,
        "name": agency.name,
        "short_name": agency.short_name,
        "kind": agency.kind,
        "head": agency.head,
        "unconfirmed": agency.unconfirmed,
        "succeeded_by": agency.succeeded_by.agency if agency.succeeded_by else None,
    }


def body_view(body: Body, language: str) -> dict[str, Any]:
    about = body.about_in(language)
    return {"id": body.id, "name": body.name, "about": about, "contact": dict(body.contact)}
