"""The small pure parts: cues by language, copies, intervals, queries."""

import numpy as np
import pytest
from made_posts import article, crowd, summary

from iroyin.model import Query, Stance
from iroyin.reaction import next_query, positions, profile, queries
from iroyin.reaction.copies import first_copies
from iroyin.reaction.cues import cues
from iroyin.reaction.profile import spelled, squeezed
from iroyin.reaction.tally import interval

SAID = {
    "en": ("Well done, I support it", "That is a lie and a shame", "Who paid for this?"),
    "fr": ("Bravo, je suis d'accord", "Quel mensonge honteux", "Qui a payé ?"),
    "es": ("Bravo, por fin, estoy de acuerdo", "Qué mentira, es una vergüenza", "¿Quién lo pagó?"),
    "yo": ("Inú mi dùn, ó dára", "Irọ́ ni, ìtìjú ni", "Ta ni ó san owó rẹ̀?"),
    "sw": ("Hongera, naunga mkono", "Ni uongo na aibu", "Nani alilipa?"),
    "ko": ("환영합니다, 정말 잘했습니다", "거짓말이다, 부끄럽다", "누가 돈을 냈나요?"),
    "ar": ("أتفق، خبر سار", "هذا كذب وعار", "من دفع الثمن؟"),
    "hi": ("बधाई, मैं सहमत हूँ", "यह झूठ और बकवास है", "पैसा किसने दिया?"),
    "zh": ("支持，这是好消息", "这是谎言，太丢人了", "谁付的钱？"),
    "ru": ("Согласен, отличная новость", "Это ложь и позор", "Кто заплатил?"),
    "ja": ("賛成です、素晴らしい", "嘘だ、恥ずかしい", "誰が払ったのですか？"),
}


@pytest.mark.parametrize("language", SAID)
def test_cues_tell_the_side_in_every_label_language(language: str) -> None:
    agreeing, objecting, asking = (cues(text, language) for text in SAID[language])

    assert agreeing.agrees > agreeing.objects
    assert objecting.objects > objecting.agrees
    assert asking.asks_last
    assert not agreeing.asks_last


def test_what_is_denied_counts_for_the_other_side() -> None:
    assert cues("this is not good", "en").objects > cues("this is not good", "en").agrees


COPIES = [
    (0, "Presidents of Varland and Ostmark met in Lindhaven today"),
    (0, "RT @x: Presidents of Varland and Ostmark met in Lindhaven today https://x.example/1"),
    (2, "what a shame"),
    (3, "what a shame"),
    (4, "Presidents of Varland sat with the fishermen of Lindhaven and nobody knows what for"),
    (5, "“@x: Presidents of Varland and Ostmark met in Lindhaven today” and my bus was late because of both"),
]  # fmt: skip


def test_copies_are_folded_into_the_first_and_comments_on_them_are_not() -> None:
    expected, texts = zip(*COPIES, strict=True)

    assert list(expected) == first_copies(texts, ["en"] * len(texts))


@pytest.mark.parametrize(
    ("low", "high", "part", "whole"),
    [(0.0, 1.0, 0, 0), (0.0, 0.161, 0, 20), (0.839, 1.0, 20, 20), (0.404, 0.596, 50, 100)],
)
def test_the_interval_of_a_share_is_wilsons(low: float, high: float, part: int, whole: int) -> None:
    assert (low, high) == pytest.approx(interval(part, whole), abs=0.001)


def test_hashtags_are_words() -> None:
    assert squeezed("#SydneySiege2") == squeezed("Sydney siege 2")
    assert "Sydney Siege" in spelled("#SydneySiege")


def test_a_query_is_widened_when_little_comes_and_narrowed_when_much_is_foreign() -> None:
    about = profile([article()], np.ones((1, 4), np.float32) / 2)
    first = queries(about, ["en"])[0]

    assert 2 == len(first.words)
    assert Query(first.words[:1], "en") == next_query(first, about, found=2, relevant=2, so_far=2)
    assert next_query(first, about, found=2, relevant=2, so_far=40) is None
    assert next_query(first, about, found=20, relevant=18, so_far=20) is None
    narrower = next_query(first, about, found=40, relevant=3, so_far=40)
    assert narrower is not None
    assert (*first.words, narrower.words[2]) == narrower.words


def test_the_story_stands_at_one_end_and_its_critics_at_the_other() -> None:
    claims, against = positions([article()])

    assert claims[0].text.startswith("Presidents of Varland")
    assert ["The critics in Varland said the papers were worthless and wrong"] == [
        one.text.rstrip(".") for one in against
    ]


def test_views_say_how_many_with_examples_of_their_own() -> None:
    found = summary(crowd(40))

    assert found.accounts == sum(view.accounts for view in found.views)
    for view in found.views:
        assert view.low <= view.share <= view.high
        assert 1 <= len(view.examples) <= 3
    said = {view.stance: view for view in found.views}
    assert "support" in said[Stance.FOR].examples[0].text
    assert "lie" in said[Stance.AGAINST].examples[0].text
    assert "?" in said[Stance.ASKS].examples[0].text
