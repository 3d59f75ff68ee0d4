"""Every language file holds what the checks need, without contradictions."""

import tomllib
from collections import Counter
from dataclasses import fields
from importlib import resources

import pytest

from iroyin.languages import Rules, languages, rules
from iroyin.languages.rules import _items

REQUIRED = (
    "name",
    "script",
    "attribution",
    "quote_marks",
    "stopwords",
    "speech_verbs",
    "origin_patterns",
    "dangling_openers",
    "dangling_words",
    "negations",
    "hedges",
    "future",
    "office_titles",
    "approximations",
    "percent",
    "ago",
    "since",
    "number_words",
    "scales",
    "ordinals",
    "relative_days",
    "relative_spans",
    "time_units",
    "currencies",
    "units",
    "countries",
)
FULL = ("ar", "en", "es", "fr", "hi", "ja", "ko", "ru", "sw", "yo", "zh")
SINGLE = {"name", "script", "direction", "decimal", "thousands", "numeric_order", "attribution", "quote_marks"}
SINGLE |= {"title_marks", "surnames"}


def raw(code: str) -> dict:
    return tomllib.loads(resources.files("iroyin.languages").joinpath(f"{code}.toml").read_text("utf-8"))


def test_the_languages_are_those_with_a_file() -> None:
    assert set(FULL) <= set(languages())
    assert len(languages()) >= 28


@pytest.mark.parametrize("code", languages())
def test_a_file_has_every_key_and_no_unknown_one(code: str) -> None:
    assert set(REQUIRED) - set(raw(code)) == set()
    assert set(raw(code)) - {f.name for f in fields(Rules)} == set()


@pytest.mark.parametrize("code", languages())
def test_no_word_is_listed_twice_or_with_two_meanings(code: str) -> None:
    twice = {}
    for key, value in raw(code).items():
        if key in SINGLE or isinstance(value, bool):
            continue
        listed = _items(value) if isinstance(value, str) else [w for part in value.values() for w in _items(part)]
        doubled = [word for word, count in Counter(listed).items() if count > 1]
        if doubled:
            twice[key] = doubled
    assert twice == {}


@pytest.mark.parametrize("code", languages())
def test_templates_have_their_fields(code: str) -> None:
    known = rules(code)
    assert known.attribution.format(outlet="X", sentence="Y").count("Y") == 1
    assert "{outlet}" in known.attribution and known.attribution.endswith("{sentence}")
    assert all("{outlet}" in pattern for pattern in known.origin_patterns)
    assert all("{n}" in template and "{unit}" in template for template in known.ago)
    assert all("{year}" in template for template in known.since)


@pytest.mark.parametrize("code", languages())
def test_numbers_from_one_to_twelve_have_words(code: str) -> None:
    known = rules(code)
    values = set(known.number_words.values()) | set(known.scales.values())
    composed = {"ar", "sw"}  # 11 and 12 are said with two words there
    wanted = set(range(1, 11 if code in composed else 13))
    assert wanted - values == set()
    assert {100, 1000} <= set(known.scales.values())


@pytest.mark.parametrize("code", languages())
def test_a_file_is_not_a_token_gesture(code: str) -> None:
    known = rules(code)
    assert len(known.stopwords) >= 40
    assert len(known.speech_verbs) >= 12
    assert len(known.dangling_openers) >= 20
    assert len(known.negations) >= 10
    assert len(known.hedges) >= 15
    assert known.quote_marks


def test_an_unknown_language_gets_neutral_rules() -> None:
    assert ("xx", "", True) == (rules("xx").code, rules("xx").name, rules("xx").spaces)
    assert rules("pt-BR").name == "português"
    assert rules("ur").direction == "rtl"
