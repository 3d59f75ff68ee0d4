"""Who bears which name: one key and kind for each name of a story, whichever language spells it.

Names of several scripts are one when their skeletons are (`languages.romanise`): within one story two people whose
names have the same three consonants or more are hardly ever two. Between stories nothing is guessed: there the key
of the Latin spelling joins, or none.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from iroyin.languages import Name, fold, subject_ranges, tidy
from iroyin.languages.kinds import LIKELY, kind_clues
from iroyin.languages.romanise import is_latin, romanised, skeleton
from iroyin.model import Article, Dossier, TagKind
from iroyin.write.candidates import names_of

LEADS = 6  # sentences after the title whose names may be tags
_FEWEST = 3  # consonants by which names of two scripts are told to be one
_ENOUGH = 2  # points that make a kind


@dataclass(slots=True)
class Bearer:
    """What the story's texts show of one name: its spellings, and what speaks for each kind."""

    spelled: Counter[str] = field(default_factory=Counter)
    clues: Counter[TagKind] = field(default_factory=Counter)

    def best(self) -> str:
        """The spelling the key is made of: a Latin one if there is any, the most common, the shortest, the first."""
        return min(self.spelled, key=lambda text: (not is_latin(text), -self.spelled[text], len(text), text))

    @property
    def kind(self) -> TagKind:
        """The kind that most speaks for; a plain name when nothing does, or as much for another."""
        ranked = self.clues.most_common(2)
        if not ranked or ranked[0][1] < _ENOUGH or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return TagKind.NAME
        return ranked[0][0]

    def take(self, other: "Bearer") -> None:
        """Add another's spellings and clues."""
        self.spelled += other.spelled
        self.clues += other.clues


@dataclass(frozen=True, slots=True)
class Named:
    """The key and kind that a name has in this story; `full` is the name key it belongs to (its own or a fuller),
    `latin` whether some source spells it in Latin letters.
    """

    key: str
    kind: TagKind
    full: str
    latin: bool


def naming(dossier: Dossier) -> Mapping[str, Named]:
    """Each name key of the story's titles and first sentences, in any language, to its bearer's key and kind."""
    bearers: dict[str, Bearer] = defaultdict(Bearer)
    for article in dossier.articles:
        for text in lead_sentences(article):
            for name in names_of(text, article.language):
                if not covered(name, text, article.language):
                    bearers[name.key].spelled[name.text] += 1
                    bearers[name.key].clues += kind_clues(text, name, article.language)
    fuller = _by_last_word(bearers)
    merged: dict[str, Bearer] = defaultdict(Bearer)
    for key, bearer in bearers.items():
        merged[fuller.get(key, key)].take(bearer)
        if key in fuller:
            merged[fuller[key]].clues[TagKind.PERSON] += LIKELY
    across = _by_skeleton(merged)
    joined: dict[str, Bearer] = defaultdict(Bearer)
    for key, bearer in merged.items():
        joined[across.get(key, key)].take(bearer)
    found = {}
    for key in bearers:
        full = fuller.get(key, key)
        bearer = joined[across.get(full, full)]
        spelled = _full_spelling(bearer)
        found[key] = Named(f"{bearer.kind}-{romanised(spelled)}", bearer.kind, full, is_latin(spelled))
    return found


def lead_sentences(article: Article) -> Iterator[str]:
    """The title and the first sentences."""
    for start, end in article.sentences[: LEADS + 1]:
        yield tidy(article.text[start:end])


def covered(name: Name, text: str, language: str) -> bool:
    """Whether the name is that of a country, organisation or topic which has a key of its own."""
    return any(start <= name.start and name.end <= end for start, end, _ in subject_ranges(text, language))


def _full_spelling(bearer: Bearer) -> str:
    """The most common Latin spelling of two words or more, where "Tinubu" alone is more common than the full name."""
    full = {text: count for text, count in bearer.spelled.items() if " " in text}
    latin = {text: count for text, count in full.items() if is_latin(text)}
    chosen = latin or (full if not any(map(is_latin, bearer.spelled)) else {})
    return min(chosen, key=lambda text: (-chosen[text], len(text), text)) if chosen else bearer.best()


def _is_personal(text: str, bearer: Bearer) -> bool:
    """Whether it may be a given name and a surname: words with capitals alone, and no organisation's."""
    words = text.split()
    return len(words) > 1 and all(word[0].isupper() for word in words) and not bearer.clues[TagKind.ORGANISATION]


def _by_last_word(bearers: Mapping[str, Bearer]) -> dict[str, str]:
    """Names of one word to the one name of more words that ends in it: "Vaitiare" to "Noémie Vaitiare".

    A place that is called so is no surname.
    """
    ending: dict[str, set[str]] = defaultdict(set)
    for key, bearer in bearers.items():
        for text in bearer.spelled:
            if _is_personal(text, bearer):
                ending[fold(text.split()[-1])].add(key)
    found = {}
    for key, bearer in bearers.items():
        single = not any(" " in text for text in bearer.spelled)
        fuller = {full for text in bearer.spelled for full in ending.get(fold(text), ())} - {key}
        if single and len(fuller) == 1 and not bearer.clues[TagKind.PLACE]:
            found[key] = next(iter(fuller))
    return found


def _by_skeleton(bearers: Mapping[str, Bearer]) -> dict[str, str]:
    """Name keys to that of the same name in Latin script, else in the first of the other scripts."""
    bones: dict[str, set[str]] = defaultdict(set)
    for key, bearer in bearers.items():
        text = bearer.best()
        bones[skeleton(text)].add(key)
        if is_latin(text) and _is_personal(text, bearer):
            bones[skeleton(text.split()[-1])].add(key)
    found = {}
    for key, bearer in bearers.items():
        bone = skeleton(bearer.best())
        if len(bone) < _FEWEST or is_latin(bearer.best()):
            continue
        latin = sorted(other for other in bones[bone] if is_latin(bearers[other].best()))
        if len(latin) == 1:
            found[key] = latin[0]
        elif not latin:
            found[key] = min(bones[bone], key=lambda other: (romanised(bearers[other].best()), other))
    return found
