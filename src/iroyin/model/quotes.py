"""Quoted words as articles print them, and which of them are one utterance."""

from dataclasses import dataclass

from iroyin.model.articles import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words in one article. `span` lies inside the marks, `within` is the sentence they stand in.

    `speaker` is the fullest name the article gives the one who says it, `role` who that is in the sentence's own
    words ("" when it does not say), `verb` the word of saying. `translated` when the words are in another language
    than the earliest article that has the utterance: which was spoken nobody can tell from the texts.
    """

    span: Span
    within: Span
    text: str
    language: str
    outlet: str
    speaker: str
    role: str = ""
    verb: str = ""
    translated: bool = False


@dataclass(frozen=True, slots=True)
class Utterance:
    """One utterance of one speaker with its variants across outlets, the earliest first."""

    speaker: str
    role: str
    variants: tuple[Quote, ...]
