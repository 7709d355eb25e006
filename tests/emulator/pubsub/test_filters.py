"""The documented filter language, as tables."""

import pytest

from emulator.pubsub.filters import FilterError, parse

COM = {"name": "com", "lang": "en"}


@pytest.mark.parametrize(
    ("text", "attributes", "matches"),
    [
        ("", {}, True),
        ("attributes:name", COM, True),
        ("attributes:name", {}, False),
        ("attributes:name", {"name": ""}, True),
        ("NOT attributes:name", {}, True),
        ("NOT attributes:name", COM, False),
        ("-attributes:name", {}, True),
        ("NOT NOT attributes:name", COM, True),
        ('attributes.name = "com"', COM, True),
        ('attributes.name="com"', COM, True),
        ('attributes.name = "Com"', COM, False),
        ('attributes.Name = "com"', COM, False),
        ('attributes.name = "com"', {}, False),
        ('attributes.name = ""', {}, False),
        ('attributes.name != "com"', COM, False),
        ('attributes.name != "org"', COM, True),
        ('attributes.name != "com"', {}, True),
        ('hasPrefix(attributes.name, "co")', COM, True),
        ('hasPrefix(attributes.name, "om")', COM, False),
        ('hasPrefix(attributes.name, "")', {}, False),
        ('NOT hasPrefix(attributes.name, "co")', {}, True),
        ('attributes.name = "com" AND attributes.lang = "en"', COM, True),
        ('attributes.name = "com" AND attributes.lang = "id"', COM, False),
        ('attributes.name = "org" OR attributes.lang = "en"', COM, True),
        ('attributes.name = "org" OR attributes.lang = "id"', COM, False),
        ('attributes:a OR attributes:b OR attributes:lang', COM, True),
        ('attributes:name AND (attributes:x OR attributes:lang)', COM, True),
        ('attributes:x AND (attributes:name OR attributes:lang)', COM, False),
        ('NOT (attributes:x OR attributes:lang)', COM, False),
        ('NOT attributes:x AND attributes:lang', COM, True),
        ('attributes.name = "com" AND -attributes:"iana.org/language_tag"', COM, True),
        ('attributes:"iana.org/language_tag"', {"iana.org/language_tag": "en"}, True),
        ('attributes."with space" = "x"', {"with space": "x"}, True),
        ("attributes:a-b_9", {"a-b_9": ""}, True),
        ("attributes:AND AND attributes:OR", {"AND": "", "OR": ""}, True),
        ('attributes.name = "a \\"b\\" \\\\"', {"name": 'a "b" \\'}, True),
        ('attributes.name = "\\x41\\u0042\\U00000043\\104"', {"name": "ABCD"}, True),
        ('attributes.name = "ä\\n"', {"name": "ä\n"}, True),
        ('  attributes:name  ', COM, True),
        ('attributes.name\n=\t"com"', COM, True),
    ],
)  # fmt: skip
def test_filters(text: str, attributes: dict[str, str], matches: bool) -> None:  # noqa: FBT001
    assert parse(text)(attributes) is matches


@pytest.mark.parametrize(
    "text",
    [
        "name",
        "attributes",
        "attributes.name",
        "attributes.name = com",
        "attributes.name = 'com'",
        '"com" = attributes.name',
        "attributes.name = attributes.lang",
        'attributes.name == "com"',
        'attributes.name > "com"',
        'attributes:name = "com"',
        'attributes.a.b = "com"',
        'hasSuffix(attributes.name, "m")',
        "hasPrefix(attributes.name)",
        'hasPrefix(attributes:name, "m")',
        "attributes:a and attributes:b",
        "attributes:a AND attributes:b OR attributes:c",
        "attributes:a attributes:b",
        "attributes:a AND",
        "AND attributes:a",
        "(attributes:a",
        "attributes:a)",
        "()",
        "NOT",
        'attributes.name = "com',
        'attributes.name = "\\q"',
        "attributes:name; drop",
        "data:x",
        "attributes:" + "x" * 256,
    ],
)
def test_no_filters(text: str) -> None:
    with pytest.raises(FilterError):
        parse(text)


def test_a_refused_filter_says_where() -> None:
    with pytest.raises(FilterError, match=r"expected : or \., found = \(word 2\)"):
        parse('attributes = "x"')
