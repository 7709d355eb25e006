"""What an operator types, in the order in which it is typed."""

import shutil
from pathlib import Path

import pytest

from infra.manifest import ROOT
from tests.infra.terraform.workspace import MODULES, Workspace


@pytest.mark.parametrize("module", MODULES)
def test_the_code_is_formatted(module: str, workspace: Workspace) -> None:
    """As `terraform fmt` leaves it."""
    workspace.run("fmt", "-check", str(ROOT / "infra" / module))


@pytest.mark.parametrize("module", MODULES)
def test_the_code_is_valid_against_the_true_schema(module: str, workspace: Workspace) -> None:
    """Every argument exists, is of its type, and no required one is missing; no warnings."""
    assert '"diagnostics": []' in workspace.run("validate", "-json", module=module)


@pytest.mark.parametrize("module", MODULES)
def test_wrong_variables_are_refused_with_a_sentence(module: str, workspace: Workspace) -> None:
    """Its own tests stand beside it, in tests/*.tftest.hcl."""
    ran = workspace.run("test", "-no-color", module=module)

    assert " 0 failed" in ran
    assert "Success! 0 passed" not in ran


def test_what_was_applied_needs_nothing_more(applied: Workspace, tmp_path: Path) -> None:
    """A second plan right after an apply is empty."""
    assert applied.copy(tmp_path).plan("badung").changing() == {}


def test_a_new_release_changes_functions_and_archive_only(
    applied: Workspace, tmp_path: Path
) -> None:
    """In place, all of them; the store, the topics and the front door are not touched."""
    release = Path(shutil.copy(applied.archive, tmp_path / "release.zip"))
    release.write_bytes(release.read_bytes() + b"another")

    changing = applied.copy(tmp_path).plan("badung", release).changing()

    kinds = {address.split(".")[0] for address in changing}
    assert kinds == {"google_cloudfunctions2_function", "google_storage_bucket_object"}
    functions = {a: do for a, do in changing.items() if a.startswith("google_cloudfunctions2")}
    assert set(map(tuple, functions.values())) == {("update",)}


def test_a_function_of_the_manifest_needs_no_edit_of_terraform(
    applied: Workspace, tmp_path: Path
) -> None:
    """One entry brings the function, its account and everything around it."""
    changeable = applied.copy(tmp_path)
    new = "  greet_reporter:\n    about: Says hello to whoever filed a report.\n"
    changeable.changed("functions.yaml", "functions:\n", f"functions:\n{new}{_EVENT}")

    changing = changeable.plan("badung").changing()

    made = {address for address, actions in changing.items() if actions == ["create"]}
    assert {address.split(".")[0] for address in made} == {
        "google_cloud_run_v2_service_iam_member",
        "google_cloudfunctions2_function",
        "google_project_iam_member",
        "google_pubsub_subscription",
        "google_pubsub_subscription_iam_member",
        "google_service_account",
    }
    assert all('["greet_reporter"]' in address for address in made)
    # The charts and alarms over all functions name one more.
    assert {address.split(".")[0] for address in changing.keys() - made} <= {
        "google_monitoring_alert_policy",
        "google_monitoring_dashboard",
    }


_EVENT = """\
    event:
      topic: report-events
      types: [report.submitted]
      retry: {min: 10, max: 600, attempts: 20}
    memory: 512Mi
    threads: 8
    timeout: 60
    max_instances: 5
    publishes: []
    secrets: []
"""
