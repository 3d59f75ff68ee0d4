"""The words of a page that a machine reads aloud: what the gate let through, in the order of the page."""

import re
from collections.abc import Sequence

from iroyin.model import Brief, Sentence
from iroyin.publish.attribution import attributed
from iroyin.publish.locale import labels

_STOPS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।", "።", "‼", "⁇")
_WIDE = ("zh", "ja")  # languages whose full stop is 。
_QUOTED = "\"'”’»「」』)]"
_WORD = re.compile(r"\S+\s*")


def spoken(brief: Brief) -> tuple[str, ...]:
    """Headline, who wrote and who reads, then lede, body and quotes; one sentence each, its source named as printed.

    Give it a brief as `publish.illustrated` returns it: its sentences are proved. A voice speaks one language: what the
    page quotes in another is left out. Numbers where sources differ and what is unknown stay on the page, whose layout
    says what they are.
    """
    body = (sentence for part in brief.body for sentence in part.sentences)
    own = (one for one in (*brief.lede, *body, *brief.quotes) if one.language == brief.language)
    told = (_said(sentence) for sentence in own)
    return (_closed(brief.headline.text, brief.language), labels(brief.language).say("aids.spoken"), *told)


def pieces(sentences: Sequence[str], most: int) -> tuple[str, ...]:
    """The sentences in order, in texts of at most `most` characters; only a longer sentence is cut, at its words."""
    made = [""]
    for part in (part for sentence in sentences for part in _cut(sentence, most)):
        joined = f"{made[-1]} {part}" if made[-1] else part
        if len(joined) <= most:
            made[-1] = joined
        else:
            made.append(part)
    return tuple(text for text in made if text)


def _said(sentence: Sentence) -> str:
    text = attributed(sentence)
    named = sentence.speaker and sentence.speaker not in text
    return _closed(f"{sentence.speaker}: {text}" if named else text, sentence.language)


def _closed(text: str, language: str) -> str:
    """The text with a full stop where it has none, so that the voice pauses; no line breaks in it."""
    plain = " ".join(text.split())
    if not plain or plain.rstrip(_QUOTED).endswith(_STOPS):
        return plain
    return f"{plain}{'。' if language in _WIDE else '.'}"


def _cut(sentence: str, most: int) -> list[str]:
    """The sentence in parts of at most `most` characters."""
    if len(sentence) <= most:
        return [sentence]
    parts = [""]
    for word in _WORD.findall(sentence):
        if parts[-1] and len(parts[-1]) + len(word.rstrip()) > most:
            parts.append("")
        parts[-1] += word
    return [part[at : at + most].strip() for part in parts for at in range(0, len(part.strip()), most)]
