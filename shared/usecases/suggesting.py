"""What the words of a report propose while it is written. They suggest, they never decide."""

from typing import Any

from shared.domain.directory import Category, Directory
from shared.domain.dwellings import tells_a_home
from shared.domain.routing import candidates, proposed_categories
from shared.domain.scrubbing import find_personal_data


def suggestions(
    text: str, *, category: str | None, area: str | None, directory: Directory, language: str
) -> dict[str, Any]:
    """The likely categories and who would answer, what is quicker than a report, what to leave out.

    `category`: the one already chosen; it goes before what the words say.
    """
    first = likely_category(category, text, directory)
    return {
        "categories": [
            {"id": each.id, "name": each.in_language(language)}
            for each in proposed(text, directory)
        ],
        "handled_by": handled_by(first, area, directory),
        "advice": advice(first, directory, language),
        "signs": signs(text),
        "home": tells_a_home(text),
    }


def proposed(text: str, directory: Directory) -> list[Category]:
    """At most three, the likeliest first."""
    return [category for category, _ in proposed_categories(directory, text)]


def likely_category(category: str | None, text: str, directory: Directory) -> str | None:
    """What was chosen, or else what the words say first."""
    if category in directory.categories:
        return category
    return next((each.id for each in proposed(text, directory)), None)


def handled_by(
    category: str | None, area: str | None, directory: Directory
) -> list[dict[str, str | None]]:
    """Agencies, and bodies outside the region (without an id: no report can name them)."""
    if category is None:
        return []
    found = candidates(directory, category=category, area=area, text="")
    return [
        {"id": each.agency, "name": directory.agency_name(each.agency)}
        if each.agency
        else {"id": None, "name": directory.bodies[each.body or ""].name}
        for each in found
    ]


def advice(category: str | None, directory: Directory, language: str) -> str | None:
    found = directory.categories.get(category or "")
    return found.advice[language] if found and found.advice else None


def signs(*texts: str | None) -> list[str]:
    """Kinds of personal data that the texts hold, each once."""
    found = (span.what for text in texts if text for span in find_personal_data(text))
    return list(dict.fromkeys(found))
