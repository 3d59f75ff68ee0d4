"""The check `quote`: quoted words were published so, in one place, in this language, as this speaker's."""

from collections.abc import Sequence

from iroyin.languages import QuoteMark, find_phrases, fold, rules, words
from iroyin.model import Finding, Sentence
from iroyin.verify.edits import edits, sentences_of
from iroyin.verify.evidence import Context, Passage
from iroyin.verify.reading import names_of, quotes_of, without_quotes

_MARKS = "\"'“”„‟‘’‚‛«»‹›「」『』｢｣〝〞〟＂＇"
_STRAIGHT = str.maketrans(dict.fromkeys(_MARKS, '"'))
_EDGES = _MARKS + " ,.;:!?…，。、！？；：؟،۔।\u00a0"
_LONGEST_TERM = 8
_REACH = 20  # characters between a name and its verb
_OPENERS = "“„«「『〝"


def quote(sentence: Sentence, passages: Sequence[Passage], language: str, context: Context) -> Finding | None:
    """Quoted words that no single passage of this language quotes, or that another speaker said there."""
    del context
    return wrong_quote(sentence.text, passages, language, speaker=sentence.speaker)


def wrong_quote(text: str, passages: Sequence[Passage], language: str, *, speaker: str = "") -> Finding | None:
    """The first quotation of the text that the passages do not bear out, or None."""
    marks = quotes_of(text, language)
    if speaker and not marks:
        return Finding("quote", text)
    if not marks and _unpaired(text):
        return Finding("quote", text)
    if not speaker and any(_is_all(mark, text) for mark in marks):
        return Finding("quote", text, near="nothing but quoted words: nobody is named who said them")
    native = [passage for passage in passages if passage.language == language]
    for mark in marks:
        said = text[mark.start : mark.end]
        if not speaker and not mark.verb and _is_term(said, native):
            continue
        homes = [passage for passage in native if _holds(passage, said, language)]
        if not homes:
            return Finding("quote", said, near=_nearest(said, passages))
        who = speaker or mark.speaker
        if who and not any(_said_by(who, said, home, language) for home in homes):
            return Finding("quote", who, near=_speaker_in(homes[0], said, language))
        other = _another_named(text, said, homes, language) or _put_for_speaker(text, said, homes, language)
        if other:
            return Finding("quote", other, near=_speaker_in(homes[0], said, language))
    return None


def _is_term(said: str, passages: Sequence[Passage]) -> bool:
    """Whether these few words, said by nobody, are a title or a term that a passage has without marks."""
    wanted = normal_quote(said).casefold()
    return len(said.split()) <= _LONGEST_TERM and any(wanted in normal_quote(p.text).casefold() for p in passages)


def _another_named(text: str, said: str, homes: Sequence[Passage], language: str) -> str:
    """Who is named beside the quotation in the stead of its speaker, when the homes know him, else ""."""
    known = {speaker for home in homes if (speaker := _speaker_in(home, said, language))}
    outside = without_quotes(text, language)
    spoken = set(words(outside, language, marks=False))
    if not known or any(_name_words(k, language) & spoken or fold(k) in fold(outside) for k in known):
        return ""
    told = " ".join(without_quotes(home.text, language) for home in homes)
    return next((n.text for n in names_of(outside, language) if fold(n.text) not in fold(told)), "")


def _put_for_speaker(text: str, said: str, homes: Sequence[Passage], language: str) -> str:
    """In a near copy of the sentence with the quotation: a name outside it that took another's place, else ""."""
    wanted, printed = normal_quote(said), without_quotes(text, language)
    sources = [s for home in homes for s in sentences_of(home.text, language) if wanted in normal_quote(s)]
    changed = [listed for source in sources if (listed := edits(text, source, language)) is not None]
    for edit in min(changed, key=len, default=()):  # one source says it so, whatever another calls the speaker
        if not edit.removed or not edit.added or not printed[edit.start : edit.end].strip():
            continue
        old, new = ({n.key for n in names_of(part, language)} for part in (edit.removed, edit.added))
        speaks = find_phrases(printed[edit.end : edit.end + _REACH], language, "speech_verbs")
        if (old and new and not old & new) or (speaks and rules(language).script != "Latn"):
            return edit.added
    return ""


def _is_all(mark: QuoteMark, text: str) -> bool:
    """Whether the quotation is the whole text: then the reader would not learn whose words these are."""
    rest = text[: mark.outer_start] + text[mark.outer_end :]
    return mark.depth == 0 and not any(char.isalnum() for char in rest)


def normal_quote(text: str) -> str:
    """The quoted words for comparing: marks made one, edges and white space dropped, case kept.

    >>> normal_quote("“It’s over,”") == normal_quote('"It\\'s over"')
    True
    """
    return "".join(text.strip(_EDGES).translate(_STRAIGHT).split())


def _unpaired(text: str) -> bool:
    """Whether an opening mark stands alone: half a quotation is none."""
    return any(mark in text for mark in _OPENERS)


def _holds(passage: Passage, said: str, language: str) -> bool:
    wanted = normal_quote(said)
    if not wanted:
        return False
    inside = (passage.text[m.start : m.end] for m in quotes_of(passage.text, language))
    return any(_contains(normal_quote(text), wanted) for text in inside)


def _contains(whole: str, wanted: str) -> bool:
    """Whether the wanted words are in the whole; a first letter may have been lowered or raised."""
    return wanted in whole or (wanted[1:] in whole and wanted[0].swapcase() + wanted[1:] in whole)


def _said_by(who: str, said: str, home: Passage, language: str) -> bool:
    """Whether the passage lets `who` say it: as the speaker it names, else at least by having the name in it."""
    named = _speaker_in(home, said, language)
    mine = _name_words(who, language)
    if named:
        theirs = _name_words(named, language)
        return bool(mine & theirs) or fold(who) in fold(named) or fold(named) in fold(who)
    outside = without_quotes(home.text, language)
    return fold(who) in fold(outside) or (bool(mine) and mine <= set(words(outside, language, marks=False)))


def _speaker_in(home: Passage, said: str, language: str) -> str:
    wanted = normal_quote(said)
    for mark in quotes_of(home.text, language):
        if mark.speaker and _contains(normal_quote(home.text[mark.start : mark.end]), wanted):
            return mark.speaker
    return ""


def _name_words(who: str, language: str) -> set[str]:
    titles = {fold(part) for title in rules(language).office_titles for part in title.split()}
    found = {word.removesuffix("'s") for word in words(who, language, marks=False)}
    return {word for word in found if word not in titles} or found


def _nearest(said: str, passages: Sequence[Passage]) -> str:
    marks: list[tuple[int, str]] = []
    wanted = set(words(said, "und"))
    for passage in passages:
        for mark in quotes_of(passage.text, passage.language):
            text = passage.text[mark.start : mark.end]
            marks.append((len(wanted & set(words(text, "und"))), text))
    return max(marks, default=(0, ""))[1]
