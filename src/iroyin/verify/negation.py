"""The check `negation`: a denial lost or added, or a word put in the place of its opposite."""

from collections.abc import Sequence
from functools import lru_cache

from iroyin.languages import content_words, denials, opposites, stems, words
from iroyin.model import Finding, Sentence
from iroyin.verify.edits import edits, nearest_sentences, tokens
from iroyin.verify.evidence import Context, Passage, is_aligned

# Tuned on the mutation files and the development part of cliff_goyal21.
_MOST_OF_TEXT, _MOST_OF_SOURCE = 0.6, 0.5
_MOST_OF_DENIED = 0.5
_SCOPE = 4
_WHOLE_CLAUSE = 4  # so many content words left out with a denial are a clause of its own that may go


def negation(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A denial lost or added. Looks at the source sentences that share most words, in the same language."""
    del context
    if is_aligned(sentence, passages, language):
        return None
    return wrong_negation(sentence.text, passages, language)


def wrong_negation(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The denial in which the text and its nearest source sentences differ, or None.

    In a near copy each edit is looked at. Else, added: the text denies and none of the nearest sentences does; lost:
    the text is most of the nearest sentence and denies nothing, while that sentence does.
    """
    near = nearest_sentences(text, [p for p in passages if p.language == language], language)
    if not near:
        return None
    edited = _edited(text, near, language)
    if edited:
        return edited
    turned = _turned(text, near[0], language)
    if turned:
        return turned
    mine, theirs = denials(text, language), denials(near[0], language)
    wanted, have = content_words(text, language), content_words(near[0], language)
    same = len(wanted & have)
    if mine:
        told = any(denials(sentence, language) for sentence in near)
        touched = any(_beside(text, cue, language) & stems(near[0], language) for cue in mine)
        return None if told or not touched else Finding("negation", mine[0], near=near[0])
    if not theirs or same < _MOST_OF_TEXT * len(wanted) or same < _MOST_OF_SOURCE * len(have):
        return None
    lost = next((cue for cue in theirs if _is_kept(near[0], cue, text, language)), "")
    return Finding("negation", lost, near=near[0]) if lost else None


def _beside(text: str, cue: str, language: str) -> frozenset[str]:
    """The stems of the words around a denial: what it denies stands there, before or behind it."""
    before, _, after = text.partition(cue)
    return stems(" ".join([*before.split()[-_SCOPE:], "", *after.split()[:_SCOPE]]), language)


def _is_kept(source: str, cue: str, text: str, language: str) -> bool:
    """Whether the text still tells most of what stands around a denial of the source."""
    denied, kept = _beside(source, cue, language), stems(text, language)
    return len(denied & kept) > _MOST_OF_DENIED * len(denied)


def _edited(text: str, near: Sequence[str], language: str) -> Finding | None:
    """A denial that one edit of a near copy took out or put in, if no other sentence near it denies the same."""
    for edit in edits(text, near[0], language) or ():
        before, after = _count(edit.before, language), _count(edit.after, language)
        clause = len(content_words(edit.removed, language)) >= _WHOLE_CLAUSE
        if before > after and not clause:
            return Finding("negation", edit.added or edit.after, near=edit.before)
        clause = len(content_words(edit.added, language)) >= _WHOLE_CLAUSE
        if after > before and not clause and not _denied_elsewhere(text, edit.after, near[1:], language):
            return Finding("negation", edit.added or edit.after, near=edit.before)
    return None


def _denied_elsewhere(text: str, part: str, others: Sequence[str], language: str) -> bool:
    """Whether another source sentence has each denial of this part of the text and most of what stands around it."""
    cues = denials(part, language)
    return all(
        any(cue in denials(o, language) and _is_kept(text, cue, o, language) for o in others) for cue in cues
    )


def _count(text: str, language: str) -> int:
    return len(denials(text, language))


def _turned(text: str, source: str, language: str) -> Finding | None:
    """A word of the text that the nearest sentence lacks, while it has that word's opposite and the text has not."""
    pairs = opposites(language)
    mine, theirs = _plain(text, language), _plain(source, language)
    if not pairs or len(mine & theirs) < _MOST_OF_TEXT * len(mine):
        return None
    for word in sorted(mine - theirs):
        told = _around(text, word, language)
        for opposite in sorted(pairs.get(word, frozenset()) & theirs - mine):
            if told & _around(source, opposite, language):
                return Finding("negation", word, near=opposite)
    return None


def _around(text: str, word: str, language: str) -> frozenset[str]:
    """The stems of the words around each place where a word stands: of what it is said."""
    listed = tokens(text, language)
    places = [at for at, token in enumerate(listed) if word in words(token.key, language, marks=False)]
    runs = ((listed[max(0, at - _SCOPE)], listed[min(len(listed), at + _SCOPE + 1) - 1]) for at in places)
    return frozenset().union(*(stems(text[a.start : b.end], language) for a, b in runs)) - stems(word, language)


@lru_cache(maxsize=4096)
def _plain(text: str, language: str) -> frozenset[str]:
    return frozenset(words(text, language, marks=False))
