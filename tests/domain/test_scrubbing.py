import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.domain.scrubbing import (
    MARKS,
    Span,
    What,
    _rounds,
    _shadow,
    _signs,
    find_personal_data,
    mask,
    scrub,
)

NIKS = [
    "5103011708900001",
    "5103 0117 0890 0001",
    "5103.0117.0890.0001",
    "510301-170890-0001",
    "5103/0117/0890/0001",
    "5103 - 0117 - 0890 - 0001",
    "5103\n0117\n0890\n0001",
    "5 1 0 3 0 1 1 7 0 8 9 0 0 0 0 1",
    "5103_0117_0890_0001",
    "1234 5678 9012 3456",
    "510301170890000",
    "51030117089000011",
]
PHONES = [
    "081234567890",
    "0812-3456-7890",
    "0812 3456 7890",
    "0812.3456.789",
    "0812/345/678",
    "0812 345 678 90",
    "08 12 34 56 78 90",
    "0-8-1-2-3-4-5-6-7-8-9-0",
    "(0812) 3456 7890",
    "o81234567890",
    "6281234567890",
    "+6281234567890",
    "+62 812-3456-7890",
    "+62 (0) 812 3456 7890",
    "(+62) 812 3456 7890",
    "0062 812 3456 7890",
    "(0361) 123456",
    "0361-123456",
    "0361 123 456",
    "0361/123456",
    "0361123456",
    "(021) 5551234",
    "021-5551234",
    "+62 361 123456",
    "+62-21-5551234",
    "0 3 6 1 1 2 3 4 5 6",
    "+65 6123 4567",
]
EMAILS = [
    "budi.santoso@contoh.co.id",
    "budi_99+lapor@contoh.com",
    "BUDI@CONTOH.COM",
    "budi @ contoh.com",
    "budi@ contoh.com",
    "budi(at)contoh[dot]com",
    "budi [at] contoh [dot] com",
    "budi at contoh dot com",
    "budi at contoh.com",
    "budi(at)contoh titik com",
    "budi@gmail",
    "budi@gmail. com",
    "budi＠contoh．com",
]
PLATES = [
    "DK 1234 AB",
    "DK1234AB",
    "DK-1234-AB",
    "DK.1234.AB",
    "dk 1234 ab",
    "B 1234 XYZ",
    "B 1234 X",
    "B 123 XYZ",
    "L1234AB",
    "l1234ab",
    "AB 12 CD",
]
DISGUISES: dict[str, Callable[[str], str]] = {
    "full-width": lambda text: "".join(
        chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text
    ),
    "Arabic-Indic": lambda text: re.sub(r"\d", lambda digit: chr(0x660 + int(digit[0])), text),
    "Devanagari": lambda text: re.sub(r"\d", lambda digit: chr(0x966 + int(digit[0])), text),
    "mathematical": lambda text: re.sub(r"\d", lambda digit: chr(0x1D7CE + int(digit[0])), text),
    "zero-width": "\u200b".join,
    "word joiner": "\u2060".join,
    "soft hyphen": "\u00ad".join,
    "underlined": "\u0332".join,
    "no-break": lambda text: text.replace(" ", "\u00a0"),
    "wide blank": lambda text: text.replace(" ", "\u3000"),
    "dashes": lambda text: text.replace("-", "–"),
}
PLAIN = [
    "ganti rugi Rp 1.500.000,00 belum dibayar",
    "biaya Rp628123456789 atau Rp. 62.812.345.678,-",
    "anggaran 15.000.000 habis",
    "antara 15.000.000-25.000.000 atau 15.000.000 25.000.000",
    "sejak 21-11-2026, dicatat 2026-11-21",
    "dari 21/11/2026 - 23/11/2026",
    "tanggal 08-11-2026 15.30, lalu 08-11-2026 00:29:00",
    "jam 08.15-12.00 13.00-16.00",
    "08.12 - 20.30 setiap hari",
    "tahun 2019 2020 2021 2022",
    "rumah no 389 dan Simolangit 13/95",
    "JL 1234, Jl. Melati No. 12 A",
    "RT 05 RW 03, RT.005/RW.003, RT 05/03",
    "Blok B 12 RT 05, Blok D 5 No 3",
    "BLOK D 120 NO 5",
    "laporan 5938980 dan 5971991",
    "laporan 5938980 5971991",
    "titik -8.670458, 115.212629",
    "titik -8.670458 115.212629",
    "-8.6704580000000012,115.21262900000001",
    "maps/@-8.6704582,115.2126291,17z",
    "kode 7K3M9QX2WD-Q",
    "kode 0812345DK1-2",
    "UU 25/2009, Permenpan 62/2018, Pasal 36 ayat 2",
    "surat 188.4/7431-92/436.6.2/2015 dan 470/1234/436.9.1/2022",
    "akta AKTA_KELAHIRAN/20211223/1517",
    "https://x.com/seseorang/status/1802146917913662590",
    "hubungi 112 atau telp 110",
    "kodepos 80361",
    "kopi @15.000 dan 3 kg@15.000",
    "lapor ke @dinas.sosial di kantor",
    "kendaraan R2 yg parkir",
    "pada 1000 kg, d 1500 org, A 2022 dan B 2023 yg",
    "sekolah SMPN 31 dan KM 12 tol",
    "ukuran 3 x 4 m², ½ hari, ①②③",
]
ANY_MARK = r"(?:\[NIK\]|\[telepon\]|\[email\]|\[plat\])"


