"""What the manifest makes of each region: the address of every resource that there is to be."""

from collections.abc import Collection, Mapping

from infra.manifest import Index, Manifest

# One of each, whatever the manifest says.
ONCE = frozenset({
    "google_certificate_manager_certificate.domain",
    "google_certificate_manager_dns_authorization.domain",
    "google_compute_address.front_door",
    "google_compute_forwarding_rule.http",
    "google_compute_forwarding_rule.https",
    "google_compute_network.front_door",
    "google_compute_region_ssl_policy.modern",
    "google_compute_region_target_http_proxy.http",
    "google_compute_region_target_https_proxy.https",
    "google_compute_region_url_map.paths",
    "google_compute_region_url_map.to_https",
    "google_compute_subnetwork.front_door",
    "google_firestore_backup_schedule.daily",
    "google_firestore_database.reports",
    "google_logging_metric.outbox_age",
    "google_logging_project_bucket_config.kept",
    "google_logging_project_exclusion.elsewhere",
    "google_logging_project_sink.kept",
    "google_monitoring_alert_policy.failing_requests",
    "google_monitoring_alert_policy.unreachable",
    "google_monitoring_dashboard.desk",
    "google_monitoring_uptime_check_config.health",
    "google_project_iam_custom_role.removes_files",
    "google_service_account.push",
    "google_service_account.scheduler",
    "google_service_account_iam_member.signs_pushes",
    "google_storage_bucket.archives",
    "google_storage_bucket_object.archive",
    "time_sleep.metrics_become_known",
})  # fmt: skip
# Several of each, whose keys stand in their own file.
KEYED_ELSEWHERE = frozenset({
    "google_compute_region_security_policy.door",
    "google_logging_metric.count",
    "google_monitoring_alert_policy.above",
    "google_monitoring_notification_channel.email",
})  # fmt: skip


def keyed(manifest: Manifest) -> Mapping[str, Collection[str]]:
    """Keys by `type.name`, for all that is made by a line of the manifest."""
    functions = manifest.functions.values()
    every = {each.name for each in functions}
    outside = {each.name for each in functions if each.http}
    consumers = {each.name for each in functions if each.event}
    sweeps = {each.name for each in functions if each.schedule and not each.event}
    scheduled = {each.name for each in functions if each.schedule}
    frequent = {each.name for each in functions if each.schedule and _hourly(each.schedule.cron)}
    return {
        "google_cloudfunctions2_function.function": every,
        "google_service_account.function": every,
        "google_project_iam_member.store": every,
        "google_pubsub_topic_iam_member.publisher": {
            f"{each.name}/{topic}" for each in functions for topic in each.publishes
        },
        "google_secret_manager_secret_iam_member.reader": {
            f"{each.name}/{secret}" for each in functions for secret in each.secrets
        },
        "google_cloud_run_v2_service_iam_member.everybody": outside,
        "google_compute_region_network_endpoint_group.function": outside,
        "google_compute_region_backend_service.function": outside,
        "google_cloud_run_v2_service_iam_member.push": consumers,
        "google_pubsub_subscription.push": consumers,
        "google_pubsub_subscription_iam_member.dead_letter": consumers,
        "google_cloud_run_v2_service_iam_member.scheduler": sweeps,
        "google_cloud_scheduler_job.sweep": sweeps,
        "google_cloud_scheduler_job.tick": scheduled - sweeps,
        "google_monitoring_alert_policy.not_run": frequent,
        "google_pubsub_topic.topic": set(manifest.topics),
        "google_pubsub_topic_iam_member.bucket": set(manifest.buckets),
        "google_storage_bucket.files": set(manifest.buckets),
        "google_storage_notification.new": set(manifest.buckets),
        "google_storage_bucket_iam_member.function": {
            f"{each.name}/{bucket}/{touch}"
            for each in functions
            for touch in each.files
            for bucket in manifest.buckets
        },
        "google_service_account_iam_member.signs_invitations": {
            each.name for each in functions if "invite" in each.files
        },
        "google_pubsub_topic_iam_member.dead_letter": manifest.dead_letters(),
        "google_pubsub_subscription.dead_letter": manifest.dead_letters(),
        "google_firestore_index.index": set(map(_key_of, manifest.firestore.indexes)),
        "google_firestore_field.field": {
            f"{each.collection}/{each.field}"
            for each in (*manifest.firestore.exemptions, *manifest.firestore.ttl)
        },
    }


def _hourly(cron: str) -> bool:
    """At least once within each hour."""
    return cron.split()[1] == "*"


def _key_of(index: Index) -> str:
    fields = "+".join(f"{each.path}:{each.order or 'contains'}" for each in index.fields)
    return f"{index.collection}/{fields}" + ("/group" if index.scope else "")
