"""An address of a home is known from the place that a report is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.dwellings import tells_a_home


@pytest.mark.parametrize(
    "text",
    [
        "Rumah saya di Jalan Raya Kuta No. 12, air mati sejak pagi.",
        "Saya tinggal di Gg. Melati 3 nomor 7.",
        "Alamat: Perum Griya Asri Blok C2 No 4",
        "kos kami, Br. Tegal RT 03/RW 02, banjir lagi",
        "My house is at Jalan Pantai Kuta no. 8, please help.",
        "Ｒｕｍａｈ saya Jl. Raya Ｎｏ. １２",
    ],
)
def test_a_home_with_its_number_is_one(text: str) -> None:
    assert tells_a_home(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Lampu jalan di depan Jl. Raya Kuta No. 12 mati.",
        "Antre di rumah sakit, loket nomor 4, tiga jam.",
        "Ada ular masuk rumah tetangga.",
        "Sampah menumpuk di Blok C pasar.",
        "Rumah warga terendam.\nSurat nomor 12 belum dijawab.",
    ],
)
def test_a_place_that_anybody_may_know_is_none(text: str) -> None:
    assert not tells_a_home(text)


@given(st.text(max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    assert tells_a_home(text) in (True, False)
