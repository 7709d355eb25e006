"""A region's agencies, bodies and areas hold together before anything is seeded from them."""

import pytest

from infra.region_file import names
from tests.infra.regions.files import every_region, region, twice, validate

PILOTS = {"badung", "sleman", "tangerang", "bali", "diy", "sumbar"}


def test_every_pilot_region_and_the_model_region_have_a_file() -> None:
    """Six pilots and one fictitious region to start from."""
    assert set(names()) >= PILOTS | {"contoh"}


@every_region
def test_a_region_follows_its_schema(name: str) -> None:
    """Each region has exactly the agreed keys and shapes."""
    validate(region(name), "region.json")


@every_region
def test_a_region_is_called_as_its_file(name: str) -> None:
    """Commands find a region by the file's name."""
    assert region(name)["region"] == name


@every_region
def test_ids_are_unique_in_aregion(name: str) -> None:
    """An id means one agency or body, so that a rule and a link mean one thing."""
    written = region(name)
    assert not twice([item["id"] for item in written["agencies"] + written["bodies"]])
    assert not twice([cause["id"] for cause in written["causes"]])


@every_region
def test_short_names_are_unique_and_at_most_20_characters(name: str) -> None:
    """Status lines name the agency by its short name alone."""
    shorts = [agency["short_name"] for agency in region(name)["agencies"]]
    assert not twice([short.casefold() for short in shorts])
    assert max(map(len, shorts)) <= 20


@every_region
def test_every_parent_successor_and_handler_exists(name: str) -> None:
    """Escalation and reorganisation follow these links without looking back."""
    written = region(name)
    known = {agency["id"] for agency in written["agencies"]}
    for agency in written["agencies"]:
        assert agency.get("parent") in known | {None}, agency["id"]
        assert (agency["succeeded_by"] or {}).get("agency") in known | {None}, agency["id"]
    assert set(written["handlers"]) <= known


@every_region
@pytest.mark.parametrize("link", ["parent", "successor"])
def test_parents_and_successors_never_run_in_a_circle(name: str, link: str) -> None:
    """Walking up to the top, or on to today's agency, always ends."""
    agencies = region(name)["agencies"]
    above: dict[str, str | None] = {
        agency["id"]: (
            agency.get("parent")
            if link == "parent"
            else (agency["succeeded_by"] or {}).get("agency")
        )
        for agency in agencies
    }
    for start, first in above.items():
        steps, at = 0, first
        while at is not None:
            steps, at = steps + 1, above[at]
            assert steps <= len(above), start


@every_region
def test_every_area_lies_in_the_region_and_so_does_its_parent(name: str) -> None:
    """Areas are a tree with the region at its root, without gaps, in order."""
    written = region(name)
    codes = list(written["areas"])
    assert codes[0] == written["code"]
    assert codes == sorted(codes)
    for code in codes[1:]:
        assert code.rpartition(".")[0] in written["areas"], code


@every_region
def test_an_agency_with_an_area_serves_one_of_theregion(name: str) -> None:
    """A kecamatan office names its kecamatan by the code of the reports; no two name the same."""
    written = region(name)
    served = [agency["area"] for agency in written["agencies"] if "area" in agency]
    assert set(served) <= set(written["areas"])
    assert not twice(served)
    for agency in written["agencies"]:
        assert ("area" in agency) == (agency["kind"] in {"kecamatan", "kapanewon"}), agency["id"]


@every_region
def test_a_region_that_writes_to_everybody_has_no_invented_address(name: str) -> None:
    """Until it is live its addresses may be placeholders, and nobody but its list is written to."""
    written = region(name)
    contacts = [each["contact"] for each in written["agencies"] + written["bodies"]]
    invented = [each for each in contacts if ".example" in str(each)]
    assert written.get("notices") != "live" or not invented


def test_the_fictitious_region_points_at_nothing_real() -> None:
    """A demonstration must not send anyone to a real office."""
    written = region("contoh")
    contacts = [each["contact"] for each in written["agencies"] + written["bodies"]]
    places = [place for contact in contacts for place in contact.values()]
    assert all(place.endswith(".example") for place in written["origins"] + places)
    assert not [contact for contact in contacts if "phone" in contact]


@every_region
def test_a_region_can_refer_a_report_about_its_own_inspectorate(name: str) -> None:
    """When the handler is accused, the level above or the ombudsman takes the report."""
    bodies = {body["id"] for body in region(name)["bodies"]}
    assert "ombudsman" in bodies
    assert bodies & {"inspektorat-provinsi", "itjen-kemendagri"}
