"""The house stays readable: sizes, names and the two places that may catch everything."""

import ast
from pathlib import Path
from statistics import median, quantiles

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "iroyin"
FILES = sorted(SOURCE.rglob("*.py"))
FORBIDDEN = {"utils", "helpers", "common", "manager", "service", "handler", "base", "misc"}
CATCH_ALL = {"runner.py", "ingest/wrapper.py"}


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def functions() -> list[tuple[str, int]]:
    found = []
    for path in FILES:
        if path.parent.name == "versions":  # a migration is a list of tables, not a thought
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                found.append((f"{path.relative_to(SOURCE)}:{node.name}", node.end_lineno - node.lineno + 1))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_file_is_above_400_lines(path: Path) -> None:
    assert lines(path) <= 400


def test_the_median_file_is_under_150_lines() -> None:
    assert median(lines(path) for path in FILES) < 150


def test_functions_are_short() -> None:
    sizes = functions()
    assert [] == [name for name, size in sizes if size > 80]
    assert quantiles([size for _, size in sizes], n=10)[-1] <= 40


def test_names_are_the_fields_own_words() -> None:
    assert [] == [str(path) for path in FILES if path.stem.lower() in FORBIDDEN]


def catches_all(node: ast.AST) -> bool:
    """`except:`, `except Exception`, one of several, or `suppress(Exception)`."""
    if isinstance(node, ast.ExceptHandler):
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
        caught = list(node.args)
    else:
        return False
    return any(one is None or ast.unparse(one) in {"Exception", "BaseException"} for one in caught)


@pytest.mark.parametrize(
    "code",
    ["try: f()\nexcept: g()", "try: f()\nexcept Exception: g()", "try: f()\nexcept (OSError, BaseException): g()",
     "with contextlib.suppress(Exception): f()"],
)  # fmt: skip
def test_every_way_to_catch_everything_is_seen(code: str) -> None:
    assert any(catches_all(node) for node in ast.walk(ast.parse(code)))


def test_everything_is_caught_in_named_places_only() -> None:
    catching = {
        str(path.relative_to(SOURCE))
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if catches_all(node)
    }
    assert catching == CATCH_ALL
