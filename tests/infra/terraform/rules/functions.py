"""Functions, paths and schedules: each line of the manifest and nothing else."""

from collections.abc import Iterator

from tests.infra.terraform.declared import KEYED_ELSEWHERE, ONCE, keyed
from tests.infra.terraform.rules.offences import MANIFEST, Rule, differing
from tests.infra.terraform.workspace import Plan


def every_line_of_the_manifest_becomes_its_resources(plan: Plan) -> Iterator[str]:
    expected = {address: sorted(keys) for address, keys in keyed(MANIFEST).items() if keys}
    expected |= {address: [""] for address in ONCE}
    found: dict[str, list[str]] = {}
    for each in plan.managed():
        found.setdefault(f"{each['type']}.{each['name']}", []).append(each.get("index", ""))
    for address in sorted({*expected, *found} - KEYED_ELSEWHERE):
        if expected.get(address) != sorted(found.get(address, [])):
            yield f"{address}: {found.get(address)} instead of {expected.get(address)}"


def a_function_is_as_the_manifest_says(plan: Plan) -> Iterator[str]:
    for name, values in plan.of("google_cloudfunctions2_function.function").items():
        wanted, service = MANIFEST.functions[name], values["service_config"][0]
        given = service["environment_variables"]
        secrets = {each["key"]: each["secret"] for each in service["secret_environment_variables"]}
        yield from differing(name, "entry_point", values["build_config"][0]["entry_point"], name)
        yield from differing(name, "memory", service["available_memory"], wanted.memory)
        yield from differing(name, "timeout", service["timeout_seconds"], wanted.timeout)
        yield from differing(name, "instances", service["max_instance_count"], wanted.max_instances)
        concurrency = service["max_instance_request_concurrency"]
        yield from differing(name, "concurrency", concurrency, wanted.threads)
        yield from differing(name, "THREADS", given["THREADS"], str(wanted.threads))
        yield from differing(name, "environment", {*given} - {"THREADS"}, {*MANIFEST.environment})
        variables = {MANIFEST.secrets[each].variable: each for each in wanted.secrets}
        yield from differing(name, "secrets", secrets, variables)


def every_path_leads_to_its_function(plan: Plan) -> Iterator[str]:
    matcher = plan.of("google_compute_region_url_map.paths")[""]["path_matcher"][0]
    led = sorted(sorted(rule["paths"]) for rule in matcher["path_rule"])
    wanted = sorted(sorted(e.http.paths) for e in MANIFEST.functions.values() if e.http)
    yield from differing("paths", "of the front door", led, wanted)


def schedules_run_in_the_zone_of_the_region(plan: Plan) -> Iterator[str]:
    for address, values in plan.all_of("google_cloud_scheduler_job").items():
        function = MANIFEST.functions[address.split('"')[1]]
        cron = function.schedule.cron if function.schedule else None
        yield from differing(address, "cron", values["schedule"], cron)
        if not str(values["time_zone"]).startswith("Asia/"):
            yield f"{address} runs in {values['time_zone']}"


RULES: tuple[Rule, ...] = (
    every_line_of_the_manifest_becomes_its_resources,
    a_function_is_as_the_manifest_says,
    every_path_leads_to_its_function,
    schedules_run_in_the_zone_of_the_region,
)
