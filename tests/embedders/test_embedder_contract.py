"""What every embedder promises, asked of each one that is built in."""

import numpy as np
import pytest

from iroyin.adapters import embedders
from iroyin.ports import Embedder

TEXTS = [
    "Parliament passes the budget after a long night",
    "El parlamento aprueba el presupuesto tras una larga noche",
    "Ìjọba kéde ètò ìsúná tuntun",
    "地震袭击南部沿海地区",
    "हिमालय में भारी बर्फबारी",
    "A short one",
    "Floods close the coastal road. " * 20,
]
LANGUAGES = ["en", "es", "yo", "zh", "hi", "en", "en"]
HOSTILE = {
    "nothing": "",
    "spaces": " \t\n\u00a0\u200b",
    "nul": "a\0b\0\0c",
    "only nul": "\0\0\0",
    "lone surrogate": "before \ud800 after \udfff",
    "salla ligature": "\ufdfa" * 3000,
    "ligature among words": "word \ufdfa " * 2000,
    "zalgo": "Z" + "\u0300\u0301\u0335\u0489" * 2000 + "algo",
    "bidi controls": "\u202e\u2066abc\u2069\u202c",
    "emoji run": "👩‍👩‍👧‍👦🏳️‍🌈" * 500,
    "one long word": "x" * 100_000,
    "20,000 words": "word " * 20_000,
    "private use": "\ue000\uf8ff\U0010fffd",
    "half a pair of tags": "\U000e0041\U000e007f",
}


@pytest.fixture(scope="session", params=sorted(embedders.BUILT_IN))
def embedder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    made = embedders.make(request.param, cache=tmp_path_factory.mktemp("models"))
    assert made.id.startswith(request.param)
    return made


def test_one_unit_vector_a_text(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS, LANGUAGES)

    assert (len(TEXTS), embedder.dims) == vectors.shape
    assert np.float32 == vectors.dtype
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_the_same_twice(embedder: Embedder) -> None:
    np.testing.assert_array_equal(embedder.embed(TEXTS, LANGUAGES), embedder.embed(TEXTS, LANGUAGES))


def test_neighbours_do_not_matter(embedder: Embedder) -> None:
    """A text alone, among others, and in another order has the same vector to the last bit."""
    batch = embedder.embed(TEXTS, LANGUAGES)
    backwards = embedder.embed(TEXTS[::-1], LANGUAGES[::-1])[::-1]

    for number, (text, language) in enumerate(zip(TEXTS, LANGUAGES, strict=True)):
        np.testing.assert_array_equal(embedder.embed([text], [language])[0], batch[number])
    np.testing.assert_array_equal(backwards, batch)


def test_no_text_is_zeros(embedder: Embedder) -> None:
    vectors = embedder.embed(["", "word", "  \n"], ["en", "en", "en"])

    assert [False, True, False] == [bool(row.any()) for row in vectors]


def test_no_texts(embedder: Embedder) -> None:
    assert (0, embedder.dims) == embedder.embed([], []).shape


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_survived(embedder: Embedder, name: str) -> None:
    """Zeros or a unit vector, never NaN, never an error, whatever the language tag says."""
    for language in ("en", "", "xx-nonsense\ud800"):
        (vector,) = embedder.embed([HOSTILE[name]], [language])

        assert np.isfinite(vector).all()
        assert float(np.linalg.norm(vector)) == pytest.approx(1.0 if vector.any() else 0.0, abs=1e-5)


def test_the_id_names_what_decides_the_vectors(embedder: Embedder) -> None:
    assert embedder.id
    assert " " not in embedder.id
    assert "/" not in embedder.id


def test_like_texts_are_nearer(embedder: Embedder) -> None:
    one, same, other = embedder.embed(
        [
            "Central bank raises interest rates to fight inflation",
            "Interest rates raised by the central bank as inflation climbs",
            "Goalkeeper breaks leg in cup final",
        ],
        ["en"] * 3,
    )

    assert one @ same > one @ other + 0.2
