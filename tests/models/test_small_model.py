"""A real model behind llama.cpp's own server, when `make bench-adversary` has installed both."""

import subprocess
import sys
from pathlib import Path

import pytest
from chat_stage import NOW

from iroyin.adapters.models.chat import ModelChat
from iroyin.adapters.store import SqlStore
from iroyin.compose import with_model
from iroyin.model import Question
from iroyin.settings import Settings

ROOT = Path(__file__).parents[2]
SCHEMA = {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]}


def weights() -> Path:
    pytest.importorskip("xllamacpp", reason="llama.cpp's server is not installed")
    told = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "small_model.py")], capture_output=True, text=True, check=False
    )
    if told.returncode:
        pytest.skip(told.stderr.strip())
    return Path(told.stdout.strip())


def read(value: object) -> str:
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise ValueError("no text")
    return str(value["text"])


def test_a_model_file_answers_in_json_and_its_call_is_kept(store: SqlStore) -> None:
    settings = Settings(model_file=str(weights()), model_name="smollm2", model_read=300.0, model_deadline=600.0)
    with with_model(settings) as served:
        question = Question("test/1", "You answer.", "Say hello.", SCHEMA, "s1", 200)
        told = ModelChat(served, store).ask(question, read)
    with with_model(settings) as again:
        assert told == ModelChat(again, store).ask(question, read)
    spent = store.spent(since=NOW.replace(year=2020))
    assert (1, 0, 1) == (spent.calls, spent.failed, spent.stories)
    assert spent.tokens > 10
