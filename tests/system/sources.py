"""Python files as data: what they import, call and write, without running them."""

import ast
import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import is_dataclass
from inspect import getmembers, isclass, isfunction
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def walked(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        yield importlib.import_module(found.name)


def own_dataclasses(module: ModuleType) -> list[type]:
    found = (kind for _, kind in getmembers(module, isclass) if kind.__module__ == module.__name__)
    return [kind for kind in found if is_dataclass(kind)]


def defined(module: ModuleType) -> list[str]:
    """Functions and classes of the module itself, wrapped ones by the name they go by."""
    found = getmembers(module, lambda it: isfunction(it) or isclass(it))
    return [name for name, it in found if it.__module__ == module.__name__]


def imports(path: Path) -> set[str]:
    """The packages a module names, inside functions too; those under TYPE_CHECKING are types."""
    tree = parsed(path)
    typing_only = {id(node) for branch in _type_checking(tree) for node in ast.walk(branch)}
    return {
        name.split(".")[0]
        for node in ast.walk(tree)
        if id(node) not in typing_only
        for name in _named_by(node)
    }


def _named_by(node: ast.AST) -> Iterable[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _type_checking(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from node.body


def called(tree: ast.Module) -> set[str]:
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {called.id for called in calls if isinstance(called, ast.Name)}


def called_on_types(tree: ast.Module) -> set[str]:
    """`now` of `datetime.now()`, `date.today()`, `time.time()`; not of `rules.today(now)`."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        called.attr
        for called in calls
        if isinstance(called, ast.Attribute)
        and ast.unparse(called.value).split(".")[-1] in {"datetime", "date", "time"}
    }


def literals(path: Path, places: dict[str, int]) -> set[object]:
    """Texts written at this position of calls to these names."""
    found: set[object] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            place = places.get(node.func.id)
            given = node.args[place : place + 1] if place is not None else []
            found |= {arg.value for arg in given if isinstance(arg, ast.Constant)}
    return found


def statuses(path: Path) -> set[object]:
    calls = (node for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))
    made = [call.args[0] for call in calls if ast.unparse(call.func) == "Problem"]
    return {status.value for status in made if isinstance(status, ast.Constant)}
