"""The words that name an outlet around a sentence that stands on its word alone."""

from iroyin.languages import rules
from iroyin.model import Sentence


def lead_in(sentence: Sentence) -> tuple[str, str]:
    """What is printed before and after the sentence, by its language's own template; the sentence stays whole."""
    if not sentence.attribution:
        return "", ""
    before, _, after = rules(sentence.language).attribution.partition("{sentence}")
    return before.replace("{outlet}", sentence.attribution), after.replace("{outlet}", sentence.attribution)
