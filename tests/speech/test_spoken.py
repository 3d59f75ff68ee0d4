"""What is read aloud: the sentences that passed the gate, in their order, and one that says who wrote and who reads."""

from dataclasses import replace

import pytest
from newsroom import views

from iroyin.model import Sentence
from iroyin.publish import illustrated, spoken
from iroyin.publish.attribution import attributed
from iroyin.publish.locale import labels
from iroyin.publish.spoken import pieces

VIEWS = views()


def plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".。")


@pytest.mark.parametrize("view", VIEWS, ids=[f"{v.story.id}-{v.brief.language}" for v in VIEWS])
def test_only_the_printed_sentences_and_the_notice_are_spoken(view) -> None:  # type: ignore[no-untyped-def]
    shown = illustrated(view)
    assert shown is not None
    brief = shown.brief

    headline, notice, *rest = spoken(brief)

    body = [s for part in brief.body for s in part.sentences]
    printed = [s for s in (*brief.lede, *body, *brief.quotes) if s.language == brief.language]
    assert plain(headline) == plain(brief.headline.text)
    assert notice == labels(brief.language).say("aids.spoken")
    assert len(rest) == len(printed) > 0
    for told, sentence in zip(rest, printed, strict=True):
        assert plain(told).endswith(plain(attributed(sentence)))
        assert sentence.speaker in told


def test_a_sentence_without_proof_and_one_in_another_language_are_not_spoken() -> None:
    view = next(v for v in VIEWS if v.brief.language == "en")
    lede = view.brief.lede[0]
    loose = replace(lede, text="The moon is made of cheese.", spans=())
    foreign = replace(lede, language="ko")

    shown = illustrated(replace(view, brief=replace(view.brief, lede=(lede, loose, foreign))))

    assert shown is not None
    told = spoken(shown.brief)
    assert not any("cheese" in one for one in told)
    assert sum(lede.text in one for one in told) == 1


def test_the_speaker_of_a_quote_is_named_unless_the_sentence_names_them() -> None:
    view = next(v for v in VIEWS if v.brief.language == "en")
    bare = replace(view.brief.lede[0], text="“We go on”", attribution="", speaker="Adaeze Obi")
    named = replace(bare, text="“We go on,” Adaeze Obi said.")

    assert spoken(replace(view.brief, quotes=(bare, named)))[-2:] == (
        "Adaeze Obi: “We go on”.", "“We go on,” Adaeze Obi said.",
    )  # fmt: skip


def test_a_text_without_a_stop_gets_one_in_its_own_script() -> None:
    def headline(language: str, text: str) -> str:
        brief = VIEWS[0].brief
        said: Sentence = replace(brief.headline, text=text, language=language)
        return spoken(replace(brief, headline=said, language=language))[0]

    assert headline("en", "Bridge \n opens") == "Bridge opens."
    assert headline("en", "“Who opens it?”") == "“Who opens it?”"
    assert headline("zh", "大桥开通") == "大桥开通。"
    assert headline("th", "สะพานเปิดแล้ว") == "สะพานเปิดแล้ว."
    assert headline("ja", "橋が開通") == "橋が開通。"
    assert headline("hi", "पुल खुला।") == "पुल खुला।"


@pytest.mark.parametrize(
    ("sentences", "most", "wanted"),
    [
        (("One two.", "Three.", "Four five."), 15, ("One two. Three.", "Four five.")),
        (("一二三。", "四五。", "六。"), 8, ("一二三。 四五。", "六。")),
        (("aaa bbb ccc ddd.", "e."), 8, ("aaa bbb", "ccc ddd.", "e.")),
        (("一二三四五六七八九。",), 4, ("一二三四", "五六七八", "九。")),
        (("x" * 9,), 4, ("xxxx", "xxxx", "x")),
        ((), 4, ()),
    ],
)
def test_pieces_are_bounded_and_end_with_sentences_where_they_can(
    sentences: tuple[str, ...], most: int, wanted: tuple[str, ...]
) -> None:
    made = pieces(sentences, most)

    assert made == wanted
    assert all(len(one) <= most for one in made)
