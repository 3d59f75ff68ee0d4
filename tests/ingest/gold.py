"""Tests as files: a document beside the TOML of what must be read from it, found by globbing."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def documents(folder: str) -> list[Path]:
    """Every document of the folder that has its expectation beside it."""
    found = sorted(path for path in (DATA / folder).iterdir() if path.suffix != ".toml")
    assert found, f"no test documents in tests/data/{folder}"
    assert not [path for path in found if not path.with_suffix(".toml").exists()]
    return found


def expected(document: Path) -> dict[str, Any]:
    """What the TOML beside the document states."""
    return tomllib.loads(document.with_suffix(".toml").read_text("utf-8"))


def stated(value: object, names: dict[str, Any]) -> dict[str, Any]:
    """The value's attributes of these names, tuples as lists, for comparing with what is expected."""
    found = {name: getattr(value, name) for name in names}
    return {name: list(one) if isinstance(one, tuple) else one for name, one in found.items()}
