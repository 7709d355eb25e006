"""What is noted, what is not, and what rings."""

import json
import re
from collections.abc import Iterator
from typing import Any

from tests.infra.terraform.rules.offences import Rule
from tests.infra.terraform.workspace import Plan

# Metrics of Google's that alarms and charts may look at.
_METRICS = frozenset(
    [
        "monitoring.googleapis.com/uptime_check/check_passed",
        "pubsub.googleapis.com/subscription/num_undelivered_messages",
        "pubsub.googleapis.com/subscription/oldest_unacked_message_age",
        "run.googleapis.com/container/instance_count",
        "run.googleapis.com/request_count",
        "run.googleapis.com/request_latencies",
    ]
)
_METRIC = re.compile(r'metric\.type = \\?"([^"\\]+)')
_OF_LOGS = "logging.googleapis.com/user/"
# Its filter names the uptime check, which is known after apply.
_LATER = frozenset({"google_monitoring_alert_policy.unreachable"})


def nobody_notes_who_reads_or_files(plan: Plan) -> Iterator[str]:
    for name, values in plan.of("google_compute_region_backend_service.function").items():
        if any(log["enable"] for log in values["log_config"]) or not values["log_config"]:
            yield f"{name}: the load balancer logs addresses"
    sink = plan.of("google_logging_project_sink.kept")[""]
    left_out = " ".join(each["filter"] for each in sink["exclusions"])
    if "run.googleapis.com/requests" not in left_out or "httpRequest.remoteIp" not in left_out:
        yield "Cloud Run's own request log, with its addresses, is kept"


def alarms_look_at_metrics_that_exist(plan: Plan) -> Iterator[str]:
    ours = {_OF_LOGS + values["name"] for values in plan.all_of("google_logging_metric").values()}
    for kind in ("google_monitoring_alert_policy", "google_monitoring_dashboard"):
        for address, values in plan.all_of(kind).items():
            looked_at = set(_METRIC.findall(_plain(values)))
            for metric in sorted(looked_at - ours - _METRICS):
                yield f"{address} looks at {metric}, which nobody writes"
            if kind == "google_monitoring_alert_policy" and not looked_at and address not in _LATER:
                yield f"{address} looks at nothing"


def every_alarm_says_what_to_look_at(plan: Plan) -> Iterator[str]:
    for address, values in plan.all_of("google_monitoring_alert_policy").items():
        links = [link["url"] for text in values["documentation"] for link in text["links"]]
        if not links or "#" not in links[0]:
            yield f"{address} has no runbook"


RULES: tuple[Rule, ...] = (
    nobody_notes_who_reads_or_files,
    alarms_look_at_metrics_that_exist,
    every_alarm_says_what_to_look_at,
)


def _plain(values: dict[str, Any]) -> str:
    return json.dumps(values).replace('\\\\\\"', '"').replace('\\"', '"')
