"""What the sources may not do, read from the sources themselves."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SOURCES = sorted((ROOT / "tourreg").rglob("*.py"))
OUTERMOST = ("blueprints", "demo", "cli", "worker.py")


def test_only_the_outermost_ring_reads_the_clock() -> None:
    readers = {path for path in SOURCES for node in _nodes(path) if _reads_clock(node)}

    inside = [str(path) for path in readers if _ring(path) not in OUTERMOST and _ring(path) != "kernel"]

    assert inside == _of_the_stand_in(inside)


def test_no_state_is_set_outside_move_to() -> None:
    setters = [f"{path.relative_to(ROOT)}:{node.lineno}" for path, node in _assignments() if _sets_state(node)]

    assert setters == []


def test_only_writing_commits() -> None:
    commits = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in _product_sources()
        for node in _nodes(path)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]

    assert [place for place in commits if not place.startswith("tourreg/db.py")] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_stand_at_the_top_except_the_slow_ones_of_adapters(path: Path) -> None:
    slow = ("weasyprint", "stripe", "openpyxl", "xlsxwriter", "fontTools", "pypdf", "PIL")
    functions = [node for node in _nodes(path) if isinstance(node, ast.FunctionDef)]

    inner = [name for function in functions for name in _imported(function)]

    if _ring(path) == "adapters":
        inner = [name for name in inner if name.partition(".")[0] not in slow]
    assert inner == []


def _of_the_stand_in(paths: list[str]) -> list[str]:
    """Return those of the stand-in for Stripe, a program of its own with a clock of its own."""
    return [path for path in paths if "stripe_stand_in" in path]


def _ring(path: Path) -> str:
    return path.relative_to(ROOT / "tourreg").parts[0]


def _product_sources() -> list[Path]:
    return [path for path in SOURCES if "stripe_stand_in" not in path.parts]


def _nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


def _reads_clock(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in ("utc_now", "utcnow", "today") or (
            node.attr == "now" and isinstance(node.value, ast.Name) and node.value.id == "datetime"
        )
    return isinstance(node, ast.Name) and node.id == "utc_now"


def _assignments() -> Iterator[tuple[Path, ast.Assign | ast.AugAssign]]:
    for path in _product_sources():
        for node in _nodes(path):
            if isinstance(node, ast.Assign | ast.AugAssign):
                yield path, node


def _sets_state(node: ast.Assign | ast.AugAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return any(
        isinstance(target, ast.Attribute) and (target.attr == "state" or target.attr.endswith("_state"))
        for target in targets
    )


def _imported(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node.module or "."
