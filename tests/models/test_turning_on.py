"""What turns a model on, what is refused with a reason, and where the key may come from."""

from pathlib import Path

import pytest

from iroyin.adapters.models.local import serving
from iroyin.compose import open_editions, open_writer, with_model
from iroyin.errors import SettingsError
from iroyin.settings import Settings, load

URL = "http://127.0.0.1:11434/v1"


@pytest.mark.parametrize(
    ("expected", "settings"),
    [
        ("extractive/1", {}),
        ("extractive/1", {"model_url": URL}),
        ("extractive/1", {"model_name": "small"}),
        ("extractive/1", {"model_url": URL, "model_name": "small", "write_with": "extractive"}),
        ("small (report/1, judge/1 by small)", {"model_url": URL, "model_name": "small"}),
        ("small (report/1, judge/1 by big)", {"model_url": URL, "model_name": "small", "model_judge": "big"}),
    ],
)
def test_two_settings_turn_a_model_on(expected: str, settings: dict[str, str]) -> None:
    assert expected == open_writer(Settings(**settings)).id  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("model.url", {"write_with": "model", "model_name": "small"}),
        ("model.name", {"write_with": "model", "model_url": URL}),
        ("model.url", {"write_with": "model", "model_name": "small", "model_url": "http://user:pw@host/v1"}),
        ("write.with", {"write_with": "nowhere:make"}),
    ],
)
def test_what_is_missing_is_named(name: str, settings: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as refused:
        open_writer(Settings(**settings))  # type: ignore[arg-type]
    assert name == refused.value.name


def test_editions_are_written_only_when_asked_for() -> None:
    asked = Settings(model_url=URL, model_name="small", model_editions=True)
    assert open_editions(asked) is not None
    assert open_editions(Settings(model_url=URL, model_name="small")) is None
    assert open_editions(Settings(model_editions=True)) is None


def test_a_key_comes_from_the_environment_only_and_is_never_shown(tmp_path: Path) -> None:
    file = tmp_path / "iroyin.toml"
    file.write_text('[model]\nkey = "in-a-file"\n')
    with pytest.raises(SettingsError, match="IROYIN_MODEL_KEY"):
        load(file, {})
    told = load(None, {"IROYIN_MODEL_KEY": "from-outside"})
    assert "from-outside" == told.model_key
    assert "from-outside" not in repr(told)


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 not a model", b"\x80\x04pickled"])
def test_a_model_file_that_is_none_is_refused(tmp_path: Path, content: bytes | None) -> None:
    pytest.importorskip("xllamacpp", reason="the extra llama is not installed")
    file = tmp_path / "model.gguf"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"model\.file"), serving(file):
        pass


def test_without_a_model_file_nothing_is_started() -> None:
    with with_model(Settings()) as same:
        assert Settings() == same
