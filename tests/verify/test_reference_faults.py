"""The five faults of the page that Iroyin was made against, told as the story of its own sample: none is printed.

A writer proposes each fault with an honest citation of the article that has it; the gate refuses it, prints the fair
sentence beside it, and names the outlet of what one newsroom alone says.
"""

from dataclasses import replace
from datetime import datetime

import pytest

from iroyin.model import Brief, Dossier, Draft, EvidenceKind, Sentence, Severity
from iroyin.verify import gate, objections
from iroyin.write.extractive import ExtractiveWriter
from stories_on_file import STORIES, dossier

HEADLINE = "Lee Jae-myung and Xi Jinping meet in Beijing"
FAIR = (
    "South Korean President Lee Jae-myung met Chinese President Xi Jinping in Beijing on January 5, 2026, and the two "
    "governments signed 14 memorandums of understanding."
)
FAULTS = {
    "a Monday called Sunday": ("s1", "North Korea fired missiles into the sea earlier that Sunday.", "date"),
    "seven years beside since 2019": (
        "s2", "It was the first state visit to China by a South Korean president in seven years, since 2019.", "date",
    ),
    "two dates for one summit": (
        "s3",
        "South Korean President Lee Jae Myung met Chinese President Xi Jinping in Beijing on January 6, 2026, and "
        "signed memorandums of understanding.",
        "date",
    ),
    "two spellings of one name": ("s3", "Lee Jae Myung seeks thaw in Beijing", "name"),
    "a quote without its source": (
        "s1", "\"We agreed to keep looking for ways to lower tension,\"", "quote",
    ),
}  # fmt: skip


@pytest.fixture
def summit() -> tuple[Dossier, datetime]:
    return dossier(STORIES / "summit.toml")


def cite(story: Dossier, article_id: str, text: str, kind: EvidenceKind = EvidenceKind.VERBATIM) -> Sentence:
    article = next(a for a in story.articles if a.id == article_id)
    start = article.text.index(text)
    return Sentence(text, "en", kind, (article.span(start, start + len(text)),))


def printed(story: Dossier, now: datetime, *lede: Sentence) -> Brief:
    heads = (cite(story, "s1", HEADLINE),)
    brief = gate(Draft(headlines=heads, lede=lede, body=(), writer="test"), story, now=now, words_per_source=200)
    assert brief is not None
    return brief


@pytest.mark.parametrize("fault", FAULTS)
def test_the_fault_is_refused_beside_the_fair_sentence(summit: tuple[Dossier, datetime], fault: str) -> None:
    story, now = summit
    article_id, text, code = FAULTS[fault]
    brief = printed(story, now, cite(story, "s1", FAIR), cite(story, article_id, text))

    assert (FAIR,) == tuple(s.text for s in brief.lede)
    assert code in {finding.code for finding in brief.cut}


def test_a_headline_with_the_other_spelling_gives_way_to_the_next(summit: tuple[Dossier, datetime]) -> None:
    story, now = summit
    heads = (cite(story, "s3", "Lee Jae Myung seeks thaw in Beijing"), cite(story, "s1", HEADLINE))
    draft = Draft(headlines=heads, lede=(cite(story, "s1", FAIR),), body=(), writer="test")
    brief = gate(draft, story, now=now, words_per_source=200)

    assert brief is not None
    assert HEADLINE == brief.headline.text


def test_what_one_newsroom_quotes_is_printed_under_its_name(summit: tuple[Dossier, datetime]) -> None:
    story, now = summit
    said = (
        '"We agreed to keep looking for ways to lower tension," National Security Adviser Wi Sung-lac told reporters '
        "in Beijing."
    )
    brief = printed(story, now, cite(story, "s1", said))

    assert ("Hangang Daily", said) == (brief.lede[0].attribution, brief.lede[0].text)
    assert Severity.SOFTEN in {finding.severity for finding in brief.lede[0].findings}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("North Korea fired missiles into the sea on Sunday, January 5, 2026.", "date"),
        ("Lee Jae-myung made the first state visit to China in seven years.", "number"),
        ("Lee Jae-myung met Xi Jinping in Beijing on January 6, 2026.", "date"),
        ("South Korean President Lee Jae Myung met Chinese President Xi Jinping.", "name"),
        ("\"We agreed on a new era,\" Wi Sung-lac told reporters in Beijing.", "quote"),
    ],
)  # fmt: skip
def test_free_text_with_the_fault_is_refused_by_its_own_check(
    summit: tuple[Dossier, datetime], text: str, code: str
) -> None:
    story, now = summit
    written = replace(cite(story, "s1", FAIR), text=text, kind=EvidenceKind.WRITTEN)
    brief = printed(story, now, cite(story, "s1", FAIR), written)

    assert (FAIR,) == tuple(s.text for s in brief.lede)
    assert code in {finding.code for finding in brief.cut}


def test_the_extractive_page_has_none_of_the_five(summit: tuple[Dossier, datetime]) -> None:
    story, now = summit
    draft = ExtractiveWriter(words_per_source=200).write(story, objections(story, now=now), now=now)
    brief = gate(draft, story, now=now, words_per_source=200)

    assert brief is not None
    page = " ".join([brief.headline.text, *(s.text for s in brief.all_sentences())])
    for absent in ("that Sunday", "seven years", "January 6, 2026, and signed", "Jae Myung"):
        assert absent not in page, absent
    assert all(s.attribution or s.newsrooms > 1 for s in brief.quotes)
