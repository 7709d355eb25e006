"""A test proves the tests: each of these slips turns the rule red that is there for it."""

from typing import NamedTuple

import pytest

from tests.infra.terraform.rules import (
    access,
    applying,
    events,
    files,
    functions,
    store,
    watching,
)
from tests.infra.terraform.rules.offences import Rule
from tests.infra.terraform.workspace import TerraformFailed, Workspace


class Slip(NamedTuple):
    path: str
    old: str
    new: str
    rule: Rule


INVALID = {
    "a misspelt argument": ("functions.tf", "available_memory ", "availible_memory "),
    "a misspelt resource": ("topics.tf", '"google_pubsub_topic" "topic"', '"google_topic" "topic"'),
    "a value that is no option": ("firestore.tf", "FIRESTORE_NATIVE", "FIRESTORE_NAIVE"),
    "a missing argument": ("archive.tf", "  location = var.location\n", ""),
    "a value that Google decides": (
        "topics.tf",
        "  name = each.key\n",
        "  name             = each.key\n  effective_labels = {}\n",
    ),
}
SLIPS = {
    "no dead letter": Slip(
        "subscriptions.tf",
        "  dead_letter_policy {\n    dead_letter_topic     = google_pubsub_topic.topic"
        "[local.working_topics[each.value.event.topic]].id\n"
        "    max_delivery_attempts = each.value.event.retry.attempts\n  }\n",
        "",
        events.every_push_is_signed_filtered_repeated_and_has_a_dead_letter,
    ),
    "a push without a token": Slip(
        "subscriptions.tf",
        "    oidc_token {\n      service_account_email = google_service_account.push.email\n"
        "      audience              = google_cloudfunctions2_function.function[each.key]"
        ".service_config[0].uri\n    }\n",
        "",
        events.every_push_is_signed_filtered_repeated_and_has_a_dead_letter,
    ),
    "everybody may call an event function": Slip(
        "invokers.tf",
        "member   = google_service_account.push.member",
        'member   = "allUsers"',
        access.only_what_the_manifest_opens_is_public,
    ),
    "any Google account may publish": Slip(
        "topics.tf",
        "# Without a subscription",
        'resource "google_pubsub_topic_iam_member" "all" {\n'
        '  topic  = google_pubsub_topic.topic["report-events"].name\n'
        '  role   = "roles/pubsub.publisher"\n  member = "allAuthenticatedUsers"\n}\n\n'
        "# Without a subscription",
        access.only_what_the_manifest_opens_is_public,
    ),
    "an editor": Slip(
        "identities.tf",
        '"roles/datastore.viewer" : "roles/datastore.user"',
        '"roles/datastore.viewer" : "roles/editor"',
        access.nobody_holds_a_role_that_is_not_used,
    ),
    "a role for every database": Slip(
        "identities.tf",
        '  condition {\n    title      = "${var.region} only"\n    expression = "resource.name == '
        '\\"projects/${var.project}/databases/${local.database}\\""\n  }\n',
        "",
        access.nobody_holds_a_role_that_is_not_used,
    ),
    "a way round the front door": Slip(
        "functions.tf",
        '"ALLOW_INTERNAL_AND_GCLB"',
        '"ALLOW_ALL"',
        access.nobody_comes_in_but_through_the_front_door,
    ),
    "topics kept anywhere": Slip(
        "topics.tf",
        "[var.location]",
        '["us-central1"]',
        store.everything_stays_in_one_place,
    ),
    "a database that can be deleted": Slip(
        "firestore.tf",
        "DELETE_PROTECTION_ENABLED",
        "DELETE_PROTECTION_DISABLED",
        store.nothing_is_lost_by_mistake,
    ),
    "indexes of another scope": Slip(
        "firestore.tf",
        '"COLLECTION_GROUP" : "COLLECTION"',
        '"COLLECTION" : "COLLECTION"',
        store.every_index_that_the_code_needs_is_there,
    ),
    "a resource that no line asks for": Slip(
        "topics.tf",
        "# Without a subscription",
        'resource "google_pubsub_topic" "more" {\n  name = "more"\n}\n\n# Without a subscription',
        functions.every_line_of_the_manifest_becomes_its_resources,
    ),
    "threads that nobody told the framework": Slip(
        "functions.tf",
        "THREADS = tostring(each.value.threads)",
        'THREADS = "1"',
        functions.a_function_is_as_the_manifest_says,
    ),
    "a log of addresses": Slip(
        "front_door.tf",
        "enable = false",
        "enable = true",
        watching.nobody_notes_who_reads_or_files,
    ),
    "a rule against attacks that reads what citizens write": Slip(
        "armor.tf",
        'refused = ["scannerdetection-v33-stable"]',
        'refused = ["scannerdetection-v33-stable", "protocolattack-v33-stable"]',
        access.prose_is_never_judged_as_an_attack,
    ),
    "rules against attacks that nobody offers": Slip(
        "armor.tf",
        "xss-v33-stable",
        "xss-v44-stable",
        access.prose_is_never_judged_as_an_attack,
    ),
    "an account whose name is too short": Slip(
        "identities.tf",
        'account_id   = "scheduler"',
        'account_id   = "sched"',
        applying.names_are_such_as_google_takes,
    ),
    "an alarm that does not wait for its metric": Slip(
        "alarms.tf",
        "\n  depends_on = [time_sleep.metrics_become_known]\n",
        "",
        applying.what_has_to_be_there_is_waited_for,
    ),
    "files that anybody may read": Slip(
        "storage.tf",
        'public_access_prevention    = "enforced"',
        'public_access_prevention    = "inherited"',
        access.no_bucket_is_open,
    ),
    "erased files that can be brought back": Slip(
        "storage.tf",
        "retention_duration_seconds = 0",
        "retention_duration_seconds = 604800",
        files.what_is_erased_is_gone,
    ),
    "uploads that stay": Slip(
        "storage.tf",
        "[lifecycle_rule.value.prefix]",
        '["kept/"]',
        files.a_bucket_forgets_what_the_manifest_says,
    ),
    "uploads that nobody hears of": Slip(
        "storage.tf",
        '["OBJECT_FINALIZE"]',
        '["OBJECT_DELETE"]',
        files.a_new_object_is_told_to_its_topic,
    ),
    "uploads from any page": Slip(
        "storage.tf",
        '    pages   = ["https://${var.domain}"]',
        '    pages   = ["*"]',
        files.only_the_regions_own_pages_upload,
    ),
    "pages that cannot read how far their upload is": Slip(
        "storage.tf",
        '"Content-Range", "Location", "Range", ',
        '"Content-Range", "Location", ',
        files.a_page_uploads_as_it_does_on_one_machine,
    ),
    "a sender of files who may write": Slip(
        "storage.tf",
        'read   = { role = "roles/storage.objectViewer"',
        'read   = { role = "roles/storage.objectUser"',
        files.a_function_touches_files_as_its_entry_says,
    ),
    "who removes files and reads them": Slip(
        "storage.tf",
        '["storage.objects.delete", ',
        '["storage.objects.delete", "storage.objects.get", ',
        files.who_removes_files_reads_none,
    ),
    "whoever invites reads what came in": Slip(
        "storage.tf",
        "resource.name.startsWith(",
        "!resource.name.startsWith(",
        files.a_function_touches_files_as_its_entry_says,
    ),
    "a notification that does not wait for its right": Slip(
        "storage.tf",
        "\n  # It is refused while the topic is closed to it.\n"
        "  depends_on = [google_pubsub_topic_iam_member.bucket]\n",
        "",
        applying.what_has_to_be_there_is_waited_for,
    ),
    "an alarm on a metric that is not there": Slip(
        "alarms.tf",
        "oldest_unacked_message_age",
        "oldest_unread_message_age",
        watching.alarms_look_at_metrics_that_exist,
    ),
}


