"""The sample's Beijing story holds the five faults of the seed page; no brief in any language may."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from iroyin.model import Article, Brief
from iroyin.verify import gate, objections
from iroyin.write import ExtractiveWriter
from stories_on_file import assembled, sample_articles

NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
SIXTH = re.compile(
    r"January 6|6 January|6 janvier|6 de enero|6 января|6 يناير|6 जनवरी|1월 6일|1月6日"
    r"|ọjọ́ kẹfà|tarehe 6|Januari 6",
    re.IGNORECASE,
)
SEVEN = re.compile(
    r"seven years|sept ans|siete años|7년|七年|7年|семь лет|ọdún méje|miaka saba|سبع سنوات|सात साल", re.IGNORECASE
)
MARKS = re.compile('["“”«»「」『』„]')


ARTICLES = sample_articles("beijing-summit")
LANGUAGES = sorted({one.language for one in ARTICLES})


def brief(language: str, articles: list[Article] = ARTICLES) -> Brief:
    dossier = assembled(articles, language)
    draft = ExtractiveWriter().write(dossier, objections(dossier, now=NOW), now=NOW)
    written = gate(draft, dossier, now=NOW, words_per_source=120)
    assert written is not None
    return written


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_of_the_five_faults(language: str) -> None:
    written = brief(language)
    texts = [s.text for s in written.all_sentences()]
    page = " ".join([*texts, *(tag.name for tag in written.tags)])

    assert "that Sunday" not in page
    assert not SEVEN.search(page)
    assert not SIXTH.search(page)
    assert 1 >= len({spelling for spelling in ("Lee Jae Myung", "Lee Jae-myung") if spelling in page})
    assert not any(MARKS.search(s.text) and not _is_credited(s, written) for s in written.all_sentences()[1:])


def _is_credited(sentence, written: Brief) -> bool:
    """Whether the outlet is named before the sentence or before the run of its sentences, or two newsrooms say it."""
    if sentence.attribution or sentence.newsrooms > 1:
        return True
    outlet = next(a.outlet for a in ARTICLES if a.id == sentence.spans[0].article_id)
    for run in (written.lede, *(part.sentences for part in written.body)):
        if sentence in run:
            named = [s.attribution for s in run[: run.index(sentence)] if s.attribution]
            return named[-1:] == [outlet]
    return False


def test_the_spelling_of_most_newsrooms_wins() -> None:
    written = brief("en")

    assert "Lee Jae-myung" in " ".join(s.text for s in written.all_sentences())
    assert "Lee Jae-myung" in [tag.name for tag in written.tags]


def test_no_sentence_of_a_machine_where_people_wrote_too() -> None:
    machine = {a.id for a in ARTICLES if a.ai_written}

    assert machine
    assert not {s.spans[0].article_id for s in brief("en").all_sentences()} & machine


def test_a_machine_alone_gets_its_arithmetic_refused() -> None:
    alone = [a for a in ARTICLES if a.ai_written]
    honest = brief("en", [replace(a, ai_written=False) for a in alone])
    page = " ".join(s.text for s in honest.all_sentences())

    assert "seven years" not in page
    assert "that Sunday" not in page
