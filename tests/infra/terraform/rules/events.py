"""Nothing that happened is lost on its way."""

import re
from collections.abc import Iterator

from tests.infra.terraform.rules.offences import MANIFEST, Rule, differing
from tests.infra.terraform.workspace import Plan


def every_push_is_signed_filtered_repeated_and_has_a_dead_letter(plan: Plan) -> Iterator[str]:
    for name, values in plan.of("google_pubsub_subscription.push").items():
        function = MANIFEST.functions[name]
        event = function.event
        if event is None:
            continue
        if not any(push["oidc_token"] for push in values["push_config"]):
            yield f"{name}: the push is not signed"
        attempts = [each["max_delivery_attempts"] for each in values["dead_letter_policy"]]
        yield from differing(name, "tries before the dead letter", attempts, [event.retry.attempts])
        backoff = [(e["minimum_backoff"], e["maximum_backoff"]) for e in values["retry_policy"]]
        wanted = [(f"{event.retry.min}s", f"{event.retry.max}s")]
        yield from differing(name, "backoff", backoff, wanted)
        taken = set(re.findall(r'"([^"]+)"', values["filter"]))
        types = {type_.removesuffix("*") for type_ in (*event.types, function.tick) if type_}
        yield from differing(name, "filter", taken, types)


def nothing_expires_by_being_idle(plan: Plan) -> Iterator[str]:
    for address, values in plan.all_of("google_pubsub_subscription").items():
        if [each["ttl"] for each in values["expiration_policy"]] != [""]:
            yield f"{address} is deleted after a month without messages"


RULES: tuple[Rule, ...] = (
    every_push_is_signed_filtered_repeated_and_has_a_dead_letter,
    nothing_expires_by_being_idle,
)
