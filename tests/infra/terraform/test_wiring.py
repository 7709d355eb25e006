"""What leads where, seen after an apply: everything that a cloud makes up says whose it is."""

from typing import Any

import pytest

from infra import manifest
from infra.manifest import Function
from tests.infra.terraform.workspace import Plan, Workspace

MANIFEST = manifest.load()
FUNCTIONS = list(MANIFEST.functions.values())
CONSUMERS = [each for each in FUNCTIONS if each.event]
SWEEPS = [each for each in FUNCTIONS if each.schedule and not each.event]
TICKS = [each for each in FUNCTIONS if each.schedule and each.event]
OUTSIDE = [each for each in FUNCTIONS if each.http]

_FUNCTION = "google_cloudfunctions2_function"
_ACCOUNT = "google_service_account"


def each(functions: list[Function]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("function", functions, ids=lambda function: function.name)


@pytest.fixture(scope="module")
def standing(applied: Workspace) -> Plan:
    return applied.standing()


def service(function: Function) -> str:
    return function.name.replace("_", "-")


def caller(standing: Plan, kind: str, function: Function) -> Any:
    values = standing.of(f"google_cloud_run_v2_service_iam_member.{kind}")[function.name]
    return values["name"], values["role"], values["member"]


@each(CONSUMERS)
def test_a_push_goes_to_its_function_signed_for_just_that_address(
    function: Function, standing: Plan
) -> None:
    """A token for one function opens no other."""
    push = standing.of("google_pubsub_subscription.push")[function.name]["push_config"][0]
    address = f"{_FUNCTION}/{service(function)}/uri"

    assert push["push_endpoint"] == push["oidc_token"][0]["audience"] == address
    assert push["oidc_token"][0]["service_account_email"] == f"{_ACCOUNT}/pubsub-push/email"
    invoker = (service(function), "roles/run.invoker", f"{_ACCOUNT}/pubsub-push/member")
    assert caller(standing, "push", function) == invoker


@each(CONSUMERS)
def test_a_dead_letter_goes_to_the_topic_of_its_topic(function: Function, standing: Plan) -> None:
    """And Pub/Sub may put it there, and take it off here."""
    assert function.event
    dead = MANIFEST.topics[function.event.topic].dead_letter
    assert dead
    push = standing.of("google_pubsub_subscription.push")[function.name]

    assert push["topic"] == f"google_pubsub_topic/{function.event.topic}/id"
    assert push["dead_letter_policy"][0]["dead_letter_topic"] == f"google_pubsub_topic/{dead}/id"
    putting = standing.of("google_pubsub_topic_iam_member.dead_letter")[dead]
    taking = standing.of("google_pubsub_subscription_iam_member.dead_letter")[function.name]
    assert (putting["topic"], putting["role"]) == (dead, "roles/pubsub.publisher")
    assert taking["subscription"] == service(function)
    assert putting["member"] == taking["member"]
    assert putting["member"].endswith("@gcp-sa-pubsub.iam.gserviceaccount.com")


@pytest.mark.parametrize("dead", sorted(MANIFEST.dead_letters()))
def test_a_dead_letter_waits_until_somebody_looks(dead: str, standing: Plan) -> None:
    """A topic without a subscription would forget it at once."""
    waiting = standing.of("google_pubsub_subscription.dead_letter")[dead]

    assert waiting["topic"] == f"google_pubsub_topic/{dead}/id"
    assert waiting["message_retention_duration"] == f"{31 * 86_400}s"


@each(SWEEPS)
def test_a_schedule_calls_its_function_as_the_scheduler(function: Function, standing: Plan) -> None:
    """Nobody but the scheduler may call it."""
    call = standing.of("google_cloud_scheduler_job.sweep")[function.name]["http_target"][0]

    assert call["uri"] == call["oidc_token"][0]["audience"]
    assert call["uri"] == f"{_FUNCTION}/{service(function)}/uri"
    invoker = (service(function), "roles/run.invoker", f"{_ACCOUNT}/scheduler/member")
    assert caller(standing, "scheduler", function) == invoker


@each(TICKS)
def test_a_tick_is_published_where_its_function_listens(function: Function, standing: Plan) -> None:
    """One CloudEvent function serves events and its schedule."""
    assert function.event
    tick = standing.of("google_cloud_scheduler_job.tick")[function.name]["pubsub_target"][0]

    assert tick["topic_name"] == f"google_pubsub_topic/{function.event.topic}/id"
    assert tick["attributes"] == {"type": function.tick}


@each(FUNCTIONS)
def test_a_function_is_itself_and_nobody_else(function: Function, standing: Plan) -> None:
    """It runs as its own account, which holds just what the manifest names."""
    name = service(function)
    running = standing.of(f"{_FUNCTION}.function")[function.name]["service_config"][0]
    member = f"{_ACCOUNT}/{name}/member"
    publishing = standing.of("google_pubsub_topic_iam_member.publisher").values()
    reading = standing.of("google_secret_manager_secret_iam_member.reader").values()

    assert running["service_account_email"] == f"{_ACCOUNT}/{name}/email"
    assert {p["topic"] for p in publishing if p["member"] == member} == {*function.publishes}
    assert {r["secret_id"] for r in reading if r["member"] == member} == {*function.secrets}


@each(FUNCTIONS)
def test_a_function_touches_files_as_itself(function: Function, standing: Plan) -> None:
    """And signs invitations as nobody but itself."""
    member = f"{_ACCOUNT}/{service(function)}/member"
    touching = standing.of("google_storage_bucket_iam_member.function")
    signing = standing.of("google_service_account_iam_member.signs_invitations")

    mine = {key for key, values in touching.items() if values["member"] == member}
    signed = {v["service_account_id"] for v in signing.values() if v["member"] == member}

    assert mine == {
        f"{function.name}/{bucket}/{touch}"
        for bucket in MANIFEST.buckets
        for touch in function.files
    }
    invites = "invite" in function.files
    assert signed == ({f"{_ACCOUNT}/{service(function)}/name"} if invites else set())


@pytest.mark.parametrize("bucket", MANIFEST.buckets)
def test_a_bucket_tells_its_topic_and_may(bucket: str, standing: Plan) -> None:
    """As Cloud Storage itself, whose account Google names."""
    topic = MANIFEST.buckets[bucket].notifies.topic
    told = standing.of("google_storage_notification.new")[bucket]
    allowed = standing.of("google_pubsub_topic_iam_member.bucket")[bucket]

    assert told["topic"] == f"google_pubsub_topic/{topic}/id"
    assert (allowed["topic"], allowed["role"]) == (topic, "roles/pubsub.publisher")
    assert allowed["member"] == "google_storage_project_service_account//member"


@each(OUTSIDE)
def test_a_path_leads_through_the_rules_to_its_function(function: Function, standing: Plan) -> None:
    """Path, backend with a security policy, endpoint group, service: one chain for each."""
    assert function.http
    backend = f"google_compute_region_backend_service/{service(function)}"
    matcher = standing.of("google_compute_region_url_map.paths")[""]["path_matcher"][0]
    led = {rule["service"]: set(rule["paths"]) for rule in matcher["path_rule"]}
    behind = standing.of("google_compute_region_backend_service.function")[function.name]
    group = standing.of("google_compute_region_network_endpoint_group.function")[function.name]
    door = "everybody" if function.http.public else "known"

    assert led[f"{backend}/id"] == set(function.http.paths)
    assert behind["security_policy"].startswith(
        f"google_compute_region_security_policy/door-{door}/"
    )
    assert behind["backend"][0]["group"].endswith(f"_group/{service(function)}/id")
    assert group["cloud_run"][0]["service"] == service(function)
