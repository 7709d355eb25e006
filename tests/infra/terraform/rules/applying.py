"""What a plan does not know and the cloud refuses: names, and what has to be there before."""

import re
from collections.abc import Iterator

from tests.infra.terraform.rules.offences import Rule
from tests.infra.terraform.workspace import Plan

_DNS_LABEL = r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?"
_PUBSUB = r"(?!goog)[A-Za-z][-\w.~+%]{2,254}"
# What a name may be, by the kind of resource and its attribute.
_NAMES = {
    ("google_artifact_registry_repository", "repository_id"): _DNS_LABEL,
    ("google_certificate_manager_certificate", "name"): _DNS_LABEL,
    ("google_cloud_scheduler_job", "name"): r"[-\w]{1,500}",
    ("google_cloudfunctions2_function", "name"): r"[a-z]([-a-z0-9]{0,47}[a-z0-9])?",
    ("google_compute_region_backend_service", "name"): _DNS_LABEL,
    ("google_compute_region_security_policy", "name"): _DNS_LABEL,
    ("google_firestore_database", "name"): r"[a-z][-a-z0-9]{2,61}[a-z0-9]",
    ("google_logging_metric", "name"): r"[-\w./,+!*',()%]{1,100}",
    ("google_pubsub_subscription", "name"): _PUBSUB,
    ("google_pubsub_topic", "name"): _PUBSUB,
    ("google_secret_manager_secret", "secret_id"): r"[-\w]{1,255}",
    ("google_service_account", "account_id"): r"[a-z][-a-z0-9]{4,28}[a-z0-9]",
    ("google_service_account", "description"): r".{0,256}",
    ("google_storage_bucket", "name"): r"(?!goog)(?!.*google)[a-z0-9][-a-z0-9]{1,61}[a-z0-9]",
}
# No value of one goes into the other, and yet it fails without it.
_BEFORE = {
    "google_cloud_scheduler_job.sweep": "google_cloud_run_v2_service_iam_member.scheduler",
    "google_cloudfunctions2_function.function": "google_secret_manager_secret_iam_member.reader",
    "google_compute_forwarding_rule.http": "google_compute_subnetwork.front_door",
    "google_compute_forwarding_rule.https": "google_compute_subnetwork.front_door",
    "google_monitoring_alert_policy.above": "time_sleep.metrics_become_known",
    "google_monitoring_alert_policy.not_run": "time_sleep.metrics_become_known",
    "google_pubsub_subscription.push": "google_cloud_run_v2_service_iam_member.push",
    "google_storage_notification.new": "google_pubsub_topic_iam_member.bucket",
}


_SERVICES = "google_project_service.service"
# These name another resource of the project, and wait with it.
_FOLLOWING = frozenset({
    "google_artifact_registry_repository_iam_member.build",
    "google_project_iam_member.build_logs",
    "google_project_iam_member.build_sources",
})  # fmt: skip


def names_are_such_as_google_takes(plan: Plan) -> Iterator[str]:
    for (kind, attribute), shape in _NAMES.items():
        for address, values in plan.all_of(kind).items():
            name = values.get(attribute)
            if isinstance(name, str) and not re.fullmatch(shape, name):
                yield f"{address}: {attribute} {name!r} is refused"


def what_has_to_be_there_is_waited_for(plan: Plan) -> Iterator[str]:
    for address, before in _BEFORE.items():
        if before not in plan.waits[address]:
            yield f"{address} does not wait for {before}"


def nothing_is_made_before_its_service_is_on(plan: Plan) -> Iterator[str]:
    """Of infra/project: the services are switched on in the same apply."""
    for address in sorted(plan.waits.keys() - _FOLLOWING - {_SERVICES}):
        if _SERVICES not in plan.waits[address]:
            yield f"{address} does not wait for the services"


RULES: tuple[Rule, ...] = (
    names_are_such_as_google_takes,
    what_has_to_be_there_is_waited_for,
)
PROJECT_RULES: tuple[Rule, ...] = (
    names_are_such_as_google_takes,
    nothing_is_made_before_its_service_is_on,
)
