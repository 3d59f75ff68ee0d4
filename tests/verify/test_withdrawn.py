"""What an editor took back stays away in any guise that code can see, and nothing else goes with it."""

from datetime import UTC, datetime

import pytest

from iroyin.languages import split
from iroyin.model import Article, ArticleId, EvidenceKind, Sentence, StoryId, Withdrawal
from iroyin.verify.evidence import Context, Passage
from iroyin.verify.withdrawn import withdrawn

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
BODY = "Repairs of the Kolme bridge will take 3 weeks, mayor Lena Okafor said. Ferries run every 10 minutes until then."


def article(name: str, body: str = BODY) -> Article:
    ranges = ((0, 1), *((3 + start, 3 + end) for start, end in split(body, "en")))
    text = f"A\n\n{body}"
    return Article(ArticleId(name), f"https://{name}.example/", "A", text, "en", NOON, NOON, name, name, ranges)


def told(one: Article, number: int, end: int | None = None) -> tuple[Sentence, Passage]:
    start, last = one.sentences[number]
    span = one.span(start, last if end is None else start + end)
    text = one.text[span.start : span.end]
    return Sentence(text, "en", EvidenceKind.VERBATIM, (span,)), Passage(text, "en", NOON, one, span)


COURIER = article("courier")
SAID, _ = told(COURIER, 1)
WORD = Withdrawal(StoryId("s1"), "en", SAID.text, SAID.spans, "ada", NOON, "misheard")

REFUSED = {
    "the sentence itself": told(COURIER, 1),
    "a part of its source sentence": told(COURIER, 1, 46),
    "the same words elsewhere": told(article("post", "It rained. " + BODY), 2),
    "the same claim in other words": told(
        article("times", "Mayor Lena Okafor said that repairs of the Kolme bridge will take 3 weeks."), 1
    ),
}
LEFT = {
    "its neighbour": told(COURIER, 2),
    "another figure": told(article("post", BODY.replace("3 weeks", "5 weeks")), 1),
    "what its article says now": told(article("courier", BODY.replace("3 weeks", "5 weeks")), 1),
    "a claim on another matter": told(
        article("times", "The Kolme bridge was built in 1962 by the father of mayor Lena Okafor."), 1
    ),
}


@pytest.mark.parametrize(
    ("case", "refused"), [*((case, True) for case in REFUSED), *((case, False) for case in LEFT)]
)
def test_what_was_taken_back_is_refused_and_the_rest_is_not(case: str, refused: bool) -> None:
    sentence, passage = (REFUSED | LEFT)[case]

    found = withdrawn(sentence, [passage], "en", Context(withdrawn=(WORD,)))

    assert refused == (found is not None)
    assert found is None or ("withdrawn", "misheard") == (found.code, found.near)
    assert withdrawn(sentence, [passage], "en", Context()) is None
