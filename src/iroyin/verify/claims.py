"""A free-text claim against source texts: the verdict behind `iroyin verify`.

Each sentence of the claim is measured (`traits.py`) and every rule of `checks.py` is asked; a logistic score with the
weights of `weights.toml`, learned on the development parts named there, says whether the sources support it. Where the
vector model is at hand eight traits decide (`weights_states.toml`), six by code and two by the model. Rules and
shares of words cannot see every reversal of roles, so a verdict is an opinion; a sentence of the desk's own pages is
held to `gate` instead.
"""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from iroyin.languages import detect, find_phrases, split, tidy
from iroyin.model import Finding
from iroyin.ports import States
from iroyin.verify.checks import contradictions
from iroyin.verify.evidence import Passage
from iroyin.verify.traits import RISING, in_order, likeliest, nearest, source_of, traits

NEAR_COPY = 0.8  # share of a sentence's words in the source's order from which such a finding is a changed word
# Findings that refuse a near copy whatever its score: a figure, day, name or quotation put for another, a denial
# lost. The others refused more true claims than false ones on the development part of cliff_goyal21: they only weigh.
_SURE = frozenset({"number", "date", "name", "quote", "negation"})
_LONGEST = 30  # sentences of a claim that are looked at
_SPLIT_FIGURE = re.compile(r"(?<=\d) ([.,]) ?(?=\d)")
_SPLIT_HYPHEN = re.compile(r"(?<=\w) (-) (?=\w)")
_SPLIT_ENDING = re.compile(r"(?<=\w) (n['’]t|['’](?:s|re|ve|ll|d|m))(?!\w)", re.IGNORECASE)
_BRACKETS = re.compile(r"-(?:LRB|RRB|LSB|RSB|LCB|RCB)-", re.IGNORECASE)
_BRACKET_OF = {"lrb": "(", "rrb": ")", "lsb": "[", "rsb": "]", "lcb": "{", "rcb": "}"}
_TYPED_OPENING, _TYPED_CLOSING = re.compile(r"(?:``|` `)\s?"), re.compile(r"\s?''")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim is supported, its score (0 to 1), what speaks against it, the nearest source sentences."""

    supported: bool
    score: float
    findings: tuple[Finding, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each trait speaks for a claim; supported from `threshold` (a score from 0 to 1) on, as a near copy of
    a source sentence from `near_copy` on: it scores high whatever was changed in it.
    """

    worth: Mapping[str, float]
    bias: float
    threshold: float
    near_copy: float

    def enough(self, in_order: float) -> float:
        """The least score of a supported claim that has this share of its words in a source sentence's order."""
        return self.near_copy if in_order >= NEAR_COPY else self.threshold


def verify_claim(claim: str, sources: Sequence[str], language: str = "", states: States | None = None) -> Verdict:
    """The verdict on a claim; one that has no word, or none that the sources have, is never supported.

    With `states` a model's reading of words in context is weighed too.
    """
    claim = joined(claim)
    code = language or detect(claim)[0]
    texts = tuple(text for text in map(joined, sources) if text)
    if not in_order(claim, code) or not texts:
        return Verdict(False, 0.0, (Finding("unsupported", claim),))
    measured = measure(claim, texts, code, states)
    known = weights(states is not None)
    found = worst([each for each, _ in measured])
    score = scored(found, known)
    findings = tuple(finding for _, listed in measured for finding in listed)
    changed = any(each["in order"] >= NEAR_COPY and _SURE & {f.code for f in listed} for each, listed in measured)
    misquoted = any(f.code == "quote" for f in findings) and bool(find_phrases(claim, code, "speech_verbs"))
    source = source_of(texts, code)
    apart = set(in_order(claim, code)).isdisjoint(source.at)
    supported = score >= known.enough(found["in order"]) and not changed and not misquoted and not apart
    evidence = nearest(claim, source, code)
    if not supported and not findings:
        findings = (Finding("unsupported", claim, near=evidence[0] if evidence else ""),)
    return Verdict(supported, round(score, 4), () if supported else findings, evidence)


def measure(
    claim: str, texts: tuple[str, ...], language: str, states: States | None = None
) -> list[tuple[dict[str, float], tuple[Finding, ...]]]:
    """The traits and the findings of each sentence of the claim that has content words."""
    passages = [Passage(text, language) for text in texts]
    source = source_of(texts, language)
    found = []
    for start, end in split(claim, language)[:_LONGEST]:
        sentence = claim[start:end]
        if in_order(sentence, language):
            listed = contradictions(sentence, passages, language)
            seen = traits(sentence, source, listed, language)
            if states is not None:
                seen |= states.traits(sentence, likeliest(sentence, source, language))
            found.append((seen, listed))
    return found


def worst(measured: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Of each trait the value that speaks most against the claim: one unsupported sentence is enough."""
    return {key: (max if key in RISING else min)(found[key] for found in measured) for key in measured[0]}


def scored(found: Mapping[str, float], known: Weights) -> float:
    """The logistic score (0 to 1) of these traits."""
    total = known.bias + sum(worth * found[key] for key, worth in known.worth.items())
    return 1 / (1 + math.exp(-total))


@lru_cache(maxsize=2)
def weights(with_states: bool = False) -> Weights:
    """The weights that come with the program."""
    name = "weights_states.toml" if with_states else "weights.toml"
    data = tomllib.loads(resources.files(__package__).joinpath(name).read_text("utf-8"))
    return Weights(data["traits"], data["bias"], data["threshold"], data.get("near_copy", data["threshold"]))


def joined(text: str) -> str:
    """The tidied text with what a tokeniser took apart whole again: figures, compounds, contractions, brackets, quotes.

    >>> joined("They do n't owe 3 , 800 -LRB- yet -RRB-")
    "They don't owe 3,800 ( yet )"
    """
    text = _SPLIT_HYPHEN.sub(r"\1", _SPLIT_FIGURE.sub(r"\1", tidy(text)))
    text = _BRACKETS.sub(lambda found: _BRACKET_OF[found.group()[1:4].lower()], _SPLIT_ENDING.sub(r"\1", text))
    if "``" in text or "` `" in text:
        text = _TYPED_CLOSING.sub('"', _TYPED_OPENING.sub('"', text))
    return text
