"""Who may come in, and who may do what."""

import re
from collections.abc import Iterator
from typing import Any

from tests.infra.terraform.rules.offences import MANIFEST, Rule, differing
from tests.infra.terraform.workspace import Plan

# What a function may ever hold, and what of the manifest gives it.
_ROLES = {
    "roles/datastore.user": "changes reports",
    "roles/datastore.viewer": "reads reports",
    "roles/pubsub.publisher": "publishes",
    "roles/secretmanager.secretAccessor": "secrets",
    "roles/run.invoker": "called by",
    "roles/pubsub.subscriber": "Pub/Sub itself",
    "roles/iam.serviceAccountTokenCreator": "Pub/Sub itself; signs invitations to upload",
    "roles/storage.objectCreator": "files: invite",
    "roles/storage.objectViewer": "files: read",
    "roles/storage.objectUser": "files: write",
    "roles/removesFiles": "files: remove; our own",
}

# Of a role of our own.
_OF_PROJECT = re.compile(r"^projects/[^/]+/")

# The sets of CRS 3.3 (https://cloud.google.com/armor/docs/waf-rules); one looks for tools alone.
_OF_TOOLS = frozenset({"scannerdetection-v33-stable"})
_RULE_SETS = _OF_TOOLS | {
    f"{kind}-v33-stable"
    for kind in (
        *("java", "lfi", "methodenforcement", "nodejs", "php", "protocolattack"),
        *("rce", "rfi", "sessionfixation", "sqli", "xss"),
    )
}
_PRECONFIGURED = re.compile(r"evaluatePreconfiguredWaf\('([^']+)'")


def nobody_comes_in_but_through_the_front_door(plan: Plan) -> Iterator[str]:
    for name, values in plan.of("google_cloudfunctions2_function.function").items():
        ingress = values["service_config"][0]["ingress_settings"]
        outside = MANIFEST.functions[name].http is not None
        wanted = "ALLOW_INTERNAL_AND_GCLB" if outside else "ALLOW_INTERNAL_ONLY"
        yield from differing(name, "ingress", ingress, wanted)


def only_what_the_manifest_opens_is_public(plan: Plan) -> Iterator[str]:
    opened = {each.name for each in MANIFEST.functions.values() if each.http}
    for each in plan.managed():
        member = each["values"].get("member")
        if member in ("allUsers", "allAuthenticatedUsers"):
            if member != "allUsers" or each["type"] != "google_cloud_run_v2_service_iam_member":
                yield f"{each['address']} is open to {member}"
            elif each.get("index") not in opened:
                yield f"{each['address']} is public; the manifest does not say so"


def nobody_holds_a_role_that_is_not_used(plan: Plan) -> Iterator[str]:
    for each in plan.managed():
        role = each["values"].get("role") if "_iam_" in each["type"] else None
        if role is not None and _OF_PROJECT.sub("", role) not in _ROLES:
            yield f"{each['address']} gives {role}"
        if each["type"] == "google_project_iam_member" and not each["values"]["condition"]:
            yield f"{each['address']} gives {role} for everything in the project"


def who_only_looks_things_up_cannot_write(plan: Plan) -> Iterator[str]:
    for name, values in plan.of("google_project_iam_member.store").items():
        each = MANIFEST.functions[name]
        writes = each.publishes or each.secrets or each.event or each.schedule
        wanted = "roles/datastore.user" if writes else "roles/datastore.viewer"
        yield from differing(name, "role", values["role"], wanted)


def no_bucket_is_open(plan: Plan) -> Iterator[str]:
    for address, values in plan.all_of("google_storage_bucket").items():
        closed = values["uniform_bucket_level_access"], values["public_access_prevention"]
        yield from differing(address, "access", closed, (True, "enforced"))


def prose_is_never_judged_as_an_attack(plan: Plan) -> Iterator[str]:
    """To such rules a line of a report may look like a request: its author would get 403."""
    for name, values in plan.of("google_compute_region_security_policy.door").items():
        for expression in filter(None, map(_expression, values["rules"])):
            for each in _PRECONFIGURED.findall(expression):
                if each not in _RULE_SETS:
                    yield f"{name}: Cloud Armor has no rules {each}"
                if each not in _OF_TOOLS and "request.method == 'GET'" not in expression:
                    yield f"{name}: {each} looks into posts"


def posts_are_limited_for_each_address(plan: Plan) -> Iterator[str]:
    for name, values in plan.of("google_compute_region_security_policy.door").items():
        throttled = [rule for rule in values["rules"] if rule["action"] == "throttle"]
        if not any("POST" in str(rule["match"]) for rule in throttled):
            yield f"{name}: posts are not limited"
        keys = {each["enforce_on_key"] for rule in throttled for each in rule["rate_limit_options"]}
        yield from differing(name, "limited by", keys, {"IP"})
    for name, values in plan.of("google_compute_region_backend_service.function").items():
        if values.get("security_policy", "later") in (None, ""):
            yield f"{name} has no security policy"


RULES: tuple[Rule, ...] = (
    nobody_comes_in_but_through_the_front_door,
    only_what_the_manifest_opens_is_public,
    nobody_holds_a_role_that_is_not_used,
    who_only_looks_things_up_cannot_write,
    no_bucket_is_open,
    prose_is_never_judged_as_an_attack,
    posts_are_limited_for_each_address,
)


def _expression(rule: dict[str, Any]) -> str:
    return "".join(expr["expression"] for match in rule["match"] for expr in match["expr"])
