import dataclasses
import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.receipts import (
    ReceiptMark,
    UnreadableReceipt,
    derived_receipt,
    is_holder,
    mark_receipt,
    parse_receipt,
    random_receipt,
    show_receipt,
)

CODE = "7K3M9QX2WDQ"
RECEIPT = "4821903477152206"
KEYS = {"2026": b"the key of this year", "2025": b"the key of last year"}
receipts = st.binary(min_size=16, max_size=32).map(random_receipt)
words = st.text(st.characters(codec="utf-8"), max_size=30)


def marked(receipt: str = RECEIPT, *, code: str = CODE, key_id: str = "2026") -> ReceiptMark:
    return mark_receipt(receipt, code=code, key_id=key_id, key=KEYS[key_id])


@given(receipt=receipts)
def test_a_shown_receipt_reads_back(receipt: str) -> None:
    """Sixteen digits, leading zeros included, shown in fours."""
    shown = show_receipt(receipt)

    assert parse_receipt(shown) == receipt
    assert [len(group) for group in shown.split(" ")] == [4, 4, 4, 4]


@pytest.mark.parametrize(
    ("entropy", "receipt"),
    [
        (bytes(16), "0000000000000000"),
        (bytes(15) + b"\x07", "0000000000000007"),
        ((10**16 + 12).to_bytes(16), "0000000000000012"),
        (b"\xff" * 16, "4607431768211455"),
    ],
)
def test_a_random_receipt_is_the_entropy_modulo_sixteen_digits(
    entropy: bytes, receipt: str
) -> None:
    """128 bits over 53 leave no receipt noticeably likelier than another."""
    assert random_receipt(entropy) == receipt


def test_too_little_entropy_makes_no_receipt() -> None:
    """A receipt that can be guessed would hand over the report."""
    with pytest.raises(ValueError, match="16 bytes"):
        random_receipt(bytes(15))


def test_a_derived_receipt_is_the_documented_one() -> None:
    """HMAC-SHA256 over receipt, code and key between zero bytes; a change would lose receipts."""
    receipt = derived_receipt(b"secret", code=CODE, idempotency_key="form-1")

    assert receipt == "4895713984528190"


@given(key=words, other=words)
def test_another_post_derives_another_receipt(key: str, other: str) -> None:
    """The same Idempotency-Key shows the same receipt, any other a different one."""
    receipt = derived_receipt(b"secret", code=CODE, idempotency_key=key)
    again = derived_receipt(b"secret", code=CODE, idempotency_key=other)

    assert (receipt == again) == (key == other)


@pytest.mark.parametrize(("secret", "code"), [(b"secret", "0123456789T"), (b"another", CODE)])
def test_another_report_or_secret_derives_another_receipt(secret: bytes, code: str) -> None:
    """One Idempotency-Key used for two reports does not open one with the other's receipt."""
    receipt = derived_receipt(b"secret", code=CODE, idempotency_key="form-1")

    assert derived_receipt(secret, code=code, idempotency_key="form-1") != receipt


@pytest.mark.parametrize(
    "typed",
    [
        "4821903477152206",
        "4821 9034 7715 2206",
        "4821-9034-7715-2206",
        "4821–9034—7715‑2206",
        " 4821\u00a09034\u202f7715\t2206\n",
        "４８２１９０３４７７１５２２０６",
        "٤٨٢١٩٠٣٤٧٧١٥٢٢٠٦",
        "४८२१ ९०३४ ७७१५ २२०६",
        "4821\u200b90347715\u00ad2206",
    ],
)
def test_a_receipt_is_read_however_it_was_typed(typed: str) -> None:
    """Blanks, dashes, invisible characters and the digits of any script do not matter."""
    assert parse_receipt(typed) == RECEIPT


@pytest.mark.parametrize(
    "typed", ["", "482190347715220", "48219034771522060", "482190347715220O", "4821.9034.7715.2206"]
)
def test_a_text_that_is_no_receipt_is_refused(typed: str) -> None:
    """Wrong length or something that is no digit."""
    with pytest.raises(UnreadableReceipt):
        parse_receipt(typed)


def test_the_refusal_keeps_the_text_to_itself() -> None:
    """A mistyped secret is nearly the secret."""
    with pytest.raises(UnreadableReceipt) as refusal:
        parse_receipt("482190347715220")

    assert "4821" not in str(refusal.value)


@given(receipt=receipts, other=receipts)
def test_only_the_receipt_itself_opens_the_report(receipt: str, other: str) -> None:
    """The holder of the receipt is the reporter, and nobody else is."""
    mark = marked(receipt)

    assert is_holder(receipt, mark, code=CODE, keys=KEYS)
    assert is_holder(other, mark, code=CODE, keys=KEYS) == (other == receipt)


def test_a_receipt_opens_no_other_report() -> None:
    """A mark copied to another report is worth nothing there."""
    assert not is_holder(RECEIPT, marked(), code="0123456789T", keys=KEYS)


@pytest.mark.parametrize("key_id", ["2025", "2026"])
def test_a_mark_is_checked_under_the_key_it_was_made_with(key_id: str) -> None:
    """Keys are turned over while receipts live on."""
    assert is_holder(RECEIPT, marked(key_id=key_id), code=CODE, keys=KEYS)


@pytest.mark.parametrize(
    "mark",
    [
        dataclasses.replace(marked(), key_id="2019"),
        dataclasses.replace(marked(), key_id="2025"),
        dataclasses.replace(marked(), mac=""),
        ReceiptMark(key_id="2026", mac="bukan heksadesimal — ✗"),
    ],
)
def test_a_mark_that_does_not_fit_opens_nothing(mark: ReceiptMark) -> None:
    """An unknown key, another key, a damaged mark: not the holder, and no failure."""
    assert not is_holder(RECEIPT, mark, code=CODE, keys=KEYS)


def test_a_mark_holds_nothing_of_the_receipt() -> None:
    """What is stored is no receipt, and no derivation of one under the same key."""
    mark = marked()
    derived = derived_receipt(KEYS["2026"], code=CODE, idempotency_key=RECEIPT)

    assert len(mark.mac) == 64
    assert derived != f"{int(mark.mac, 16) % 10**16:016}"


@given(text=st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nothing a person can type is a failure of ours."""
    with suppress(UnreadableReceipt):
        assert re.fullmatch("[0-9]{16}", parse_receipt(text))
