"""Free text: whose words it runs on in, whose order it follows, and that it needs a judge as well as the checks."""

from collections.abc import Sequence

import pytest

from iroyin.languages import languages, rules
from iroyin.model import EvidenceKind, Finding, Sentence
from iroyin.verify import CHECKS
from iroyin.verify.evidence import Context, resolve
from stories_on_file import STORIES, dossier

TABLE = {check.code: check for check in CHECKS}
FIELDS = (
    "number_words", "scales", "quote_marks", "speech_verbs", "negations", "hedges", "relative_days", "office_titles",
)  # fmt: skip


def judged(code: str, text: str, cited: Sequence[tuple[str, str]], **known: object) -> Finding | None:
    """What this check says of free text that cites these (article, sentence) pairs of the ferry story."""
    story, now = dossier(STORIES / "ferry.toml")
    spans = []
    for article_id, sentence in cited:
        article = next(a for a in story.articles if a.id == article_id)
        start = article.text.index(sentence)
        spans.append(article.span(start, start + len(sentence)))
    written = Sentence(text, "en", EvidenceKind.WRITTEN, tuple(spans))
    return TABLE[code].run(written, resolve(spans, story), "en", Context(now=now, **known))


LOSS = "Transport Minister Lena Marsh ordered an inquiry and promised a first report within 30 days."


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (LOSS, False),
        ("On the pier Lena Marsh, the transport minister, ordered an inquiry.", False),
    ],
)
def test_a_short_run_in_a_source_s_own_words_may_stand(text: str, refused: bool) -> None:
    assert refused is (judged("copy", text, [("a3", LOSS)]) is not None)


def test_a_long_run_in_a_source_s_own_words_is_refused() -> None:
    story, now = dossier(STORIES / "ferry.toml")
    article = next(a for a in story.articles if a.id == "a3")
    body = " ".join(article.text.split("\n\n", 1)[1].split()[:40])
    span = article.span(len(article.title) + 2, len(article.text))
    written = Sentence(body, "en", EvidenceKind.WRITTEN, (span,))
    found = TABLE["copy"].run(written, resolve([span], story), "en", Context(now=now))

    assert found is not None
    assert "copy" == found.code


@pytest.mark.parametrize(("sentences", "refused"), [(4, False), (5, True)])
def test_the_fifth_fact_in_a_row_in_one_source_s_order_is_refused(sentences: int, refused: bool) -> None:
    story, now = dossier(STORIES / "ferry.toml")
    article = max(story.articles, key=lambda a: len(a.body_sentences))
    ranges = article.body_sentences[:sentences]
    assert sentences == len(ranges)
    told = tuple(Sentence("Fact.", "en", EvidenceKind.WRITTEN, (article.span(a, b),)) for a, b in ranges)
    last, passages = told[-1], resolve(told[-1].spans, story)

    found = TABLE["order"].run(last, passages, "en", Context(now=now, said=told[:-1]))
    shuffled = TABLE["order"].run(last, passages, "en", Context(now=now, said=told[:-1][::-1]))

    assert refused is (found is not None)
    assert shuffled is None


def test_without_a_judge_free_text_is_refused_and_with_one_it_must_be_covered() -> None:
    text = "Lena Marsh, the transport minister, ordered an inquiry."
    invented = "Lena Marsh ordered an inquiry under pressure from striking dockers and beekeepers."

    assert judged("unsupported", text, [("a3", LOSS)]) is not None
    assert judged("unsupported", text, [("a3", LOSS)], judged=frozenset({text})) is None
    assert judged("unsupported", invented, [("a3", LOSS)], judged=frozenset({invented})) is not None


def test_twenty_languages_and_more_have_every_list_the_checks_read() -> None:
    complete = [code for code in languages() if all(getattr(rules(code), field) for field in FIELDS)]

    assert len(complete) >= 20
    assert list(languages()) == complete
