"""The checks on wording: alignment, language, reference, one source's words, attribution."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from iroyin.languages import content_words, count_words, detect, fold, languages, rules, script_share, words
from iroyin.model import Confidence, EvidenceKind, Finding, Sentence, Severity
from iroyin.verify.cover import uncovered
from iroyin.verify.edits import tokens
from iroyin.verify.evidence import Context, Passage, is_aligned
from iroyin.verify.reading import without_quotes
from iroyin.verify.written import unborne

# Words (characters) of free text that may run as in one source, and sentences that may follow its order: a long name
# with a figure fits, a wire item retold does not.
_LONGEST_RUN, _LONGEST_RUN_OF_CHARACTERS, _IN_ORDER = 15, 30, 5
_ENOUGH_SCRIPT = 0.6
_ENOUGH_LETTERS = 24
_TWO, _FIVE = 2, 5
_CONTRACTED = re.compile(r"(?<=[a-z])['’](?:s|re|ll|d|ve)\b")  # "It's", "they've"
# Letters without which a text in this language is none, whatever else it shares a script with.
_OWN_LETTERS = {"ko": re.compile("[가-힣]{2}"), "ja": re.compile("[ぁ-ゖァ-ヺ]")}


def unsupported(
    sentence: Sentence, passages: Sequence[Passage], language: str, context: Context
) -> Finding | None:
    """A span that is not in the dossier, or text that is not exactly what its kind promises.

    `written` text has no proof of its own: its passages must hold what it tells, and a judge must have found it
    supported. A `built` sentence may hold no content word that is not in its passages.
    """
    if not passages or len(passages) < len(sentence.spans):
        return Finding("unsupported", sentence.text)
    if is_aligned(sentence, passages, language):
        return None
    if sentence.kind is EvidenceKind.BUILT:
        have = set().union(*(content_words(passage.text, passage.language) for passage in passages))
        have |= {w for p in passages if p.article for w in content_words(p.article.outlet, language)}
        foreign = content_words(sentence.text, language) - have
        if not foreign:
            return None
        return Finding("unsupported", min(foreign), near=passages[0].text)
    if sentence.kind is EvidenceKind.WRITTEN and sentence.text in context.judged:
        native = any(passage.language == language for passage in passages)
        thin = uncovered(sentence.text, passages, language) if native else None
        return thin or unborne(sentence.text, passages, language)
    return Finding("unsupported", sentence.text, near=passages[0].text)


def language(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """Text that is not in the page's language and script."""
    del passages, context
    own = _OWN_LETTERS.get(language)
    text = without_quotes(sentence.text, language)
    foreign = own is not None and len(text) > _ENOUGH_LETTERS // 2 and not own.search(text)
    if foreign or sentence.language != language or script_share(sentence.text, language) < _ENOUGH_SCRIPT:
        return Finding("language", sentence.text)
    other = _other_words(sentence.text, language)
    if other:
        return Finding("language", sentence.text, near=other)
    if sum(char.isalpha() for char in sentence.text) < _ENOUGH_LETTERS:
        return None
    found, confidence = _detected(sentence.text, language)
    if confidence is Confidence.HIGH and found != language:
        return Finding("language", sentence.text, near=found)
    return None


@lru_cache(maxsize=4096)
def _other_words(text: str, language: str) -> str:
    """A language whose function words the text is made with while it has hardly one of the page's, else ""."""
    if not rules(language).spaces:
        return ""
    listed = words(text, language)
    counts = {code: sum(word in stop for word in listed) for code, stop in _function_words().items()}
    mine = counts.pop(language, -1)
    best = max(sorted(counts), key=lambda code: counts[code])
    return best if mine >= 0 and counts[best] >= _TWO + 2 * mine and len(listed) >= _FIVE else ""


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    return {code: rules(code).stopwords for code in languages() if rules(code).spaces}


