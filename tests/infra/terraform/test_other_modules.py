"""What is done once for a project, and what is done at Amazon's."""

import json
import shutil
from pathlib import Path

import pytest

from infra import manifest, tfvars
from infra.region_file import INFRA, RegionFault
from tests.infra.terraform.rules.applying import PROJECT_RULES
from tests.infra.terraform.rules.offences import Rule
from tests.infra.terraform.workspace import REGIONS, Plan, Workspace

MANIFEST = manifest.load()


@pytest.fixture(scope="module")
def project(workspace: Workspace) -> Plan:
    return workspace.plan_of_project("badung")


@pytest.fixture(scope="module")
def aws(workspace: Workspace) -> Plan:
    return workspace.plan_of_aws("-var=answered=true")


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_has_a_project_to_be_put_into(region: str) -> None:
    """Named alike in both files, or they are not read; two regions never share one."""
    project = tfvars.read(region)["project"]

    assert [other for other in REGIONS if tfvars.read(other)["project"] == project] == [region]


def test_two_files_that_name_two_projects_are_refused(tmp_path: Path) -> None:
    """The keys would lie where no function looks for them."""
    infra = Path(shutil.copytree(INFRA, tmp_path / "infra"))
    shared = infra / "project/regions/badung.tfvars"
    shared.write_text(shared.read_text().replace('"tanggap-badung"', '"tanggap-bali"'))

    with pytest.raises(RegionFault, match=r"project/regions/badung\.tfvars: project is not that"):
        tfvars.read("badung", infra)


@pytest.mark.parametrize("rule", PROJECT_RULES, ids=lambda rule: rule.__name__)
def test_the_rule_holds_in_the_project(rule: Rule, project: Plan) -> None:
    """What a plan does not know and a new project refuses."""
    assert list(rule(project)) == []


def test_every_secret_of_the_manifest_has_its_place_and_no_value(project: Plan) -> None:
    """A value that Terraform saw would stand in its state for everybody to read."""
    kept = project.of("google_secret_manager_secret.key")

    assert set(kept) == set(MANIFEST.secrets)
    assert not project.all_of("google_secret_manager_secret_version")
    for values in kept.values():
        replicas = values["replication"][0]["user_managed"][0]["replicas"]
        assert [replica["location"] for replica in replicas] == ["asia-southeast2"]
        assert values["deletion_protection"] is True


def test_who_builds_may_only_build(project: Plan) -> None:
    """Reading is limited to the buckets that archives pass through."""
    roles = {
        name: values["role"]
        for name, values in project.all_of("google_project_iam_member").items()
        if not values["condition"]
    }

    assert set(roles.values()) == {"roles/logging.logWriter"}


def test_the_account_that_may_change_everything_is_put_away(project: Plan) -> None:
    """Google gives each new project an editor that nothing here needs."""
    accounts = project.of("google_project_default_service_accounts.none")[""]

    assert accounts["action"] == "DEPRIVILEGE"


def test_a_month_has_a_budget_and_warns_before_it_is_spent(project: Plan) -> None:
    """Half, nine tenths, and when more is to be expected."""
    budget = project.of("google_billing_budget.month")[""]

    assert int(budget["amount"][0]["specified_amount"][0]["units"]) > 0
    assert [rule["threshold_percent"] for rule in budget["threshold_rules"]] == [0.5, 0.9, 1.0]


def test_what_a_region_needs_is_switched_on(project: Plan) -> None:
    """And stays so when somebody takes this module down."""
    services = project.of("google_project_service.service")

    assert {"firestore.googleapis.com", "pubsub.googleapis.com"} <= set(services)
    assert not any(values["disable_on_destroy"] for values in services.values())


def test_amazon_trusts_one_identity_of_google_and_no_key(aws: Plan) -> None:
    """There is no user and no access key: nothing that could leak."""
    trust = json.loads(aws.of("aws_iam_role.notices")[""]["assume_role_policy"])["Statement"]
    account = "1" * 21

    assert [each["Principal"] for each in trust] == [{"Federated": "accounts.google.com"}]
    assert [each["Condition"]["StringEquals"] for each in trust] == [
        {
            "accounts.google.com:aud": account,
            "accounts.google.com:oaud": "tanggap-badung",
            "accounts.google.com:sub": account,
        }
    ]
    assert not aws.all_of("aws_iam_access_key") | aws.all_of("aws_iam_user")


def test_mail_leaves_encrypted_and_untracked(aws: Plan) -> None:
    """Who opened a notice, and what was clicked in it, is not asked."""
    options = aws.of("aws_sesv2_configuration_set.notices")[""]["delivery_options"]
    feedback = aws.of("aws_sesv2_configuration_set_event_destination.feedback")[""]
    events = set(feedback["event_destination"][0]["matching_event_types"])

    assert [each["tls_policy"] for each in options] == ["REQUIRE"]
    assert {"DELIVERY", "BOUNCE", "COMPLAINT"} <= events
    assert not events & {"OPEN", "CLICK"}


def test_what_became_of_a_mail_is_told_to_a_path_of_the_manifest(aws: Plan) -> None:
    """Over https, to the function that checks the signature."""
    endpoint = aws.of("aws_sns_topic_subscription.feedback")[0]["endpoint"]
    path = endpoint.removeprefix("https://lapor.badungkab.go.id")

    assert MANIFEST.function_at(path) == "record_delivery"


def test_nothing_is_subscribed_before_the_desk_knows_the_topic(workspace: Workspace) -> None:
    """It would say no, and Amazon asks once."""
    assert not workspace.plan_of_aws().all_of("aws_sns_topic_subscription")
