"""Every label in every language: there, not empty, in the right plural forms, in its own language."""

import re
import string
import unicodedata

import pytest
from newsroom import LANGUAGES

from iroyin.publish.locale import autonym, direction, label_languages, labels, locale_of, tag

OTHERS = [code for code in LANGUAGES if code != "en"]
SCRIPT = {
    "ko": "HANGUL",
    "ar": "ARABIC",
    "zh": "CJK",
    "hi": "DEVANAGARI",
    "ru": "CYRILLIC",
    "ja": ("CJK", "HIRAGANA", "KATAKANA"),
    "bn": "BENGALI",
    "el": "GREEK",
    "fa": "ARABIC",
    "he": "HEBREW",
    "th": "THAI",
    "uk": "CYRILLIC",
    "ur": "ARABIC",
}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_site_language_has_its_labels() -> None:
    assert sorted(LANGUAGES) == list(label_languages())


@pytest.mark.parametrize("language", OTHERS)
def test_no_label_is_missing_empty_or_without_its_fields(language: str) -> None:
    english, own = labels("en").texts, labels(language).texts

    assert set(english) == set(own)
    for key, forms in own.items():
        assert all(form.strip() for form in forms), key
        if len(english[key]) == 1:
            assert fields(english[key][0]) == fields(forms[0]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_number_takes_the_plural_form_that_cldr_gives_it(language: str) -> None:
    words, rule = labels(language), locale_of(language).plural_form
    counted = [key for key, forms in labels("en").texts.items() if len(forms) > 1]
    assert counted
    for key in counted:
        by_category: dict[str, set[str]] = {}
        for number in range(1, 200):
            template = words.count(key, number).replace(words.number(number), "{n}")
            by_category.setdefault(rule(number), set()).add(template)
        assert all(len(forms) == 1 for forms in by_category.values()), (key, by_category)


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language: str) -> None:
    english, own = labels("en").texts, labels(language).texts
    same = [key for key in own if len(english[key][0].split()) > 2 and set(own[key]) & set(english[key])]

    assert [] == [key for key in same if key != "coverage.tally"]


@pytest.mark.parametrize("language", sorted(SCRIPT))
def test_labels_are_in_their_own_script(language: str) -> None:
    for key, forms in labels(language).texts.items():
        for form in forms:
            letters = [c for c in re.sub(r"\{\w+\}", "", form) if c.isalpha()]
            own = [c for c in letters if unicodedata.name(c, "").startswith(SCRIPT[language])]
            assert not letters or own, (key, form)


def test_a_missing_label_is_an_error_and_never_english() -> None:
    with pytest.raises(KeyError):
        labels("yo").say("no.such.label")
    with pytest.raises(KeyError):
        labels("tlh")


@pytest.mark.parametrize(
    ("language", "want_tag", "want_direction", "want_name"),
    [("zh", "zh-Hans", "ltr", "简体中文"), ("ar", "ar", "rtl", "العربية"), ("yo", "yo", "ltr", "Èdè Yorùbá"),
     ("fr", "fr", "ltr", "Français"), ("xx", "xx", "auto", "xx"),
     ("no", "nb", "ltr", "Norsk bokmål"), ("ur", "ur", "rtl", "اردو"), ("he", "he", "rtl", "עברית")],
)  # fmt: skip
def test_tags_directions_and_own_names(language: str, want_tag: str, want_direction: str, want_name: str) -> None:
    assert (want_tag, want_direction, want_name) == (tag(language), direction(language), autonym(language))


def test_labels_of_the_reference_page() -> None:
    assert "Ti AI ṣe iroyin" == labels("yo").say("ai.reported")
    assert "Àwòrán tí AI ṣe" == labels("yo").say("figure.ai")
    assert "Ohun tí àwọn ènìyàn ń sọ" == labels("yo").say("people.title")
    assert "Awọn iroyin ti o ni ibatan" == labels("yo").say("related.title")
