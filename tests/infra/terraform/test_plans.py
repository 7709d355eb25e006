"""The plan of every region, against every rule."""

from collections.abc import Callable

import pytest

from infra import region_file, tfvars
from tests.infra.terraform.rules.every import RULES
from tests.infra.terraform.rules.offences import Rule
from tests.infra.terraform.workspace import REGIONS, Plan

PlanOf = Callable[[str], Plan]


def test_every_pilot_has_its_variables_and_the_invented_region_none() -> None:
    """What is deployed has a file of its own; contoh is for trying only."""
    assert set(REGIONS) == set(region_file.names()) - {"contoh"}


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_rule_holds_in_the_region(rule: Rule, region: str, plan_of: PlanOf) -> None:
    """Its name says what must hold; its sentences say where it does not."""
    assert list(rule(plan_of(region))) == []


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_is_deployed_in_its_own_zone_and_project(region: str, plan_of: PlanOf) -> None:
    """The zone stands in the region's file and nowhere else."""
    plan = plan_of(region)
    zone = region_file.read(region).directory.zone

    jobs = plan.all_of("google_cloud_scheduler_job").values()
    given = plan.of("google_cloudfunctions2_function.function")["submit_report"]
    variables = given["service_config"][0]["environment_variables"]

    assert {job["time_zone"] for job in jobs} == {zone}
    assert variables["GOOGLE_CLOUD_PROJECT"] == tfvars.read(region)["project"]
    assert variables["FIRESTORE_DATABASE"] == f"tanggap-{region}"
