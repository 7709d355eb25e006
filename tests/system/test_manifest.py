"""The manifest, main.py and functions/ say the same; what one reader misses is caught here."""

import ast
import json
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from functions_framework import _function_registry

from emulator import topics
from emulator.environment import environment
from infra import manifest
from infra.manifest import ROOT, Function, Index
from shared.adapters.report_documents import DERIVED, event_document
from shared.domain.report import Report
from shared.edge.contract import OPERATIONS, Caller, Operation
from shared.edge.web.pages import PAGES, Page
from tests.builders import begun

MANIFEST = manifest.load()
FUNCTIONS = list(MANIFEST.functions.values())
HTTP = [function for function in FUNCTIONS if function.http]
EVENTS = [function for function in FUNCTIONS if function.event]
FILES = sorted(path for path in (ROOT / "functions").glob("*.py") if path.stem != "__init__")

each_function = pytest.mark.parametrize("function", FUNCTIONS, ids=lambda each: each.name)
each_http_function = pytest.mark.parametrize("function", HTTP, ids=lambda each: each.name)
each_event_function = pytest.mark.parametrize("function", EVENTS, ids=lambda each: each.name)
each_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda each: each.name)


@cache
def _main() -> Any:
    import main  # noqa: PLC0415 loading is what some tests here are about

    return main


def _entry_points(path: Path) -> list[str]:
    """Functions of a file that the framework is told about by a decorator."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and any("functions_framework" in ast.unparse(each) for each in node.decorator_list)
    ]


def test_the_manifest_follows_its_schema() -> None:
    """A typing mistake fails here, not in a deployment."""
    schema = json.loads((ROOT / "infra/schema/functions.json").read_text(encoding="utf-8"))
    written = yaml.safe_load((ROOT / "infra/functions.yaml").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)

    faults = jsonschema.Draft202012Validator(schema).iter_errors(written)

    assert [(list(fault.absolute_path), fault.message) for fault in faults] == []


def test_the_schema_explains_what_is_not_plain() -> None:
    """Who writes an entry finds the meaning of every trigger and limit there."""
    schema = json.loads((ROOT / "infra/schema/functions.json").read_text(encoding="utf-8"))
    parts = schema["$defs"]["function"]["properties"]
    for name in ("http", "event", "schedule", "threads", "timeout", "publishes", "secrets"):
        assert parts[name]["description"], name


def test_every_entry_point_is_in_the_manifest_and_the_other_way_round() -> None:
    """A function that only one of both knows would never be deployed, or fail to."""
    assert sorted(_main().ENTRY_POINTS) == sorted(MANIFEST.functions)


def test_every_file_is_one_function_of_its_name() -> None:
    """Whoever looks for a deployed function knows which file to open."""
    assert {path.stem: _entry_points(path) for path in FILES} == {
        name: [name] for name in MANIFEST.functions
    }


@each_function
def test_main_offers_the_function_in_the_way_its_trigger_calls_it(function: Function) -> None:
    """An event function takes CloudEvents, all others take requests."""
    assert callable(getattr(_main(), function.name))
    assert _function_registry.REGISTRY_MAP[function.name] == function.signature


def test_no_path_is_given_twice() -> None:
    """The longest path wins; of two equal ones chance would."""
    paths = [path for path, _ in MANIFEST.paths()]

    assert sorted(paths) == sorted(set(paths))


@each_http_function
def test_an_http_function_says_who_may_come_in_and_why(function: Function) -> None:
    """Nothing is public by oversight."""
    assert function.http
    assert bool(function.http.public) != bool(function.http.officers)


@each_operation
def test_every_operation_of_the_contract_has_one_function(operation: Operation) -> None:
    """A path of the contract that no function serves would be a 404 for everybody."""
    served = MANIFEST.function_at(operation.path.replace("<code>", "7K3M9QX2WD-Q"))

    # The scheduler calls a function at its own address; at the front door a page lies there.
    assert served is not None
    assert (served == "serve_pages") == (operation.caller is Caller.SCHEDULER)


@each_operation
def test_no_officers_operation_lies_with_a_public_path_below(operation: Operation) -> None:
    """Everything below /api/desk asks for an officer, and only that does."""
    below = operation.path.startswith("/api/desk/")

    assert below == (operation.caller is Caller.OFFICER)


@each_page
def test_every_page_lies_under_a_path_of_the_function_that_serves_pages(page: Page) -> None:
    """And what lies below the desk is for officers, and only that."""
    assert MANIFEST.function_at(page.path.replace("<", "").replace(">", "")) == "serve_pages"
    assert page.path.startswith("/desk") == (page.caller is Caller.OFFICER)


@each_event_function
def test_an_event_function_is_retried_and_then_kept(function: Function) -> None:
    """Retry is off by default, and an event that fails for good must not be lost."""
    assert function.event
    assert function.event.retry.attempts >= 20
    assert function.event.retry.min < function.event.retry.max == 600
    assert MANIFEST.topics[function.event.topic].dead_letter in MANIFEST.topics


def test_every_topic_has_both_ends_or_is_a_dead_letter() -> None:
    """A topic that nobody writes or nobody reads is a mistake in one of the two lists."""
    published = {topic for function in FUNCTIONS for topic in function.publishes}
    published |= {bucket.notifies.topic for bucket in MANIFEST.buckets.values()}
    consumed = {function.event.topic for function in FUNCTIONS if function.event}
    working = set(MANIFEST.topics) - MANIFEST.dead_letters()

    assert published == consumed == working


def test_a_dead_letter_has_no_dead_letter() -> None:
    """It is read by people and by the redrive command."""
    for name in MANIFEST.dead_letters():
        assert MANIFEST.topics[name].dead_letter is None


@each_function
def test_every_secret_that_a_function_may_read_exists(function: Function) -> None:
    """A deployment with an unknown secret fails half-way."""
    assert set(function.secrets) <= set(MANIFEST.secrets)


@each_function
def test_the_scheduler_is_done_before_it_calls_again(function: Function) -> None:
    """Two sweeps at once would only be in each other's way."""
    if function.schedule and function.schedule.cron == "* * * * *":
        assert function.timeout < 60


