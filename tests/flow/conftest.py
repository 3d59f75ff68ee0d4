"""The sample newsroom, read from the wire to the page once for all tests of the flow, in every label language."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_desk import Desk

sys.path.insert(0, str(Path(__file__).parents[1] / "standards"))


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "iroyin", "demo", "--once", "--folder", str(folder), "--languages", "all"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stderr
    yield Desk(folder / "iroyin.db", json.loads(ran.stdout.strip().splitlines()[-1]))
