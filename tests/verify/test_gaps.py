"""What no source tells: said only when every article was read for it, in a language whose words we know."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from iroyin.copydesk import dossier_of
from iroyin.languages import split
from iroyin.model import Article, ArticleId, EvidenceKind, Gap, Sentence, Story, StoryId
from iroyin.verify.gaps import gaps

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
COURIER = "A fire at the Kolme mill killed 3 people on Monday. It broke out at night in the grain store."
POST = "Three people died in a fire at the mill of Kolme. The fire brigade came with 12 engines."


def article(name: str, body: str, language: str = "en") -> Article:
    ranges = ((0, 1), *((3 + start, 3 + end) for start, end in split(body, language)))
    text = f"A\n\n{body}"
    return Article(
        ArticleId(name), f"https://{name}.example/", "A", text, language, NOON, NOON, name, name, ranges
    )  # fmt: skip


def found(*articles: Article, headline: str = "Blaze at Kolme mill kills 3") -> tuple[Gap, ...]:
    story = Story(StoryId("s1"), 1, tuple(one.id for one in articles), NOON, NOON, ("en",))
    told = Sentence(headline, "en", EvidenceKind.VERBATIM, (articles[0].span(0, 1),))
    return gaps(dossier_of(story, articles, "en"), told)


def test_a_field_that_no_article_has_is_named_with_the_articles_that_were_read() -> None:
    both = (ArticleId("courier"), ArticleId("post"))

    assert (Gap("injured", both), Gap("cause", both)) == found(article("courier", COURIER), article("post", POST))


FILLED = {
    "one article tells of it": ("post", POST + " Two men were treated for burns.", "en", {"cause"}),
    "another language tells of it": ("quai", "L’incendie a fait 3 morts et des blessés.", "fr", {"cause"}),
    "its words are not known in that language": ("lehti", "Kolme kuoli myllyn palossa.", "fi", set()),
}


@pytest.mark.parametrize("case", FILLED)
def test_what_may_be_told_is_not_called_missing(case: str) -> None:
    name, body, language, left = FILLED[case]

    assert left == {gap.field for gap in found(article("courier", COURIER), article(name, body, language))}


@pytest.mark.parametrize(
    ("headline", "bodies"),
    [
        ("Kolme mill is sold", (COURIER, POST)),
        ("Blaze at Kolme mill", (COURIER.replace("killed 3 people", "burned 3 sheds"), "The mill burned down.")),
        ("Blaze at Kolme mill kills 3", (COURIER,)),
    ],
    ids=["another kind of story", "nobody was struck", "one article alone"],
)
def test_what_nobody_expects_is_not_missed(headline: str, bodies: tuple[str, ...]) -> None:
    told = [article(f"a{n}", body) for n, body in enumerate(bodies)]

    assert () == found(*told, headline=headline)


def test_an_article_that_gives_orders_to_machines_is_not_read() -> None:
    articles = (article("courier", COURIER), article("post", POST), article("evil", "Nobody was hurt."))
    story = Story(StoryId("s1"), 1, tuple(one.id for one in articles), NOON, NOON, ("en",))
    told = Sentence("Blaze at Kolme mill kills 3", "en", EvidenceKind.VERBATIM, (articles[0].span(0, 1),))
    dossier = dossier_of(story, articles, "en")

    assert ["injured", "cause"] == [gap.field for gap in gaps(dossier, told, {ArticleId("evil")})]
    assert ["cause"] == [gap.field for gap in gaps(dossier, told)]
    assert () == gaps(replace(dossier, articles=()), told)
