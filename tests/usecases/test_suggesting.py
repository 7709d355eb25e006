"""What the words of a report propose while it is written."""

from infra import region_file
from shared.usecases.suggesting import suggestions

DIRECTORY = region_file.read("badung").directory
ROADS, ANIMALS = "pekerjaan-umum-dan-penataan-ruang", "evakuasi-hewan-liar"
HEALTH = "kesehatan"


def suggested(text: str, category: str | None = None, language: str = "id") -> dict[str, object]:
    return suggestions(text, category=category, area=None, directory=DIRECTORY, language=language)


def ids(found: object) -> list[str]:
    assert isinstance(found, list)
    return [each["id"] for each in found]


def test_words_propose_categories_and_who_would_answer() -> None:
    found = suggested("Jalan berlubang dan trotoar pecah di Kuta.")

    assert ids(found["categories"])[0] == ROADS
    assert "dpupr" in ids(found["handled_by"])


def test_a_text_that_says_nothing_proposes_nothing() -> None:
    nothing = {"categories": [], "handled_by": [], "advice": None, "signs": [], "home": False}

    assert suggested("Halo.") == nothing


def test_what_is_quicker_than_a_report_is_said_in_the_readers_language() -> None:
    assert "hubungi 112" in str(suggested("Ada ular di rumah.")["advice"])
    assert "call 112" in str(suggested("Ada ular di rumah.", language="en")["advice"])


def test_the_category_chosen_goes_before_what_the_words_say() -> None:
    """Its advice and its agency; the words' proposals stay on offer."""
    found = suggested("Ada ular di rumah.", category=HEALTH)

    assert "119" in str(found["advice"])
    assert ids(found["categories"]) == [ANIMALS]


def test_a_category_that_does_not_exist_is_no_choice() -> None:
    assert suggested("Ada ular.", category="x") == suggested("Ada ular.")


def test_personal_data_is_named_by_its_kind_and_once() -> None:
    text = "Hubungi 0812 3456 7890 atau 0813 3456 7890, made@contoh.id, DK 1234 AB."

    assert suggested(text)["signs"] == ["phone", "email", "plate"]


def test_the_address_of_a_home_is_noticed() -> None:
    assert suggested("Air di rumah saya, Jl. Kubu Anyar No. 12, mati.")["home"] is True
