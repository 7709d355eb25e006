"""The two languages of the pages.

What people read is written in Bahasa Indonesia in the templates; `shared/web/locale/en` holds the
English of each text, one catalogue (`.po`, gettext's format) per group of pages. They are read as
they are: a compiled copy beside each would be one more thing to go stale.
"""

import ast
import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from flask import Request

from shared.edge.web import session

LANGUAGES = ("id", "en")
COOKIE = "language"
LOCALE = Path(__file__).resolve().parents[2] / "web" / "locale"

_ENTRY = re.compile(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n)+)', re.MULTILINE)


def preferred(request: Request) -> str:
    """The reader's first language of ours, whatever the country: `en-GB` is English."""
    wanted = (tag[:2].lower() for tag, quality in request.accept_languages if quality > 0)
    return next((language for language in wanted if language in LANGUAGES), "id")


def chosen(request: Request) -> str:
    """What the reader once switched to goes before what the browser says."""
    kept = session.kept(request, COOKIE)
    return kept if kept in LANGUAGES else preferred(request)


def translate(text: str, language: str) -> str:
    return text if language == "id" else catalogue(language).get(text, text)


@functools.cache
def catalogue(language: str) -> Mapping[str, str]:
    found = sorted((LOCALE / language / "LC_MESSAGES").glob("*.po"))
    return dict(entry for file in found for entry in entries(file.read_text(encoding="utf-8")))


def entries(po: str) -> Iterator[tuple[str, str]]:
    """Pairs of msgid and msgstr; the header, whose msgid is empty, is none."""
    for source, translated in _ENTRY.findall(po + "\n"):
        if text := _joined(source):
            yield text, _joined(translated)


def _joined(lines: str) -> str:
    return "".join(ast.literal_eval(line) for line in lines.splitlines())
