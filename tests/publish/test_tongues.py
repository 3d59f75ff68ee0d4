"""Every long text on every page is in the language it says, as a detector that knows none of our rules hears it."""

from functools import cache

import py3langid
import pytest
from newsroom import LANGUAGES, site, whole

from iroyin.publish.locale import tag
from markup import Reading, read

LONG = 40  # characters from which the detector can be asked; half of that where a character is a syllable
NEAR = {
    "no": {"nb", "nn", "da", "sv"},
    "da": {"nb", "no", "nn", "sv"},
    "id": {"ms", "jv"},
    "ur": {"fa", "ps"},
    "fa": {"ur"},
    "uk": {"ru", "bg"},
    "pt": {"gl", "es"},
    "es": {"gl", "pt"},
    "zh": {"wuu", "yue"},
}
OUTSIDE = {"script", "bdi", "code", "title"}  # names of others, and what no reader sees


@cache
def pages() -> dict[str, Reading]:
    return {path: read(page.body) for path, page in whole(site(sample=True)).items() if path.endswith(".html")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_long_text_is_in_another_language_than_it_says(language: str) -> None:
    own = {
        text
        for path, reading in pages().items()
        if path.startswith(f"{language}/")
        for lang, inside, text in reading.texts
        if lang == tag(language)
        and len(text) > (LONG // 2 if language in {"zh", "ja", "ko"} else LONG)
        and not set(inside.split()) & OUTSIDE
    }
    heard = {text: py3langid.classify(text)[0] for text in own}

    assert len(own) > 20
    assert language == "en" or not [text for text, code in heard.items() if code == "en"]
    right = sum(code == language or code in NEAR.get(language, ()) for code in heard.values())
    assert language == "yo" or right / len(own) > 0.9, {t: c for t, c in heard.items() if c != language}


def test_the_detector_hears_english_on_a_page_that_says_otherwise() -> None:
    assert "en" == py3langid.classify("Stories that many independent newsrooms report now come first.")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_foreign_text_is_marked(language: str) -> None:
    """Cards of stories in another language say which; the page of a language without stories has many."""
    front = pages()[f"{language}/index.html"]
    langs = {lang for lang, _, _ in front.texts}

    assert tag(language) in langs and len(langs) > 1