SLIPS_OF_A_PROJECT = {
    "a builder whose name is too short": Slip(
        "project/builds.tf",
        '"builder"',
        '"build"',
        applying.names_are_such_as_google_takes,
    ),
    "an audit of a project that cannot be asked yet": Slip(
        "project/hygiene.tf",
        "\n  depends_on = [google_project_service.service]\n",
        "",
        applying.nothing_is_made_before_its_service_is_on,
    ),
}


@pytest.mark.parametrize("slip", INVALID)
def test_terraform_refuses_the_slip(slip: str, changeable: Workspace) -> None:
    """The stand-in knows the true schema: it is not a yes-man."""
    changeable.changed(*INVALID[slip])

    with pytest.raises(TerraformFailed, match="Error: "):
        changeable.run("validate", "-no-color")


@pytest.mark.parametrize("slip", SLIPS)
def test_the_slip_breaks_its_rule(slip: str, changeable: Workspace) -> None:
    """Terraform would take it; the rule does not."""
    path, old, new, rule = SLIPS[slip]
    changeable.changed(path, old, new)

    assert list(rule(changeable.plan("badung")))


@pytest.mark.parametrize("slip", SLIPS_OF_A_PROJECT)
def test_the_slip_in_the_project_breaks_its_rule(slip: str, changeable: Workspace) -> None:
    """Both would only be seen in a new project, half an hour into the first deployment."""
    path, old, new, rule = SLIPS_OF_A_PROJECT[slip]
    changeable.changed(path, old, new)

    assert list(rule(changeable.plan_of_project("badung")))
