"""The sample newsroom, read from the wire to the page once for all tests of the flow, in every label language."""

import fcntl
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sample_desk import Desk

sys.path.insert(0, str(Path(__file__).parents[1] / "standards"))


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Desk]:
    """One newsroom for all processes that run tests: the first makes it, the others wait for it."""
    here = tmp_path_factory.getbasetemp()
    folder = (here if worker_id == "master" else here.parent) / "demo"
    folder.mkdir(exist_ok=True)
    said = folder / "said.json"
    with (folder.with_suffix(".lock")).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            command = [
                sys.executable,
                "-m",
                "iroyin",
                "demo",
                "--once",
                "--folder",
                str(folder),
                "--languages",
                "all",
            ]
            ran = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
            assert ran.returncode == 0, ran.stderr
            said.write_text(ran.stdout.strip().splitlines()[-1], "utf-8")
    yield Desk(folder / "iroyin.db", json.loads(said.read_text("utf-8")))
