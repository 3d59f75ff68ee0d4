"""The command line as a person meets it: arguments in, exit code, standard output and standard error out."""

import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import ARTICLES, Ran, Run, read_lines

from iroyin.cli import main

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("web", "publish")]


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("IROYIN_EMBED_WITH", "ngrams")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command to its end."""

    def go(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        told = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else int(code is not None), told.out, told.err)

    return go


@pytest.fixture
def articles() -> list[dict[str, Any]]:
    return read_lines(ARTICLES)
