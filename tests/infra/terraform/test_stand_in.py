"""The stand-in speaks the protocol and knows the true schemas."""

from hypothesis import given
from hypothesis import strategies as st

from tests.infra.terraform.workspace import Workspace
from tests.infra.terraform_standin import schemas, values
from tests.infra.terraform_standin.messages import UNKNOWN, dump, load
from tests.infra.terraform_standin.schemas import GOOGLE
from tests.infra.terraform_standin.wire import message, parse

_FIELDS = st.dictionaries(
    st.integers(1, 400), st.one_of(st.integers(1, 2**40), st.binary(min_size=1)), max_size=6
)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**40), 2**40), st.text()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
)
_TOPIC = frozenset({"google_pubsub_topic"})


@given(_FIELDS)
def test_a_message_is_read_as_it_was_written(fields: dict[int, int | bytes]) -> None:
    """Numbers and bytes of any length."""
    assert parse(message(fields)) == fields


@given(_VALUES)
def test_a_value_is_read_as_it_was_written(value: object) -> None:
    """What Terraform sends comes back to it."""
    assert load(dump(value)) == value


def test_the_schema_is_the_providers_own(workspace: Workspace) -> None:
    """Required, optional, decided by Google; a block with its limits."""
    topic = schemas.schema(GOOGLE, _TOPIC)["resource_schemas"]["google_pubsub_topic"]["block"]

    assert topic["attributes"]["name"] == {**topic["attributes"]["name"], "required": True}
    assert topic["attributes"]["effective_labels"].get("optional") is None
    policy = topic["block_types"]["message_storage_policy"]
    assert (policy["nesting_mode"], policy["max_items"]) == ("list", 1)
    assert policy["block"]["attributes"]["enforce_in_transit"]["type"] == "bool"


def test_what_google_decides_is_known_after_apply(workspace: Workspace) -> None:
    """And says then whose it is."""
    topic = schemas.schema(GOOGLE, _TOPIC)["resource_schemas"]["google_pubsub_topic"]["block"]

    planned = values.planned({"name": "notices"}, topic)
    applied = values.applied(planned, topic, "google_pubsub_topic")

    assert (planned["name"], planned["id"]) == ("notices", UNKNOWN)
    assert applied["id"] == "google_pubsub_topic/notices/id"
