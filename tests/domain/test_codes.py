import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.codes import UnreadableCode, make_code, parse_code, show_code

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
codes = st.binary(min_size=7, max_size=16).map(make_code)
symbols = st.sampled_from(ALPHABET)


def test_a_code_is_made_of_the_first_fifty_bits() -> None:
    """Ten symbols of five bits and a check symbol; the bits after the fiftieth do not matter."""
    code = make_code(bytes.fromhex("ffffffffffff00"))

    assert code == "ZZZZZZZZZWG"
    assert code == make_code(bytes.fromhex("ffffffffffff3f") + b"more")


def test_too_little_entropy_makes_no_code() -> None:
    """A code of fewer than 50 random bits could be guessed."""
    with pytest.raises(ValueError, match="7 bytes"):
        make_code(b"6bytes")


@given(code=codes)
def test_a_shown_code_reads_back(code: str) -> None:
    """What the page shows is what the form takes."""
    shown = show_code(code)

    assert parse_code(shown) == code
    assert shown == f"{code[:10]}-{code[10]}"


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M9QX2WDQ",
        "7K3M9QX2WD-Q",
        "7k3m9qx2wd-q",
        "  7K3M 9QX2 WD Q\n",
        "7K3M-9QX2-WD-Q",
        "7K3M9QX2WD–Q",
        "7K3M9QX2WD—Q",
        "7K3M9QX2WD‑Q",
        "7K3M9QX2WD−Q",
        "7K3M9QX2WD－Q",
        "7K3M\u00a09QX2WD\u202fQ",
        "7K3M9QX2\u200bWD\u00adQ",
        "７Ｋ３Ｍ９ＱＸ２ＷＤ－Ｑ",
    ],
)
def test_a_code_is_read_however_it_was_typed(typed: str) -> None:
    """Case, blanks, dashes of any kind, invisible characters and full-width forms do not matter."""
    assert parse_code(typed) == "7K3M9QX2WDQ"


@pytest.mark.parametrize("typed", ["0123456789-T", "O123456789-t", "oI23456789T", "ol23456789t"])
def test_letters_that_look_like_digits_are_read_as_digits(typed: str) -> None:
    """O is zero, I and L are one: the alphabet has none of the three."""
    assert parse_code(typed) == "0123456789T"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "7K3M9QX2WD",
        "7K3M9QX2WD-QQ",
        "7K3M9QX2WD-R",
        "7K3M9UX2WD-Q",
        "7K3M9QX2WD.Q",
        "ß" * 6,
    ],
)
def test_a_text_that_is_no_code_is_refused(typed: str) -> None:
    """Wrong length, a symbol outside the alphabet, a wrong check symbol."""
    with pytest.raises(UnreadableCode):
        parse_code(typed)


def test_the_refusal_keeps_the_text_to_itself() -> None:
    """People paste secrets into the wrong field, and messages reach logs."""
    with pytest.raises(UnreadableCode) as refusal:
        parse_code("4821903477152206")

    assert "4821" not in str(refusal.value)


@given(code=codes, at=st.integers(0, 10), symbol=symbols)
def test_every_changed_symbol_is_refused(code: str, at: int, symbol: str) -> None:
    """One mistyped symbol never leads to another report."""
    mistyped = code[:at] + symbol + code[at + 1 :]

    assert mistyped == code or not readable(mistyped)


@given(code=codes, at=st.integers(0, 9))
def test_swapped_neighbours_are_refused_but_for_0_and_z(code: str, at: int) -> None:
    """Luhn modulo 32 sees every transposition but that of the first and the last symbol."""
    first, second = code[at], code[at + 1]
    swapped = code[:at] + second + first + code[at + 2 :]

    assert readable(swapped) == (first == second or {first, second} == {"0", "Z"})


@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing a person can type is a failure of ours."""
    assert not readable(text) or set(parse_code(text)) <= set(ALPHABET)


def readable(typed: str) -> bool:
    try:
        return bool(parse_code(typed))
    except UnreadableCode:
        return False
