"""A directory that fits an export: from rows to agencies, places and rules, without any cloud."""

from pathlib import Path

import pytest

from emulator.replay import fitting_region, naming, places, responsibility, rows
from emulator.replay.places import CODE
from emulator.replay.responsibility import Duty
from emulator.replay.rows import Row, UnreadableFile
from infra import region_file

COMPLAINTS = Path(__file__).resolve().parents[1] / "data" / "complaints.csv"


def row(topic: str = "Jalan", agency: str = "Dinas Jalan", place: str = "Utara/Asri") -> Row:
    district, _, village = place.partition("/")
    return Row("1", "Jalan kami rusak.", "", topic, agency, district, village)


def duties(*given: Row) -> tuple[Duty, ...]:
    return responsibility.duties(given, places.known({CODE: "Kota", **places.areas(given)}))


def many(**counts: int) -> list[Row]:
    return [row(agency=agency) for agency, count in counts.items() for _ in range(count)]


@pytest.mark.parametrize(
    ("answering", "responsible"),
    [
        ({"A": 1}, ["A"]),
        ({"A": 6, "B": 4}, ["A"]),
        ({"A": 59, "B": 41}, ["A", "B"]),
        ({"A": 5, "B": 5}, ["A", "B"]),
        ({"A": 5, "B": 3, "C": 2}, ["A", "B"]),
        ({"A": 4, "B": 3, "C": 3}, ["A", "B", "C"]),
        ({"A": 59, "B": 29, "C": 12}, ["A"]),
        ({"A": 25, "B": 25, "C": 25, "D": 25}, []),
    ],
)
def test_the_majority_of_a_topic_becomes_its_rules(
    answering: dict[str, int], responsible: list[str]
) -> None:
    """Sixty in a hundred have it alone; else everybody with thirty shares it."""
    found = duties(*many(**answering))

    assert [duty.agency for duty in found] == responsible
    assert {duty.area for duty in found} <= {CODE}


@pytest.mark.parametrize(
    ("agency", "place", "area"),
    [
        ("Kelurahan Asri", "Utara/Asri", f"{CODE}.01.1001"),
        ("kelurahan  ASRI", "Utara/Asri", f"{CODE}.01.1001"),
        ("Kelurahan Asri - Utara", "Utara/Asri", f"{CODE}.01.1001"),
        ("Kecamatan Utara", "Utara/Asri", f"{CODE}.01"),
        ("Kecamatan Utara", "Utara", f"{CODE}.01"),
        ("Kelurahan Lain", "Utara/Asri", CODE),
        ("Dinas Jalan", "Utara/Asri", CODE),
    ],
)
def test_an_office_named_after_its_place_is_responsible_there(
    agency: str, place: str, area: str
) -> None:
    assert duties(row(agency=agency, place=place)) == (Duty("Jalan", area, agency),)


def test_offices_of_many_places_count_together() -> None:
    """None of them has a tenth of the topic, and each has it in its own village."""
    villages = [f"Desa {letter}" for letter in "ABCDEFGHIJKL"]

    found = duties(*(row(agency=f"Kelurahan {each}", place=f"Utara/{each}") for each in villages))

    assert [duty.agency for duty in found] == [f"Kelurahan {each}" for each in villages]
    assert len({duty.area for duty in found}) == len(villages)


@pytest.mark.parametrize("lacking", [row(topic=""), row(agency="")])
def test_a_row_without_topic_or_agency_says_nothing_about_duties(lacking: Row) -> None:
    assert duties(lacking) == ()


@pytest.mark.parametrize(
    ("place", "area"),
    [
        ("Gunung Anyar/Rungkut", f"{CODE}.01.1001"),
        ("GUNUNGANYAR/rungkut", f"{CODE}.01.1001"),
        ("Gunung Anyar/Entah", f"{CODE}.01"),
        ("Gunung Anyar", f"{CODE}.01"),
        ("Entah/Rungkut", None),
        ("/Rungkut", None),
        ("", None),
    ],
)
def test_places_are_found_however_they_are_spelled(place: str, area: str | None) -> None:
    known = places.known(places.areas([row(place="Gunung Anyar/Rungkut")]))

    assert known.area_of(row(place=place)) == area


def test_a_place_has_the_name_that_most_rows_give_it() -> None:
    given = [row(place="Gununganyar"), row(place="Gunung Anyar"), row(place="Gunung Anyar")]

    assert places.areas(given) == {f"{CODE}.01": "Gunung Anyar"}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Dinas Kesehatan", "Dinas Kesehatan"),
        ("Dinas Sumber Daya Air dan Bina Marga", "DSDABM"),
        ("Kelurahan Kejawan Putih Tambak", "Kel. Kejawan Putih T"),
        ("Kecamatan Tenggilis Mejoyo", "Kec. Tenggilis Mejoy"),
    ],
)
def test_a_short_name_fits_a_status_line(name: str, short: str) -> None:
    assert naming.short_names([name]) == {name: short}


def test_names_that_shorten_alike_are_numbered() -> None:
    names = ["Dinas Air Bersih dan Limbah", "Dinas Arsip, Buku dan Literasi"]

    assert list(naming.short_names(names).values()) == ["DABL", "DABL 2"]
    assert list(naming.ids(["Jalan!", "jalan", "ä", "🚧"], 60).values()) == [
        "jalan", "jalan-2", "a", "x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        rows.read(COMPLAINTS, rows.mapping(None)),
        [row()],
        [row(topic="T" * 143, agency="A" * 101), row(topic="🚧🚧", agency="Pd")],
    ],
    ids=["bundled", "one row", "odd names"],
)
def test_the_folder_is_one_that_a_cloud_is_seeded_from(given: list[Row], tmp_path: Path) -> None:
    """The reader of regions checks schema and links."""
    fitting = fitting_region.built(given)
    assert fitting
    fitting_region.write(fitting, tmp_path)

    directory = region_file.read("contoh", tmp_path).directory

    assert len(directory.rules) == len(fitting.region["rules"])
    assert {each.name for each in directory.categories.values()} == {r.topic for r in given} - {""}


def test_the_same_rows_in_another_order_make_the_same_directory() -> None:
    given = rows.read(COMPLAINTS, rows.mapping(None))

    assert fitting_region.built(given[::-1]) == fitting_region.built(given)


def test_an_export_of_texts_alone_has_no_directory() -> None:
    assert fitting_region.built([Row("1", "Jalan kami rusak.")]) is None


def test_other_columns_are_mapped_and_need_not_all_be_there(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("\ufeffnomor;isi\n7;Jalan, rusak\n;Lampu mati\n", encoding="utf-8")

    found = rows.read(file, rows.mapping("id=nomor, text=isi"))

    assert found == [Row("7", "Jalan, rusak"), Row("row-2", "Lampu mati")]


@pytest.mark.parametrize(
    ("content", "mapped", "sentence"),
    [
        (b"id,isi\n1,Jalan rusak\n", None, "no column 'text' but id, isi"),
        (b"", None, "no column 'text' but none at all"),
        (b"text\n\xff\xfe\n", None, "not UTF-8"),
        (b"text\nJalan\n", "teks=text", "ours is one of: id, text, address"),
        (b"text\nJalan\n", "text", "ours=theirs"),
        (None, None, "No such file"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    content: bytes | None, mapped: str | None, sentence: str, tmp_path: Path
) -> None:
    file = tmp_path / "export.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(UnreadableFile, match=sentence):
        rows.read(file, rows.mapping(mapped))
