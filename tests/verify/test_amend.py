"""Why a page says otherwise than before: each reason with the one change of the evidence that makes it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from iroyin.copydesk import dossier_of
from iroyin.languages import split
from iroyin.model import (
    AmendmentKind,
    Article,
    ArticleId,
    Brief,
    Counts,
    Event,
    EvidenceKind,
    LogLine,
    Reason,
    Sentence,
    Story,
    StoryId,
)
from iroyin.verify import objections
from iroyin.verify.amend import Evidence, amendments, read_for

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STORY = StoryId("s1")
BODY = "A crack was found in the eastern pier of the Kolme bridge. Repairs will take 3 weeks, the city said."


def article(name: str, body: str = BODY, title: str = "Kolme bridge closes") -> Article:
    begins = len(title) + 2
    ranges = ((0, len(title)), *((begins + start, begins + end) for start, end in split(body, "en")))
    at = NOON - timedelta(hours=len(name))
    return Article(
        ArticleId(name), f"https://{name}.example/", title, f"{title}\n\n{body}", "en", at, at, name, name, ranges
    )  # fmt: skip


def told(one: Article, number: int, kind: EvidenceKind = EvidenceKind.VERBATIM) -> Sentence:
    start, end = one.sentences[number]
    return Sentence(one.text[start:end], "en", kind, (one.span(start, end),))


def brief(*sentences: Sentence, of: Sequence[Article], version: int = 1) -> Brief:
    head, lede, *_ = sentences
    return Brief(
        STORY, version, "en", head, (lede,), (), sentences[2:], Counts(1, 1, 1), (), NOON, "extractive",
        read=read_for(of),
    )  # fmt: skip


def seen(articles: Sequence[Article], *log: LogLine) -> Evidence:
    ids = tuple(one.id for one in articles)
    story = Story(STORY, 2, ids, NOON, NOON, ("en",))
    checks = objections(dossier_of(story, articles, "en"), now=NOON)
    return Evidence(story, {one.id: one for one in articles}, checks, log)


COURIER = article("courier")
BEFORE = brief(told(COURIER, 0), told(COURIER, 1), told(COURIER, 2), of=[COURIER])
CORRECTED = article("courier", BODY.replace("3 weeks", "5 weeks"))
SHORTER = article("courier", BODY.partition(". ")[0] + ".")
LONGER = article("courier", "It rained. " + BODY)
POST = article(
    "post", "Ferries run every 10 minutes from the east quay. Repairs will take 4 weeks, the city said."
)
OPENED = LogLine(STORY, NOON, Event.OPENED, "desk", "", None, (COURIER.id,))
LEFT = LogLine(STORY, NOON, Event.SPLIT, "ada", "", StoryId("s2"), (COURIER.id,))
CAME = LogLine(StoryId("s3"), NOON, Event.MERGED, "desk", "", STORY, (POST.id,))


def one(before: Brief, after: Brief | None, now: Evidence) -> tuple[AmendmentKind, Reason, str, str, bool]:
    (found,) = amendments(before, after, now, at=NOON)
    assert ("en", now.story.version, NOON) == (found.language, found.version, found.at)
    return found.kind, found.reason, found.before, found.after, found.of_substance


def test_the_source_corrected_a_figure() -> None:
    after = brief(told(CORRECTED, 0), told(CORRECTED, 1), told(CORRECTED, 2), of=[CORRECTED])

    assert (
        AmendmentKind.CHANGED, Reason.SOURCE_CHANGED, told(COURIER, 2).text, told(CORRECTED, 2).text, True
    ) == one(BEFORE, after, seen([CORRECTED]))  # fmt: skip


def test_the_source_took_a_sentence_out() -> None:
    after = brief(told(SHORTER, 0), told(SHORTER, 1), of=[SHORTER])

    assert (AmendmentKind.WITHDRAWN, Reason.SOURCE_CHANGED, told(COURIER, 2).text, "", True) == one(
        BEFORE, after, seen([SHORTER])
    )


@pytest.mark.parametrize(
    ("log", "reason"),
    [((OPENED,), Reason.SOURCE_VANISHED), ((OPENED, LEFT), Reason.SPLIT)],
    ids=["vanished", "split"],
)
def test_the_article_is_gone_from_the_story(log: tuple[LogLine, ...], reason: Reason) -> None:
    both = brief(told(POST, 0), told(POST, 1), told(COURIER, 2), of=[COURIER, POST])
    after = brief(told(POST, 0), told(POST, 1), of=[POST])

    assert (AmendmentKind.WITHDRAWN, reason, told(COURIER, 2).text, "", True) == one(
        both, after, seen([POST], *log)
    )


@pytest.mark.parametrize(
    ("log", "reason"), [((), Reason.NEW_ARTICLE), ((CAME,), Reason.MERGED)], ids=["new", "merged"]
)
def test_an_article_came_into_the_story(log: tuple[LogLine, ...], reason: Reason) -> None:
    after = brief(told(COURIER, 0), told(COURIER, 1), told(COURIER, 2), told(POST, 1), of=[COURIER, POST])

    assert (AmendmentKind.ADDED, reason, "", told(POST, 1).text, False) == one(
        BEFORE, after, seen([COURIER, POST], *log)
    )


def test_a_later_article_has_another_figure() -> None:
    after = brief(told(COURIER, 0), told(COURIER, 1), told(POST, 2), of=[COURIER, POST])

    assert (AmendmentKind.CHANGED, Reason.NEW_ARTICLE, told(COURIER, 2).text, told(POST, 2).text, True) == one(
        BEFORE, after, seen([COURIER, POST])
    )


def test_words_that_only_stand_elsewhere_now_are_no_correction() -> None:
    after = brief(told(LONGER, 0), told(LONGER, 2), of=[LONGER])

    assert (AmendmentKind.WITHDRAWN, Reason.CHOSEN, told(COURIER, 2).text, "", False) == one(
        BEFORE, after, seen([LONGER])
    )


def test_another_sentence_of_the_same_article_was_chosen() -> None:
    after = brief(told(COURIER, 0), told(COURIER, 1), of=[COURIER])

    assert (AmendmentKind.WITHDRAWN, Reason.CHOSEN, told(COURIER, 2).text, "", False) == one(
        BEFORE, after, seen([COURIER])
    )


def test_a_check_refuses_now_what_it_let_pass() -> None:
    wrong = replace(told(COURIER, 2, EvidenceKind.WRITTEN), text="The city said that repairs will take 9 weeks.")
    before = brief(told(COURIER, 0), told(COURIER, 1), wrong, of=[COURIER])
    after = brief(told(COURIER, 0), told(COURIER, 1), of=[COURIER])

    (found,) = amendments(before, after, seen([COURIER]), at=NOON)

    assert (AmendmentKind.WITHDRAWN, Reason.REFUSED, "number", True) == (
        found.kind, found.reason, found.detail, found.of_substance
    )  # fmt: skip


def test_a_page_that_is_told_no_longer_is_one_change() -> None:
    assert (AmendmentKind.WITHDRAWN, Reason.SOURCE_VANISHED, BEFORE.headline.text, "", True) == one(
        BEFORE, None, seen([POST])
    )


def test_nothing_is_said_of_a_page_that_says_the_same() -> None:
    assert () == amendments(BEFORE, replace(BEFORE, version=2), seen([COURIER]), at=NOON)