def is_harmless(char: str) -> bool:
    return not re.search(r"[\d@aA]", unicodedata.normalize("NFKC", char))


identifiers = st.sampled_from(NIKS + PHONES + EMAILS + PLATES)
sentences = st.lists(
    st.sampled_from(["Mohon bantuan,", "sudah 3 bulan", "di RT 05 RW 03 ada", "lubang!", "pak"]),
    max_size=8,
).map(" ".join)
typed = st.lists(
    st.one_of(
        identifiers,
        st.sampled_from(PLAIN),
        st.sampled_from(["0812", "123", "45", "6", "nik", "telp ", "plat ", "motor ", "B", "RT "]),
        st.sampled_from([" ", "-", ".", "/", "@", " at ", "(", ")", "[", "]", "\u200b", "\n"]),
        st.text(max_size=4),
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("what", "written"),
    [("nik", nik) for nik in NIKS]
    + [("phone", phone) for phone in PHONES]
    + [("email", email) for email in EMAILS]
    + [("plate", plate) for plate in PLATES],
)
def test_a_number_of_a_person_is_replaced_by_its_mark(what: What, written: str) -> None:
    """However it is written, exactly the number goes and the sentence around it stays."""
    text = f"Saya Ani ({written}), mohon dibantu."

    assert scrub(text) == f"Saya Ani ({MARKS[what]}), mohon dibantu."


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("KTP 5103011708900001", "KTP [NIK]"),
        ("NIK: 510301170890", "NIK: [NIK]"),
        ("no.kk 51030117089", "no.kk [NIK]"),
        ("telp 5342525", "telp [telepon]"),
        ("Telepon: 534-2525", "Telepon: [telepon]"),
        ("WA 81234567890", "WA [telepon]"),
        ("wa.me/6281234567890", "wa.me/[telepon]"),
        ("send?phone=6281234567890&text=", "send?phone=[telepon]&text="),
        ("plat nomor DK 1234", "plat nomor [plat]"),
        ("nopol l 12 ab", "nopol [plat]"),
        ("mobil putih l 1234 ab", "mobil putih [plat]"),
    ],
)
def test_a_word_before_a_short_number_tells_what_it_is(text: str, scrubbed: str) -> None:
    """Numbers too short or too plain to be known by themselves are known by their label."""
    assert scrub(text) == scrubbed


@pytest.mark.parametrize(
    ("text", "scrubbed"),
    [
        ("RT 05/03 081234567890", "RT 05/03 [telepon]"),
        ("RT 15/03 5103 0117 0890 0001", "RT 15/03 [NIK]"),
        ("no 12 5103011708900001", "no 12 [NIK]"),
        ("21-11-2026 081234567890", "21-11-2026 [telepon]"),
        ("Rp 15.000.000 ke 0361-123456", "Rp 15.000.000 ke [telepon]"),
        ("5103011708900001/5103011708900002", "[NIK]/[NIK]"),
        ("5103011708900001081234567890", "[NIK]"),
        ("081234567890/081234567891", "[telepon]/[telepon]"),
        ("(0361) 123.456 - 789.123", "[telepon] - 789.123"),
        ("budi@contoh.com. Terima kasih", "[email]. Terima kasih"),
    ],
)
def test_neighbours_are_told_apart(text: str, scrubbed: str) -> None:
    """A number next to another one neither hides it nor is hidden with it."""
    assert scrub(text) == scrubbed


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_numbers_stay(text: str) -> None:
    """Amounts, dates, addresses, letters, laws and places are what a complaint is about."""
    assert scrub(text) == text


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
@pytest.mark.parametrize("written", ["5103 0117 0890 0001", "0812-3456-7890", "(0361) 123456"])
def test_a_disguise_hides_no_number(disguise: Callable[[str], str], written: str) -> None:
    """Other scripts, full-width forms, invisible characters and other dashes read the same."""
    (span,) = find_personal_data(f"nomor {disguise(written)} saya")

    assert span.start == len("nomor ")
    assert span.what in {"nik", "phone"}


@pytest.mark.parametrize("disguise", ["full-width", "zero-width", "soft hyphen", "word joiner"])
@pytest.mark.parametrize("written", ["budi@contoh.com", "DK 1234 AB"])
def test_a_disguise_hides_no_address_or_plate(disguise: str, written: str) -> None:
    """What is drawn like an address or a plate is one."""
    text = f"nomor {DISGUISES[disguise](written)}, saya"

    assert scrub(text) in {"nomor [email], saya", "nomor [plat], saya"}