def test_the_emulator_gives_every_variable_and_secret_of_the_manifest() -> None:
    """What the cloud sets, the local cloud sets too; the clock and the hosts are its own."""
    google = {"FIRESTORE_EMULATOR_HOST": "f", "PUBSUB_EMULATOR_HOST": "p"}
    wanted = {*MANIFEST.environment, *(each.variable for each in MANIFEST.secrets.values())}

    own = {"CLOCK_URL", "AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
    given = environment("http://127.0.0.1:1", google).keys() - google.keys() - own

    # Google's emulator has the default database only.
    assert given == wanted - {"FIRESTORE_DATABASE"}


def test_every_indexed_field_is_a_field_of_the_report() -> None:
    """An index over a misspelt field is built, paid for and never used."""
    known = {part.name for part in fields(Report)} | DERIVED
    indexed = {part.path for index in _indexes("reports") for part in index.fields}

    assert indexed
    assert indexed <= known


def test_every_index_ends_with_the_due_time() -> None:
    """Queues are sorted by it; Firestore joins such indexes when several filters are given."""
    for index in _indexes("reports"):
        assert [part.path for part in index.fields][1:] == ["due_at"]


def test_the_heads_of_a_day_are_found_over_all_timelines() -> None:
    """By what an event is stored with, whichever report it belongs to."""
    (index,) = _indexes("timeline")
    stored = event_document(begun().events[0])

    assert index.scope == "collection_group"
    assert [part.path for part in index.fields] == ["header.at", "hash"]
    assert {"header", "hash"} <= stored.keys()
    assert "at" in stored["header"]


def test_every_filter_of_a_subscription_fits() -> None:
    """Pub/Sub takes 256 bytes and refuses the deployment of more."""
    made = dict(topics._subscriptions(MANIFEST, lambda name: f"http://127.0.0.1/{name}"))

    assert len(made) == len(EVENTS)
    assert all(0 < len(each["filter"].encode()) <= 256 for each in made.values())


def _indexes(collection: str) -> list[Index]:
    return [each for each in MANIFEST.firestore.indexes if each.collection == collection]
