"""Texts that people read stand in pairs: Bahasa Indonesia, English."""

Pair = tuple[str, str]


def of_pair(pair: Pair, language: str) -> str:
    indonesian, english = pair
    return english if language == "en" else indonesian
