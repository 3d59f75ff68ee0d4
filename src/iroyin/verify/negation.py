"""The check `negation`, first form: a denial that the nearest source sentence lacks, or has and the text lost."""

from collections.abc import Sequence
from functools import lru_cache

from iroyin.languages import content_words, rules, split, words
from iroyin.model import Finding, Sentence
from iroyin.verify.evidence import Context, Passage, is_aligned

_NEAREST = 3
# Tuned on the mutation files and the development part of cliff_goyal21.
_MOST_OF_TEXT, _MOST_OF_SOURCE = 0.6, 0.5


def negation(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A denial lost or added. Looks at the source sentences that share most words, in the same language."""
    del context
    if is_aligned(sentence, passages, language):
        return None
    return wrong_negation(sentence.text, passages, language)


def wrong_negation(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The denial in which the text and its nearest source sentences differ, or None.

    Added: the text denies and none of the nearest sentences does. Lost: the text is most of the nearest sentence
    and denies nothing, while that sentence does.
    """
    near = nearest_sentences(text, [p for p in passages if p.language == language], language)
    if not near:
        return None
    mine = denials(text, language)
    if mine:
        added = not any(denials(sentence, language) for sentence in near)
        return Finding("negation", mine[0], near=near[0]) if added else None
    theirs = denials(near[0], language)
    if not theirs:
        return None
    wanted, have = content_words(text, language), content_words(near[0], language)
    same = len(wanted & have)
    lost = same >= _MOST_OF_TEXT * len(wanted) and same >= _MOST_OF_SOURCE * len(have)
    return Finding("negation", theirs[0], near=near[0]) if lost else None


@lru_cache(maxsize=16384)
def denials(text: str, language: str) -> tuple[str, ...]:
    """The cues of negation in the text, in the order of the language's list."""
    known = rules(language)
    if not known.spaces:
        return tuple(cue for cue in known.negations if cue in text)
    listed = words(text, language)
    padded = f" {' '.join(listed)} "
    found = [cue for cue, spaced in _cues(language) if spaced in padded]
    if language == "en":
        found += [word for word in listed if word.endswith("n't")]
    return tuple(found)


@lru_cache(maxsize=64)
def _cues(language: str) -> tuple[tuple[str, str], ...]:
    return tuple((cue, f" {' '.join(words(cue, language))} ") for cue in rules(language).negations)


def nearest_sentences(text: str, passages: Sequence[Passage], language: str) -> list[str]:
    """At most three source sentences that share most content words with the text, best first."""
    mine = content_words(text, language)
    ranked: list[tuple[int, int, str]] = []
    for passage in passages:
        for start, end in split(passage.text, language):
            sentence = passage.text[start:end]
            shared = len(mine & content_words(sentence, language))
            if shared:
                ranked.append((-shared, len(ranked), sentence))
    return [sentence for _, _, sentence in sorted(ranked)[:_NEAREST]]