@given(before=sentences, written=identifiers, after=sentences)
def test_a_planted_number_never_survives(before: str, written: str, after: str) -> None:
    """Neither whole nor in a piece of eight digits, and every other word is still there."""
    scrubbed = scrub(f"{before} ; {written} ; {after}")

    assert written not in scrubbed
    assert not re.search(r"\d(?:\W{0,3}\d){7}", scrubbed)
    assert scrubbed.startswith(f"{before} ;")
    assert scrubbed.endswith(f" ; {after}")


@given(digits=st.from_regex(r"[0-9]{16}", fullmatch=True), gap=st.sampled_from(["", *" .-/_"]))
@example(digits="1502202631129999", gap="")
def test_sixteen_digits_in_fours_never_survive(digits: str, gap: str) -> None:
    """Receipts and bank cards look like a NIK and are as secret."""
    grouped = gap.join(re.findall("....", digits))

    assert not re.search(r"\d(?:\W?\d){7}", scrub(f"nomor {grouped} saya"))


@given(text=typed)
def test_scrubbing_twice_changes_nothing_more(text: str) -> None:
    """Marks are no numbers, and nothing new appears beside them."""
    once = scrub(text)

    assert scrub(once) == once


@given(text=typed)
def test_everything_outside_the_spans_stays(text: str) -> None:
    """Normalisation is for searching only: what is kept is kept character for character."""
    spans = find_personal_data(text)
    starts = [*(span.start for span in spans), len(text)]
    ends = [0, *(span.end for span in spans)]

    kept = [text[end:start] for end, start in zip(ends, starts, strict=True)]

    assert re.fullmatch(ANY_MARK.join(map(re.escape, kept)), scrub(text))


@given(text=st.text(st.characters().filter(is_harmless)))
def test_a_text_without_numbers_and_addresses_is_left_alone(text: str) -> None:
    """Any script, any accent, any emoji, composed or not."""
    assert scrub(text) == text


def test_a_span_counts_characters_of_the_original() -> None:
    """The form can underline what it found, also behind characters that fold to none or many."""
    text = "№ 1️⃣ ﷺ: ０８１２３４５６７８９０!"

    assert find_personal_data(text) == (Span(text.index("０"), text.index("!"), "phone"),)


@pytest.mark.parametrize(
    ("spans", "masked"),
    [
        ([], "Ani Contoh"),
        ([(0, 3)], "███ Contoh"),
        ([(4, 10), (0, 3)], "███ ██████"),
        ([(0, 5), (3, 6), (1, 2)], "██████ntoh"),
        ([(0, 2), (2, 3)], "███ Contoh"),
        ([(-5, 1), (8, 99)], "█ni Cont██"),
        ([(99, 120), (5, 5), (6, 2), (-9, -1)], "Ani Contoh"),
    ],
)
def test_masking_covers_the_spans(spans: list[tuple[int, int]], masked: str) -> None:
    """Overlapping, unordered, empty and out-of-range spans are all the same to it."""
    assert mask("Ani Contoh", spans) == masked


@given(text=st.text(), spans=st.lists(st.tuples(st.integers(-9, 99), st.integers(-9, 99))))
def test_masking_keeps_length_and_all_other_characters(
    text: str, spans: list[tuple[int, int]]
) -> None:
    """A reader sees how much is missing, and nothing of it."""
    covered = {at for start, end in spans for at in range(max(start, 0), end)}

    masked = mask(text, spans)

    assert masked == "".join("█" if at in covered else char for at, char in enumerate(text))


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1",
        "0-8",
        "a.",
        "a@",
        "a@a.",
        " ",
        "12.30-",
        "12-11-10-",
        "1.000-",
        "(0",
        "B 1234 ",
        "a at ",
        "+62 ",
        "motor ",
        "nik ",
        "0361",
        "1/2.3-",
        "Rp1.",
        "-7.2504",
        "081",
        "\u0301\u0323",
    ],
)
def test_hostile_texts_take_no_longer_than_others(piece: str) -> None:
    """Ten thousand characters, chosen against the patterns, take a blink of an eye."""
    text = piece * (10_000 // len(piece))
    began = time.perf_counter()

    scrub(text)

    assert time.perf_counter() - began < 1


@settings(max_examples=25, deadline=None)
@given(piece=st.text("0158 -./()@+a:B\u200b", min_size=1, max_size=8))
def test_whatever_is_repeated_ends_quickly(piece: str) -> None:
    """No repeated text makes the search slow."""
    text = piece * (10_000 // len(piece))
    began = time.perf_counter()

    scrub(text)

    assert time.perf_counter() - began < 1


@given(st.text(alphabet="0at@[(< .ékB"))
def test_a_text_without_a_sign_is_left_alone_for_a_reason(text: str) -> None:
    """The quick look never spares a text in which the patterns would have found something."""
    shadow, _ = _shadow(text)

    assert _signs().search(shadow) or not list(_rounds(shadow))
