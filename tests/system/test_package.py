"""The archive that is deployed: what it holds, that it is the same every time, that it starts."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from emulator.children import Command, free_port, running
from infra import manifest
from infra.commands.package import UnableToPackage, package
from tests.system.sources import ROOT, imports, modules

OURS_OR_PYTHONS = {*sys.stdlib_module_names, "functions", "shared"}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The archive as people make it, and what the command says."""
    archive = tmp_path_factory.mktemp("package") / "build" / "tanggap.zip"
    command = [sys.executable, "-m", "infra.commands.package", "--to", str(archive)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return archive, said


@pytest.fixture(scope="module")
def archive(printed: tuple[Path, str]) -> Path:
    return printed[0]


@pytest.fixture(scope="module")
def unpacked(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somewhere else, where nothing of the repository lies beside it."""
    folder = tmp_path_factory.mktemp("deployed")
    with ZipFile(archive) as zipped:
        zipped.extractall(folder)
    return folder


def test_the_archive_holds_only_what_runs(archive: Path) -> None:
    """No test, no Terraform, no emulator, no leftovers of an interpreter."""
    names = ZipFile(archive).namelist()

    roots = {name.split("/")[0] for name in names}

    assert roots == {"main.py", "requirements.txt", "functions", "shared"}
    assert {Path(name).suffix for name in names} <= {
        ".py", ".txt", ".html", ".css", ".js", ".svg", ".po",
    }  # fmt: skip


def test_the_archive_holds_all_that_runs(archive: Path) -> None:
    """Every module and every template of the tree, unchanged."""
    with ZipFile(archive) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}

    others = [
        path for path in (ROOT / "shared/web").rglob("*.*") if "__pycache__" not in path.parts
    ]
    for path in [*modules("functions", "shared"), *others]:
        assert held[path.relative_to(ROOT).as_posix()] == path.read_bytes()


def test_the_same_tree_makes_the_same_archive(printed: tuple[Path, str], tmp_path: Path) -> None:
    """Elsewhere, with other file times and rights: a digest names one state of the code."""
    archive, said = printed
    elsewhere = _copied(tmp_path)
    (elsewhere / "main.py").chmod(0o600)

    digest = package(elsewhere, tmp_path / "again.zip")

    assert digest in said
    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_another_line_makes_another_digest(tmp_path: Path) -> None:
    """What is deployed can be told from what was."""
    tree = _copied(tmp_path)
    before = package(tree, tmp_path / "1.zip")
    (tree / "main.py").write_text("changed = True\n")

    assert package(tree, tmp_path / "2.zip") != before


def test_without_its_requirements_nothing_is_packaged(tmp_path: Path) -> None:
    """The buildpack would install nothing, and the function would fail only when called."""
    tree = _copied(tmp_path)
    (tree / "requirements.txt").unlink()

    with pytest.raises(UnableToPackage, match=r"requirements\.txt is missing"):
        package(tree, tmp_path / "broken.zip")


def test_every_package_the_archive_imports_is_among_its_requirements(unpacked: Path) -> None:
    """Also what is imported only when a call needs it, which no import of main would show."""
    written = (unpacked / "requirements.txt").read_text()
    pinned, installed = (
        set(re.findall(r"^([\w.-]+)(?===|\[)", written, re.M)),
        packages_distributions(),
    )

    imported = {name for path in unpacked.rglob("*.py") for name in imports(path)} - OURS_OR_PYTHONS

    assert imported >= {"flask", "google", "grpc", "jwt"}
    assert not [name for name in imported if not pinned & set(map(_normal, installed[name]))]


@pytest.mark.parametrize("name", manifest.load().functions)
def test_every_function_loads_from_the_archive_alone(name: str, unpacked: Path) -> None:
    """In an environment without a single setting, from a folder that holds nothing else."""
    signature = manifest.load().functions[name].signature
    load = f"import functions_framework as f; f.create_app({name!r}, 'main.py', {signature!r})"

    loaded = subprocess.run(
        [sys.executable, "-I", "-c", load], cwd=unpacked, env={}, capture_output=True, check=False
    )

    assert loaded.returncode == 0, loaded.stderr.decode()[-500:]


def test_the_deployed_service_describes_itself_without_a_store(unpacked: Path) -> None:
    """What the cloud would start answers from the archive alone; nothing else is there to ask."""
    with _started("describe_service", unpacked) as url:
        answer = httpx.get(f"{url}/api/openapi.json", trust_env=False)

    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.1")
    assert "/api/reports" in answer.json()["paths"]


def test_the_deployed_service_has_its_pages_with_it(unpacked: Path) -> None:
    """Templates are no modules: they are forgotten first."""
    headers = {"Accept": "text/html"}

    with _started("submit_report", unpacked) as url:
        answer = httpx.post(f"{url}/api/reports", data={"body": "x"}, headers=headers)

    assert answer.status_code == 422
    assert answer.text.startswith("<!doctype html>")


@contextmanager
def _started(function: str, folder: Path) -> Iterator[str]:
    """As the cloud does it: gunicorn, in the folder, with no environment; gone afterwards."""
    port = free_port()
    command = [
        *("sh", "-c", 'cd "$0" && exec env -i "$@"', str(folder)),
        *(sys.executable, "-I", "-m", "functions_framework"),
        *("--source", "main.py", "--target", function, "--host", "127.0.0.1", "--port", str(port)),
    ]
    with running({function: Command(command)}) as children:
        children[function].wait_until_it_answers(f"http://127.0.0.1:{port}/robots.txt", seconds=30)
        yield f"http://127.0.0.1:{port}"


def _copied(folder: Path) -> Path:
    """What is packaged, in another place and with another order of creation."""
    tree = folder / "tree"
    for name in ("shared", "functions"):
        shutil.copytree(ROOT / name, tree / name, copy_function=shutil.copyfile)
    for name in ("requirements.txt", "main.py"):
        shutil.copyfile(ROOT / name, tree / name)
    return tree


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
