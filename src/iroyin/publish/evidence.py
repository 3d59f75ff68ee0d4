"""What may be printed, and the footnotes under it.

The last lock before a reader: a sentence is printed only when it has spans and each of them still proves itself
against its article. Whatever wrote or checked the brief, a sentence that cannot be shown to stand is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from iroyin.model import Article, ArticleId, Brief, Difference, Section, Sentence, Span, Utterance

Articles = Mapping[ArticleId, Article]


def stands(sentence: Sentence, articles: Articles) -> bool:
    """Whether the sentence has spans and every span proves itself."""
    return bool(sentence.spans) and all(
        span.article_id in articles and articles[span.article_id].proves(span) for span in sentence.spans
    )


def proved(brief: Brief, articles: Articles) -> Brief | None:
    """The brief without the sentences that do not stand; None when its headline or its whole lede falls."""

    def kept(sentences: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
        return tuple(s for s in sentences if stands(s, articles))

    body = tuple(Section(kept(part.sentences), part.subhead) for part in brief.body)
    told = tuple(Difference(d.label, kept(d.statements)) for d in brief.differences)
    lede = kept(brief.lede)
    if not stands(brief.headline, articles) or not lede:
        return None
    return replace(
        brief,
        lede=lede,
        body=tuple(part for part in body if part.sentences),
        quotes=kept(brief.quotes),
        unknown=kept(brief.unknown),
        gaps=tuple(gap for gap in brief.gaps if articles.keys() >= set(gap.read)),
        differences=tuple(d for d in told if len(d.statements) > 1),
        sources=tuple(i for i in brief.sources if i in articles),
        utterances=tuple(u for u in (_quoted(one, articles) for one in brief.utterances) if u.variants),
    )


def _quoted(one: Utterance, articles: Articles) -> Utterance:
    """The utterance with the variants whose spans prove themselves."""
    spans = ((q, q.span) for q in one.variants)
    return replace(
        one, variants=tuple(q for q, s in spans if s.article_id in articles and articles[s.article_id].proves(s))
    )


@dataclass(frozen=True, slots=True)
class Footnote:
    """One source sentence, numbered by first use. `claims` are the numbers of the sentences that stand on it."""

    number: int
    article: Article
    span: Span
    claims: tuple[int, ...]

    @property
    def text(self) -> str:
        """The source sentence in its own language."""
        return " ".join(self.article.text[self.span.start : self.span.end].split())


def footnotes(brief: Brief, articles: Articles) -> tuple[Footnote, ...]:
    """The footnotes of all sentences in page order, one for each distinct span."""
    uses: dict[Span, list[int]] = {}
    for number, sentence in enumerate(brief.all_sentences()):
        for span in sentence.spans:
            claims = uses.setdefault(span, [])
            if number not in claims:
                claims.append(number)
    return tuple(
        Footnote(n, articles[span.article_id], span, tuple(claims))
        for n, (span, claims) in enumerate(uses.items(), start=1)
    )


def by_source(notes: tuple[Footnote, ...]) -> list[tuple[Article, list[Footnote]]]:
    """The footnotes under the article each stands in, articles in order of first use."""
    under: dict[ArticleId, list[Footnote]] = {}
    for note in notes:
        under.setdefault(note.article.id, []).append(note)
    return [(own[0].article, own) for own in under.values()]


def cited(brief: Brief, articles: Articles) -> tuple[Article, ...]:
    """The articles the brief stands on, in order of first use."""
    seen = dict.fromkeys(span.article_id for s in brief.all_sentences() for span in s.spans)
    return tuple(articles[i] for i in seen if i in articles)
