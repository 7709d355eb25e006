"""Categories and policy rows hold together before anything is seeded from them."""

from tests.infra.regions.files import category_ids, read, twice, validate


def test_the_categories_follow_their_schema() -> None:
    """A typing mistake in categories.yaml fails here, not while seeding."""
    validate(read("categories.yaml"), "categories.json")


def test_the_policy_follows_its_schema() -> None:
    """A typing mistake in policy.yaml fails here, not while seeding."""
    validate(read("policy.yaml"), "policy.json")


def test_there_are_the_38_national_topics() -> None:
    """The superset starts from the list of SP4N-LAPOR!, complete."""
    assert len(category_ids()) == 38
    assert not twice(list(category_ids()))


def test_every_category_has_keywords_and_an_english_name() -> None:
    """Suggesting a topic and serving visitors both need them."""
    for category in read("categories.yaml")["categories"]:
        assert category["keywords"], category["id"]
        assert category["name_en"].strip(), category["id"]


def test_no_keyword_speaks_for_two_categories() -> None:
    """A word that suggests two topics suggests none."""
    categories = read("categories.yaml")["categories"]
    words = [word for category in categories for word in category["keywords"]]
    assert not twice(words)


def test_every_clock_of_every_kind_has_exactly_one_row_a_day() -> None:
    """Two rows of one clock, kind and first day would leave the deadline to chance."""
    rows = read("policy.yaml")["rows"]
    assert not twice([row["id"] for row in rows])
    assert not twice([(row["clock"], row["kind"], row["from"]) for row in rows])


def test_every_clock_has_a_row_and_only_appreciation_has_no_legal_one() -> None:
    """A clock without a number could never be started."""
    rows = {(row["clock"], row["kind"]) for row in read("policy.yaml")["rows"]}
    working = "verification decision response promise reporter completion completion_agency"
    for clock in working.split():
        assert (clock, "any") in rows
    assert {kind for clock, kind in rows if clock == "legal"} == {
        "complaint",
        "aspiration",
        "information_request",
        "supervisory",
    }
