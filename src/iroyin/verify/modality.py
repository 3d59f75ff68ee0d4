"""The check `modality`: what a source says may be, is planned, alleged or told by somebody is not told as a fact."""

from collections.abc import Sequence

from iroyin.languages import content_words, find_phrases, hedges, stems
from iroyin.model import Finding, Sentence
from iroyin.verify.edits import Edit, edits, nearest_sentences
from iroyin.verify.evidence import Context, Passage, is_aligned
from iroyin.verify.reading import without_quotes

_MOST_OF_TEXT = 0.7
_WHOLE_CLAUSE = 4
_SCOPE = 2


def modality(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """A "may", "plans to", "alleged" or "according to" that the source has and the sentence lost."""
    del context
    if is_aligned(sentence, passages, language):
        return None
    return wrong_modality(sentence.text, passages, language)


def wrong_modality(text: str, passages: Sequence[Passage], language: str) -> Finding | None:
    """The hedge that the nearest source sentence has and the text lost, or None.

    In a near copy each edit is looked at. A free text is refused only when it hedges nothing, holds the very words
    that the source hedges, and says little else.
    """
    near = nearest_sentences(text, [p for p in passages if p.language == language], language)
    if not near:
        return None
    source = near[0]
    edited = edits(text, source, language)
    if edited is not None:
        for edit in edited:
            clause = len(content_words(edit.removed, language)) >= _WHOLE_CLAUSE or _left_out_whole(edit, language)
            if not clause and len(hedges(edit.before, language)) > len(hedges(edit.after, language)):
                return Finding("modality", edit.added or edit.after, near=edit.before)
    if hedges(text, language) or find_phrases(text, language, "future"):
        return None
    return _told_as_fact(text, source, language)


def _left_out_whole(edit: Edit, language: str) -> bool:
    """Whether nothing took the place of a run with a hedge and what it hedges: "with his alleged victim"."""
    found = find_phrases(edit.removed, language, "hedges")
    return not edit.added and bool(found) and bool(content_words(edit.removed[found[-1].end :], language))


def _told_as_fact(text: str, source: str, language: str) -> Finding | None:
    mine = stems(text, language)
    if not mine or len(mine & stems(source, language)) < _MOST_OF_TEXT * len(mine):
        return None
    own = without_quotes(source, language)
    for hedge in find_phrases(own, language, "hedges"):
        scope = _first_stems(own[hedge.end :], language)
        if len(scope) == _SCOPE and scope <= mine:
            return Finding("modality", text, near=hedge.text)
    return None


def _first_stems(text: str, language: str) -> frozenset[str]:
    """The stems of the first content words of the text."""
    found: list[str] = []
    for part in text.split()[: 3 * _SCOPE]:
        found += [stem for stem in stems(part, language) if stem not in found]
    return frozenset(found[:_SCOPE])
