"""The words that name an outlet around a sentence that stands on its word alone."""

from iroyin.languages import rules
from iroyin.model import Brief, Sentence


def lead_in(sentence: Sentence) -> tuple[str, str]:
    """What is printed before and after the sentence, by its language's own template; the sentence stays whole."""
    if not sentence.attribution:
        return "", ""
    before, _, after = rules(sentence.language).attribution.partition("{sentence}")
    return before.replace("{outlet}", sentence.attribution), after.replace("{outlet}", sentence.attribution)


def attributed(sentence: Sentence) -> str:
    """The sentence with the words that name its outlet, as plain text."""
    before, after = lead_in(sentence)
    return f"{before}{sentence.text}{after}"


def gap(language: str) -> str:
    """What stands between two sentences: a space, or nothing where words are not spaced."""
    return " " if rules(language).spaces else ""


def opening(brief: Brief, sentences: int = 2) -> str:
    """The first sentences of the lede with their outlets, as a card, a feed or a search result prints them."""
    return gap(brief.language).join(attributed(s) for s in brief.lede[:sentences])
