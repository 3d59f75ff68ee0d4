"""A whole file at once: oldest first, looked at again, answered in the order given."""

import numpy as np
from made_articles import article, direction

from iroyin.group.stream import PASS, group
from iroyin.model import Article, short_id

CUP = article("cup", "Harbour Rovers win the cup", "They beat Mill Town 3-1.", hours=1)
SNOW = article(
    "en", "Snow strands 17 trains in Orlek", "Some 3,200 people wait; 94 centimetres fell; train 118 holds 412."
)
SNOW_ES = article(
    "es",
    "La nieve detiene trenes",
    "Hay 3.200 personas; cayeron 94 centímetros; tren 118.",
    language="es",
    hours=2,
)
SNOW_ZH = article("zh", "大雪困住列车", "约3200人被困，积雪94厘米，118号列车有412人。", language="zh", hours=4)
STREAM = [
    (CUP, direction("cup", "c", 0.5)),
    (SNOW_ZH, direction("snow", "zh", 0.5)),
    (SNOW_ES, direction("snow", "es", 0.5)),
    (SNOW, direction("snow", "en", 0.5)),
]


def grouped(stream: list[tuple[Article, np.ndarray]]) -> list[str]:
    articles, vectors = zip(*stream, strict=True)
    return list(group(articles, np.stack(vectors)))


def test_an_article_that_was_alone_at_first_is_answered_with_the_story_it_was_merged_into() -> None:
    """The Chinese one is placed alone; second thoughts find its figures in the story that was opened first."""
    first = short_id("s", "en")

    assert [short_id("s", "cup"), first, first, first] == grouped(STREAM)


def test_the_order_given_changes_no_story() -> None:
    assert grouped(STREAM)[::-1] == grouped(STREAM[::-1])


def test_progress_is_told_after_every_pass_and_at_the_end() -> None:
    articles = [article(f"a{n:03}", "Rain over the hills") for n in range(PASS + 1)]
    told: list[int] = []

    group(articles, np.stack([direction("rain")] * len(articles)), tell=told.append)

    assert [PASS, PASS + 1] == told
