"""How alike two texts are: by the words that tell something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.likeness import likeness, telling_words

LAMP = "Lampu jalan di depan Pasar Kuta mati sejak tiga minggu."


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        (LAMP, 1.0, 1.0),
        ("lampu JALAN depan pasar kuta MATI lagi", 0.8, 1.0),
        ("Sampah menumpuk di Kerobokan, tidak diangkut.", 0.0, 0.0),
        ("Jalan berlubang di depan sekolah.", 0.1, 0.5),
        ("Mohon dengan sangat, terima kasih untuk semuanya.", 0.0, 0.0),
    ],
)
def test_the_same_thing_in_other_words_is_alike(other: str, least: float, most: float) -> None:
    """Glue, courtesies and case tell nothing."""
    assert least <= likeness(LAMP, other) <= most


def test_a_text_without_telling_words_is_like_nothing() -> None:
    """Not even itself."""
    assert likeness("dan itu di", "dan itu di") == 0.0


@given(st.text(), st.text())
def test_likeness_is_a_share_and_does_not_care_which_comes_first(one: str, other: str) -> None:
    assert 0.0 <= likeness(one, other) == likeness(other, one) <= 1.0


@given(st.text(min_size=1))
def test_a_text_is_wholly_like_itself(text: str) -> None:
    assert likeness(text, text) == bool(telling_words(text))
