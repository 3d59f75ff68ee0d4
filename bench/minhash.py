"""The peer of lineage: MinHash, how much of two texts is the same, estimated from their shingles.

Broder, "On the resemblance and containment of documents" (1997); the permutations are rensa's RMinHash.
"""

import re

from rensa import RMinHash

from iroyin.languages import without_spaces

PERMUTATIONS, SEED = 128, 1
WORDS, CHARACTERS = 3, 5  # of a shingle
_WORD = re.compile(r"\w+")


def fingerprint(text: str, language: str) -> list[int]:
    """The least hashes of the text's shingles; nothing for a text without a word."""
    words = _WORD.findall(text.casefold())
    if without_spaces(language):
        words, size, between = list("".join(words)), CHARACTERS, ""
    else:
        size, between = WORDS, " "
    if not words:
        return []
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update(sorted({between.join(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}))
    return list(minhash.digest())


def similarity(one: list[int], other: list[int]) -> float:
    """The estimated Jaccard similarity, 0 to 1, with a standard error of at most 0.045."""
    same = sum(a == b for a, b in zip(one, other, strict=False))
    return same / PERMUTATIONS
