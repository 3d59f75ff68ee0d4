"""What sources say is not known: taken with its outlet, not twice, and not once a later article tells it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from iroyin.copydesk import brief_of
from iroyin.languages import split
from iroyin.model import Article, ArticleId, Brief, Story, StoryId
from iroyin.publish.unknown import open_questions
from iroyin.settings import Settings
from iroyin.write import ExtractiveWriter

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TITLE = "Blaze at Kolme mill kills 3"
LEAD = (
    "A blaze at the Kolme mill killed 3 people on Monday, the fire brigade of Kolme said. "
    "The fire brigade came with 12 engines and worked through the night to save the silo. "
    "The mill was built in 1921 and grinds a third of the flour that the region eats. "
)
OPEN = "The origin of the blaze in the grain store of the mill is not yet known, the police said. "
KNOWN = "The blaze in the grain store of the mill had its origin in a short circuit, the police said. "
FILL = (
    "The town has asked the insurers to send 4 experts to the mill before the end of the week. "
    "The owners of the mill, the Varga family, have run it for four generations since 1921. "
)
OTHER = (
    "Three people died when the mill of Kolme burned down on Monday night. "
    "Neighbours saw flames over the roof of the old mill before midnight and ran to the river. "
)


def article(name: str, body: str, hours: float = 0, title: str = TITLE) -> Article:
    begins, at = len(title) + 2, NOON + timedelta(hours=hours)
    ranges = ((0, len(title)), *((begins + start, begins + end) for start, end in split(body, "en")))
    url, text = f"https://{name}.example/", f"{title}\n\n{body}"
    return Article(ArticleId(name), url, title, text, "en", at, at, name.title(), name, ranges)


def told(articles: Sequence[Article]) -> Brief:
    story = Story(StoryId("s1"), 1, tuple(one.id for one in articles), NOON, NOON, ("en",))
    brief = brief_of(story, articles, "en", ExtractiveWriter(), Settings(), now=NOON + timedelta(days=1))
    assert brief is not None
    return brief


MORE = (
    "Three people died when the mill of Kolme burned down on Monday, said mayor Lena Okafor. "
    "Mayor Lena Okafor said that the town will build the mill again by the autumn of 2027. "
)


def printed(brief: Brief) -> list[str]:
    """Headline, lede, body and quotes: all but the list of what is unknown."""
    return [s.text for s in brief.all_sentences() if s not in brief.unknown]


def test_it_stands_apart_from_the_text_with_its_outlet_and_its_span() -> None:
    source = article("courier", LEAD + FILL + OPEN)
    brief = told([source, article("post", OTHER, 1, "Mill burns down in Kolme"), article("times", MORE, 2)])

    (one,) = brief.unknown
    assert (OPEN.strip(), "Courier", 1) == (one.text, one.attribution, one.newsrooms)
    assert source.proves(one.spans[0])
    assert one.text not in printed(brief)
    assert one == brief.all_sentences()[-1]


@pytest.mark.parametrize(
    ("later", "hours", "stays"),
    [(KNOWN, 5, False), ("", 5, True), (KNOWN, -5, True)],
    ids=["answered", "still open", "answered earlier"],
)
def test_it_goes_from_the_whole_page_when_a_later_article_tells_it(later: str, hours: int, stays: bool) -> None:
    other = article("post", OTHER + later, hours, "Mill burns down in Kolme")
    brief = told([article("courier", LEAD + OPEN), other])

    assert stays == (OPEN.strip() in [s.text for s in brief.all_sentences()])


def test_what_the_lede_says_is_unknown_is_pointed_at() -> None:
    brief = told([article("courier", LEAD + OPEN), article("post", OTHER, 1, "Mill burns down in Kolme")])

    (mark,) = open_questions(brief)
    assert OPEN.strip() == brief.all_sentences()[mark.number].text == mark.text
