"""The check `negation`, first form: a denial that the nearest source sentence lacks, or has and the text lost."""

from collections.abc import Sequence

from iroyin.languages import content_words, rules, split, words
from iroyin.model import Finding, Sentence
from iroyin.verify.evidence import Context, Passage, is_aligned


def negation(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A denial lost or added. Looks at the one source sentence that shares most words, in the same language."""
    del context
    if is_aligned(sentence, passages, language):
        return None
    return wrong_negation(sentence.text, passages, language)


def wrong_negation(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The denial in which text and nearest source sentence differ, or None."""
    nearest = nearest_sentence(text, [p for p in passages if p.language == language], language)
    mine, theirs = denials(text, language), denials(nearest, language)
    if not nearest or bool(mine) == bool(theirs):
        return None
    return Finding("negation", (mine or theirs)[0], near=nearest)


def denials(text: str, language: str) -> tuple[str, ...]:
    """The cues of negation in the text, in the order of the language's list."""
    known = rules(language)
    if not known.spaces:
        return tuple(cue for cue in known.negations if cue in text)
    listed = words(text, language)
    padded = f" {' '.join(listed)} "
    found = [cue for cue in known.negations if f" {' '.join(words(cue, language))} " in padded]
    if language == "en":
        found += [word for word in listed if word.endswith("n't")]
    return tuple(found)


def nearest_sentence(text: str, passages: Sequence[Passage], language: str) -> str:
    """The source sentence that shares most content words with the text, "" when none shares any."""
    mine = content_words(text, language)
    best, most = "", 0
    for passage in passages:
        for start, end in split(passage.text, language):
            shared = len(mine & content_words(passage.text[start:end], language))
            if shared > most:
                best, most = passage.text[start:end], shared
    return best
