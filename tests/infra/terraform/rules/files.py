"""People's files: who may touch them, who hears of them, and that erased is erased."""

import re
from collections.abc import Iterator

from emulator.files import bucket_name, buckets_of
from infra import region_file
from tests.infra.terraform.rules.offences import MANIFEST, Rule, differing
from tests.infra.terraform.workspace import Plan

_BUCKETS = "google_storage_bucket.files"
_BUCKET = "storage.googleapis.com/Bucket"
_ROLES = {
    "invite": "roles/storage.objectCreator",
    "read": "roles/storage.objectViewer",
    "remove": "roles/removesFiles",
    "write": "roles/storage.objectUser",
}
# Who is told what is there.
_LISTING = frozenset({"read", "remove"})


def what_is_erased_is_gone(plan: Plan) -> Iterator[str]:
    for name, values in plan.of(_BUCKETS).items():
        versions = [each["enabled"] for each in values["versioning"]]
        yield from differing(name, "older versions", versions, [False])
        seconds = [e["retention_duration_seconds"] for e in values["soft_delete_policy"]]
        yield from differing(name, "seconds to bring back", seconds, [0])


def a_bucket_forgets_what_the_manifest_says(plan: Plan) -> Iterator[str]:
    for name, values in plan.of(_BUCKETS).items():
        found = {
            (rule["action"][0]["type"], *condition["matches_prefix"], condition["age"])
            for rule in values["lifecycle_rule"]
            for condition in rule["condition"]
        }
        wanted = {("Delete", each.prefix, each.days) for each in MANIFEST.buckets[name].forgets}
        yield from differing(name, "forgotten", found, wanted)


def a_new_object_is_told_to_its_topic(plan: Plan) -> Iterator[str]:
    for name, values in plan.of("google_storage_notification.new").items():
        told = MANIFEST.buckets[name].notifies
        yield from differing(name, "events", values["event_types"], ["OBJECT_FINALIZE"])
        yield from differing(name, "prefix", values["object_name_prefix"], told.prefix)
        yield from differing(name, "type", values["custom_attributes"], {"type": told.type})
    allowed = plan.of("google_pubsub_topic_iam_member.bucket")
    topics = {name: values["topic"] for name, values in allowed.items()}
    wanted = {name: each.notifies.topic for name, each in MANIFEST.buckets.items()}
    yield from differing("Cloud Storage", "topics", topics, wanted)


def only_the_regions_own_pages_upload(plan: Plan) -> Iterator[str]:
    function = plan.of("google_cloudfunctions2_function.function")["submit_report"]
    variables = function["service_config"][0]["environment_variables"]
    region = variables["FIRESTORE_DATABASE"].removeprefix("tanggap-")
    wanted = {variables["PUBLIC_URL"], *region_file.read(region, plan.infra).directory.origins}
    for name, values in plan.of(_BUCKETS).items():
        for rule in values["cors"]:
            yield from differing(name, "uploads from", set(rule["origin"]), wanted)


def a_page_uploads_as_it_does_on_one_machine(plan: Plan) -> Iterator[str]:
    """What browsers were tried with: the same methods, and headers that they send and read."""
    local = {each.name: each.cors[0] for each in buckets_of(MANIFEST, pages=(), origins=())}
    for name, values in plan.of(_BUCKETS).items():
        (rule,), tried = values["cors"], local[bucket_name(name)]
        yield from differing(name, "methods", set(rule["method"]), set(tried.methods))
        yield from differing(name, "headers", set(rule["response_header"]), set(tried.headers))


def a_function_touches_files_as_its_entry_says(plan: Plan) -> Iterator[str]:
    for key, values in plan.of("google_storage_bucket_iam_member.function").items():
        _, name, touch = key.split("/")
        bucket = MANIFEST.buckets[name]
        below = {"invite": bucket.notifies.prefix, "write": None}.get(touch, bucket.keeps)
        objects = f"projects/_/buckets/{values['bucket']}/objects/{below}"
        listing = f'resource.type == "{_BUCKET}" || ' if touch in _LISTING else ""
        wanted = [f'{listing}resource.name.startsWith("{objects}")'] if below else []
        role = re.sub("^projects/[^/]+/", "", values["role"])
        yield from differing(key, "role", role, _ROLES[touch])
        yield from differing(key, "only", [e["expression"] for e in values["condition"]], wanted)


def who_removes_files_reads_none(plan: Plan) -> Iterator[str]:
    (role,) = plan.of("google_project_iam_custom_role.removes_files").values()
    wanted = {"storage.objects.delete", "storage.objects.list"}
    yield from differing("removes_files", "permissions", set(role["permissions"]), wanted)


RULES: tuple[Rule, ...] = (
    what_is_erased_is_gone,
    a_bucket_forgets_what_the_manifest_says,
    a_new_object_is_told_to_its_topic,
    only_the_regions_own_pages_upload,
    a_page_uploads_as_it_does_on_one_machine,
    a_function_touches_files_as_its_entry_says,
    who_removes_files_reads_none,
)
