"""The extractive writer on stories of our own, in seven languages, with the real checks behind it."""

import random
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from iroyin.errors import WriterError
from iroyin.languages import count_words, tidy
from iroyin.model import Article, ArticleId, Brief, EvidenceKind
from iroyin.verify import gate, objections
from iroyin.write import ExtractiveWriter
from stories_on_file import STORIES, assembled, dossier

ALL = sorted(STORIES.glob("*.toml"))


def brief(path: Path, *, words: int = 120) -> Brief:
    story, now = dossier(path)
    draft = ExtractiveWriter(words_per_source=words).write(story, objections(story, now=now), now=now)
    written = gate(draft, story, now=now, words_per_source=words)
    assert written is not None
    return written


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_everything_printed_is_in_its_span(path: Path) -> None:
    story, _ = dossier(path)
    for sentence in brief(path).all_sentences():
        article = story.article(sentence.spans[0].article_id)
        source = tidy(article.text[sentence.spans[0].start : sentence.spans[0].end])

        assert article.language == story.language
        assert sentence.text == source if sentence.kind is EvidenceKind.VERBATIM else sentence.text in source


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_shape(path: Path) -> None:
    written = brief(path)
    body = [s for part in written.body for s in part.sentences]

    assert 1 <= len(written.lede) <= 3
    assert len(body) <= 12
    assert len(written.quotes) <= 4
    assert len(written.tags) <= 8
    everything = [s.text for s in (*written.lede, *body, *written.quotes)]
    assert len(set(everything)) == len(everything)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_writer_foresees_the_gate(path: Path) -> None:
    """What the gate still cuts is a sentence the writer chose badly."""
    assert () == brief(path).cut


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_order_of_arrival_changes_nothing(path: Path) -> None:
    story, now = dossier(path)
    articles = list(story.articles)
    random.Random(7).shuffle(articles)
    shuffled = replace(story, articles=tuple(sorted(articles, key=lambda a: (a.published_at, a.id))))
    writer = ExtractiveWriter()

    assert writer.write(story, objections(story, now=now), now=now) == writer.write(
        shuffled, objections(shuffled, now=now), now=now
    )


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_cap_holds_for_each_newsroom(path: Path) -> None:
    story, _ = dossier(path)
    taken: dict[str, int] = {}
    for span, text in {(s.spans[0], s.text) for s in brief(path, words=60).all_sentences()}:
        room = story.newsroom_of[span.article_id]
        taken[room] = taken.get(room, 0) + count_words(text, story.language)

    assert max(taken.values()) <= 60


def test_newest_figures_lead_and_the_older_ones_are_shown_as_a_difference() -> None:
    written = brief(STORIES / "ferry.toml")
    told = " ".join(s.text for s in (written.headline, *written.lede))
    differences = [[s.attribution for s in d.statements] for d in written.differences]

    assert "at least 9" not in told
    assert ["National Post of Arden", "The Tarn Gazette", "Harbour Wire"] in differences


def test_what_may_not_be_printed_is_not() -> None:
    text = " ".join(s.text for s in brief(STORIES / "ferry.toml").all_sentences())

    for never in ("Yesterday", "Subscribe", "Photo:", "What went wrong", "57 ", "asleep", "« "):
        assert never not in text


def test_quotes_have_a_named_speaker_and_are_not_told_twice() -> None:
    written = brief(STORIES / "ferry.toml")

    assert {"Ana Teller", "Ruth Amadi", "Daniel Oduya"} == {
        q.speaker.removeprefix("Prime Minister ") for q in written.quotes
    }


def test_one_newsroom_alone_is_named_where_it_begins() -> None:
    written = brief(STORIES / "thin.toml")

    assert "Oakham Bulletin" == written.lede[0].attribution
    assert {""} == {s.attribution for s in written.lede[1:]}
    assert len(written.lede) <= 2
    assert len([s for part in written.body for s in part.sentences]) <= 4


def test_the_seed_story_is_told_without_its_faults() -> None:
    written = brief(STORIES / "summit.toml")
    text = " ".join(s.text for s in written.all_sentences())

    assert "that Sunday" not in text
    assert "Lee Jae Myung" not in text
    assert "January 6, 2026, and signed" not in text
    assert all(q.speaker and q.attribution for q in written.quotes)


def test_a_story_without_an_article_in_the_language() -> None:
    story, now = dossier(STORIES / "thin.toml", "fr")
    with pytest.raises(WriterError):
        ExtractiveWriter().write(story, lambda sentence: (), now=now)


def test_ten_articles_take_well_under_a_second() -> None:
    """A guard against an accidental square; the figure itself is measured in bench."""
    story, now = dossier(STORIES / "ferry.toml")
    brief(STORIES / "ferry.toml")
    start = time.perf_counter()
    ExtractiveWriter().write(story, objections(story, now=now), now=now)

    assert time.perf_counter() - start < 1.0


def test_a_headline_has_no_full_stop() -> None:
    title, told = (
        "The ferry Maro sank off Tarn.",
        "The ferry Maro sank off Tarn on Sunday with 43 people on board.",
    )
    text = f"{title}\n\n{told}"
    at = datetime(2026, 1, 8, tzinfo=UTC)
    ranges = ((0, len(title)), (len(title) + 2, len(text)))
    story = assembled([Article(ArticleId("a"), "", title, text, "en", at, at, "Post", "Post", ranges)], "en")

    draft = ExtractiveWriter().write(story, objections(story, now=at), now=at)

    assert "The ferry Maro sank off Tarn" == draft.headlines[0].text
