"""Hostile and broken texts become a short brief or none, never a crash, and nothing unproved is printed."""

from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iroyin.errors import WriterError
from iroyin.languages import split, tidy
from iroyin.model import Article, ArticleId
from iroyin.verify import gate, objections, verify_claim
from iroyin.write import ExtractiveWriter
from stories_on_file import assembled

DAY = datetime(2026, 3, 10, 8, tzinfo=UTC)
PIECES = [
    "“", "”", '"', "'", "(", ")", " - ", "—", "=", ", ", ". ", "。", "?\n", "\n\n", "12", "1,200", "٣", "五", "%", "$5",
    "Ana Teller", "said", "not", "yesterday", "5 January 2026", "Sunday", "The ferry sank", "北京", "서울은", "الجسر",
    "<script>", "http://x.y", "\u202e", "\u200d", "e\u0301", "seven years since 2019", "He", "Ọ̀ṣun", "🚢",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=0, max_size=40).map(lambda parts: tidy(" ".join(parts)))


def article(number: int, title: str, body: str, language: str) -> Article:
    text = f"{title}\n\n{body}"
    shift = len(title) + 2
    ranges = ((0, len(title)), *((s + shift, e + shift) for s, e in split(body, language)))
    return Article(
        ArticleId(f"a{number}"), "", title, text, language, DAY, DAY, f"Post {number}", f"P{number}", ranges
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3),
    st.sampled_from(["en", "zh", "ko", "ar", "yo", "und"]),
)
def test_any_text(texts: list[tuple[str, str]], language: str) -> None:
    articles = [article(i, title or "Title", body, language) for i, (title, body) in enumerate(texts)]
    dossier = assembled(articles, language)
    try:
        draft = ExtractiveWriter().write(dossier, objections(dossier, now=DAY), now=DAY)
    except WriterError:
        return
    brief = gate(draft, dossier, now=DAY, words_per_source=120)

    for sentence in brief.all_sentences() if brief else ():
        assert all(dossier.article(span.article_id).proves(span) for span in sentence.spans)
        assert "<script" not in sentence.text
        assert "http" not in sentence.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.lists(TEXTS, max_size=3), st.sampled_from(["", "en", "zh", "ar", "xx"]))
def test_any_claim(claim: str, sources: list[str], language: str) -> None:
    verdict = verify_claim(claim, sources, language)

    assert 0.0 <= verdict.score <= 1.0
    assert verdict.supported or verdict.findings