def leans(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A sentence that leans on the one before it in its source ("He said") printed after another one."""
    opener = dangling(sentence.text, language)
    if not opener or not passages or passages[0].span is None:
        return None
    span = passages[0].span
    wanted = context.previous_of.get((span.article_id, span.start))
    before = context.before.spans[0] if context.before and context.before.spans else None
    if before and wanted is not None and before.article_id == span.article_id and before.start == wanted:
        return None
    return Finding("role", opener)


@lru_cache(maxsize=4096)
def dangling(text: str, language: str) -> str:
    """The word or phrase, outside quoted words, that makes the text lean on what came before, or ""."""
    text = _CONTRACTED.sub("", without_quotes(text, language))
    openers, inner = _leaning(language)
    if not rules(language).spaces:
        bare = text.lstrip("“‘「『\"'«（(")
        opener = next((phrase for phrase in openers if bare.startswith(phrase)), "")
        return opener or next((phrase for phrase in inner if phrase in text), "")
    padded = f" {' '.join(words(text, language))} "
    opener = next((phrase for phrase in openers if padded.startswith(phrase)), "")
    return (opener or next((phrase for phrase in inner if phrase in padded), "")).strip()


@lru_cache(maxsize=64)
def _leaning(language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The language's openers and inner phrases that lean, each between spaces where it writes any."""
    known = rules(language)
    if not known.spaces:
        return known.dangling_openers, known.dangling_words
    opening, inner = (
        tuple(f" {' '.join(words(phrase, language))} " for phrase in phrases)
        for phrases in (known.dangling_openers, known.dangling_words)
    )
    return opening, inner


@lru_cache(maxsize=4096)
def _detected(text: str, language: str) -> tuple[str, Confidence]:
    return detect(text, prior=language)


def copy(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """More words of one newsroom on the page than the desk takes from any one; free text that copies a long run."""
    if sentence.kind is EvidenceKind.WRITTEN and (run := copied_run(sentence.text, passages, language)):
        return Finding("copy", run)
    if not passages or passages[0].article is None:
        return None
    newsroom = context.newsroom_of.get(passages[0].article.id, "") or passages[0].article.newsroom
    used = context.words_used.get(newsroom, 0)
    count = count_words(sentence.text, language)
    if used + count > context.words_per_source:
        return Finding("copy", newsroom, near=f"{used}+{count}>{context.words_per_source}")
    return None


def copied_run(text: str, passages: Sequence[Passage], language: str) -> str:
    """The longest run of the text outside quotation marks that is a passage's own, when it is too long, else ""."""
    mine = tokens(without_quotes(text, language), language)
    most = _LONGEST_RUN if rules(language).spaces else _LONGEST_RUN_OF_CHARACTERS
    for passage in passages:
        theirs = tokens(passage.text, passage.language)
        keys = [t.key for t in theirs], [t.key for t in mine]
        block = SequenceMatcher(None, *keys, autojunk=False).find_longest_match()
        if block.size > most:
            return text[mine[block.b].start : mine[block.b + block.size - 1].end]
    return ""


def order(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """Free text that has followed one article, fact by fact in its order, for too many sentences."""
    del language
    if sentence.kind is not EvidenceKind.WRITTEN or not passages or passages[0].span is None:
        return None
    here, followed = passages[0].span, 1
    for other in reversed(context.said):
        span = other.spans[0] if other.spans else None
        if other.kind is not EvidenceKind.WRITTEN or span is None or len({s.article_id for s in other.spans}) > 1:
            break
        if span.article_id != here.article_id or span.start >= here.start:
            break
        here, followed = span, followed + 1
    if followed < _IN_ORDER or len({p.span.article_id for p in passages if p.span}) > 1:
        return None
    return Finding("order", sentence.text, near=passages[0].article.outlet if passages[0].article else "")


def attribution(
    sentence: Sentence, passages: Sequence[Passage], language: str, context: Context
) -> Finding | None:
    """What one newsroom alone says, printed as a plain fact; what only a machine wrote where people wrote too."""
    del language
    if not passages:
        return None
    outlet = passages[0].article.outlet if passages[0].article else ""
    if _is_written_by_machine(passages) and any(p.article and not p.article.ai_written for p in context.told):
        return Finding("attribution", sentence.text, near=outlet)
    if context.place == "headline":
        return None
    if sentence.attribution:
        known = {fold(p.article.outlet) for p in passages if p.article}
        return None if fold(sentence.attribution) in known else Finding("attribution", sentence.attribution)
    if independent(passages, context) >= 2 or not outlet or context.run == outlet:
        return None
    return Finding("attribution", sentence.text, near=outlet, severity=Severity.SOFTEN)


def _is_written_by_machine(passages: Sequence[Passage]) -> bool:
    """Whether the passage that is printed comes from an AI-written outlet, whoever else is cited beside it."""
    return passages[0].article is not None and passages[0].article.ai_written


def independent(passages: Sequence[Passage], context: Context) -> int:
    """How many independent newsrooms the passages come from; AI-written outlets count for none."""
    rooms = set()
    for passage in passages:
        if passage.article is not None and not passage.article.ai_written:
            rooms.add(context.newsroom_of.get(passage.article.id, passage.article.newsroom))
    return len(rooms - {""})
