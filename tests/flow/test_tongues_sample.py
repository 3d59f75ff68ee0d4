"""Every page of the sample newsroom in all label languages: each long text is heard in the language it says it is in.

The detector knows none of our rules. Names of others (`bdi`, `code`) and what no reader sees (`script`, `title`) are
left out: a title names the story, which the page itself prints.
"""

from collections import Counter
from functools import cache

import py3langid
import pytest
from sample_desk import Desk

from iroyin.publish.locale import label_languages, tag
from markup import read

LONG = 40  # characters from which the detector can be asked; half of that where a character is a syllable
SYLLABLES = {"zh-Hans", "ja", "ko"}
OUTSIDE = {"script", "bdi", "code", "title"}
NEAR = {  # what a detector of 200 languages takes for one another in short texts
    "ar": {"ary", "arz"}, "da": {"nb", "no", "nn", "sv"}, "en": {"pcm"}, "es": {"gl", "pt"}, "fa": {"ur"},
    "hi": {"mr", "gom", "ne"}, "id": {"ms", "jv"}, "no": {"nb", "nn", "da", "sv"}, "pt": {"gl", "es"},
    "uk": {"ru", "bg"}, "ur": {"fa", "ps"}, "zh": {"wuu", "yue"},
}  # fmt: skip
FEW = 20
HEARD = 0.97  # share of a language's long texts that must be heard as it; 40 characters leave a little doubt


@cache
def _heard(text: str) -> str:
    return str(py3langid.classify(text)[0])


@pytest.fixture(scope="module")
def texts(desk: Desk) -> dict[str, dict[str, dict[str, str]]]:
    """Page language, then marked language, to each long text with one page that prints it."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for path, body in desk.pages(".html").items():
        of_page = found.setdefault(path.partition("/")[0], {})
        for marked, inside, text in read(body.encode()).texts:
            if len(text) > (LONG // 2 if marked in SYLLABLES else LONG) and not set(inside.split()) & OUTSIDE:
                of_page.setdefault(marked, {})[text] = path
    return found


def test_every_label_language_has_pages_with_long_texts_of_its_own(
    texts: dict[str, dict[str, dict[str, str]]],
) -> None:
    assert len(label_languages()) == 32
    assert [] == [code for code in label_languages() if len(texts.get(code, {}).get(tag(code), {})) < FEW]


@pytest.mark.parametrize("language", [code for code in label_languages() if code != "en"])
def test_no_english_on_a_page_but_what_is_marked_so(
    texts: dict[str, dict[str, dict[str, str]]], language: str
) -> None:
    unmarked = {
        text: path for marked, found in texts[language].items() if marked != "en" for text, path in found.items()
    }

    assert {} == {text: path for text, path in unmarked.items() if _heard(text) == "en"}


@pytest.mark.parametrize("language", label_languages())
def test_the_texts_of_a_page_are_heard_in_the_languages_they_are_marked_with(
    texts: dict[str, dict[str, dict[str, str]]], language: str
) -> None:
    for code in label_languages():
        told = texts[language].get(tag(code), {})
        other = {text: _heard(text) for text in told if _heard(text) not in {code, tag(code), *NEAR.get(code, ())}}
        assert len(other) <= (1 - HEARD) * len(told) + (len(told) < FEW), (code, Counter(other.values()), other)
