"""The check on what an editor took back: neither the sentence, nor its source sentence, nor the same claim again."""

from collections.abc import Iterable, Sequence

from iroyin.languages import fold
from iroyin.model import Article, Finding, Sentence, Span, Withdrawal
from iroyin.verify.evidence import Context, Passage
from iroyin.verify.support import supports


def withdrawn(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A sentence that an editor took back, or one that says the same."""
    for one in context.withdrawn:
        if _same_words(sentence, one) or _same_source(sentence.spans, one, passages):
            return Finding("withdrawn", sentence.text, near=one.why)
        if passages and _same_claim(sentence, passages[0], one, language):
            return Finding("withdrawn", sentence.text, near=one.why)
    return None


def taken_back(sentence: Sentence, known: Iterable[Withdrawal]) -> Withdrawal | None:
    """The withdrawal of this very sentence, as it was printed."""
    return next((one for one in known if _same_words(sentence, one) or set(sentence.spans) & set(one.spans)), None)


def quotes_withdrawn(span: Span, article: Article | None, known: Iterable[Withdrawal]) -> bool:
    """Whether the span lies in, or holds, source text on which a withdrawn sentence stood."""
    return article is not None and any(_touches(span, other, article) for one in known for other in one.spans)


def _same_words(sentence: Sentence, one: Withdrawal) -> bool:
    return sentence.language == one.language and fold(sentence.text) == fold(one.text)


def _same_source(spans: Sequence[Span], one: Withdrawal, passages: Sequence[Passage]) -> bool:
    articles = {p.article.id: p.article for p in passages if p.article}
    return any(
        span == other or (span.article_id in articles and _touches(span, other, articles[span.article_id]))
        for span in spans
        for other in one.spans
    )


def _touches(span: Span, other: Span, article: Article) -> bool:
    """Whether two spans of an article share characters; what the article has changed since is another text."""
    apart = span.article_id != other.article_id or span.end <= other.start or other.end <= span.start
    return not apart and article.proves(other)


def _same_claim(sentence: Sentence, passage: Passage, one: Withdrawal, language: str) -> bool:
    """Whether each says as much as the other."""
    theirs = Passage(one.text, one.language, passage.published_at)
    mine = Passage(sentence.text, language, passage.published_at)
    when = passage.published_at
    return supports(sentence.text, [theirs], language, when) and supports(one.text, [mine], one.language, when)
