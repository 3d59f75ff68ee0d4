"""Countries, organisations and topics in texts, and that the files of names are whole."""

import re

import pytest

from iroyin.languages import subject_name, subject_section, subjects
from iroyin.languages.romanise import romanised, skeleton
from iroyin.languages.subjects import called, subject_keys, subject_languages
from iroyin.press import SECTIONS

LABELLED = {"en", "yo", "ko", "ar", "fr", "zh", "es", "hi", "ja", "ru", "sw"}
NAMED = [
    ("en", "The UN met the WHO in Kenya.", {"org-un", "org-who", "place-ke"}),
    ("en", "Those who voted said so.", set()),
    ("en", "The UN Security Council met.", {"org-un-security-council"}),
    ("en", "The lawmakers left.", {"topic-parliament"}),
    ("fr", "L’ONU et l’Union africaine se réunissent au Kenya.", {"org-un", "org-african-union", "place-ke"}),
    ("ru", "В Кении и в Китае выступила ООН.", {"place-ke", "place-cn", "org-un"}),
    ("ru", "Избирательная комиссия подвела итоги.", {"topic-election"}),
    ("ar", "بالأمم المتحدة بدأت الانتخابات في كينيا", {"org-un", "topic-election", "place-ke"}),
    ("ar", "وصل الوفد إلى عمّان", {"place-jo"}),
    ("zh", "世卫组织关注肯尼亚选举", {"org-who", "topic-election", "place-ke"}),
    ("ko", "유엔은 한국 선거를 지켜봤다", {"org-un", "topic-election", "place-kr"}),
    ("sw", "Umoja wa Mataifa ulisema.", {"org-un"}),
    ("yo", "Ìdìbò ní Nàìjíríà", {"topic-election", "place-ng"}),
    ("en", "Fire in New York and Lagos", {"place-new-york", "place-us", "place-lagos", "place-ng"}),
    ("en", "The samara of perth", set()),
    ("ru", "Пожар в Карачи и Новосибирске",
     {"topic-fire", "place-karachi", "place-pk", "place-novosibirsk", "place-ru"}),
    ("ar", "في نيويورك وشنغهاي", {"place-new-york", "place-us", "place-shanghai", "place-cn"}),
    ("ja", "ラゴスとニューヨーク", {"place-lagos", "place-ng", "place-new-york", "place-us"}),
    ("xx", "The election of the UN", set()),
    ("en", "", set()),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), NAMED)
def test_what_a_text_names(language: str, text: str, expected: set[str]) -> None:
    assert expected == set(subjects(text, language))


@pytest.mark.parametrize("key", subject_keys())
def test_every_subject_has_a_name_in_every_language_of_the_labels(key: str) -> None:
    assert LABELLED <= set(subject_languages(key))
    assert re.fullmatch(r"(?:org|topic)(?:-[a-z0-9]+)+", key)
    for language in LABELLED:
        name = subject_name(key, language)
        assert name and "*" not in name
        assert key == called(name, language)


def test_there_are_enough_and_each_topic_has_a_section_of_the_site() -> None:
    topics = [key for key in subject_keys() if key.startswith("topic-")]

    assert len(subject_keys()) - len(topics) >= 60 and len(topics) >= 40
    assert [] == [key for key in topics if subject_section(key) not in SECTIONS]


@pytest.mark.parametrize(
    ("key", "language", "expected"),
    [("place-ng", "yo", "Nàìjíríà"), ("place-kr", "yo", "Gúúsù Kòríà"), ("place-cn", "ar", "الصين"),
     ("place-cn", "zh", "中国"), ("place-lagos", "en", "Lagos"), ("place-lagos", "ko", "라고스"),
     ("place-new-york", "yo", "New York"),
     ("place-nowhere", "en", ""), ("place-zz", "tlh", ""), ("person-bola-tinubu", "en", ""), ("org-nowhere", "en", "")],
)  # fmt: skip
def test_the_name_in_each_language(key: str, language: str, expected: str) -> None:
    assert expected == subject_name(key, language)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Bọ́lá Tinúbú", "bola-tinubu"), ("Lee Jae-myung", "lee-jae-myung"), ("Тинубу", "tinubu"), ("O’Neill", "oneill"),
     ("习近平", "xijinping"), ("x" * 300, "x" * 60), ("★", romanised("★"))],
)  # fmt: skip
def test_a_name_in_plain_letters(name: str, expected: str) -> None:
    assert expected == romanised(name)
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", romanised(name))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Noémie Vaitiare", "نويمي فايتياري", True),
        ("Noémie Vaitiare", "Ноэми Вайтиаре", True),
        ("Xi Jinping", "习近平", True),
        ("Meenakshi Talwalkar", "ミーナークシ・タルワルカル", True),
        ("Aigerim Toktasynova", "आइगेरिम तोक्तासिनोवा", True),
        ("Noémie Vaitiare", "Анна Петрова", False),
        ("Salma Njoka", "Selma Kimeni", False),
    ],
)
def test_spellings_by_ear_share_their_skeleton(one: str, other: str, same: bool) -> None:
    assert same == (skeleton(one) == skeleton(other))
