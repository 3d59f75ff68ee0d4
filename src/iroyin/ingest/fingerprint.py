"""MinHash fingerprints: how much of two texts is the same, from 512 bytes each.

Broder, "On the resemblance and containment of documents" (1997); the permutations are rensa's RMinHash.
Fingerprints made with another version or seed are not comparable, so rensa is pinned.
"""

import re
from array import array
from functools import lru_cache

from iroyin.languages import without_spaces

PERMUTATIONS = 128
SEED = 1
WORDS = 3
CHARACTERS = 5

_WORD = re.compile(r"\w+")


def fingerprint(text: str, language: str) -> bytes:
    """The fingerprint of the text, 128 little-endian uint32; b"" for a text without a word.

    Shingles are 3 words, or 5 letters in scripts without spaces; case and punctuation do not count.
    """
    from rensa import RMinHash

    shingles = _shingles(text, language)
    if not shingles:
        return b""
    minhash = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update(shingles)
    return _bytes(array("I", minhash.digest()))


def similarity(a: bytes, b: bytes) -> float:
    """The estimated Jaccard similarity of the two texts' shingles, 0 to 1; 0 when either has none.

    Standard error sqrt(J (1 - J) / 128), at most 0.045.
    """
    if not a or len(a) != len(b):
        return 0.0
    first, second = _digests(a), _digests(b)
    return sum(map(int.__eq__, first, second)) / len(first)


def _shingles(text: str, language: str) -> list[str]:
    words = _WORD.findall(text.casefold())
    if without_spaces(language):
        letters = "".join(words)
        return sorted(
            {letters[i : i + CHARACTERS] for i in range(max(len(letters) - CHARACTERS + 1, bool(letters)))}
        )
    return sorted({" ".join(words[i : i + WORDS]) for i in range(max(len(words) - WORDS + 1, bool(words)))})


def _bytes(digests: "array[int]") -> bytes:
    if _BIG:
        digests.byteswap()
    return digests.tobytes()


@lru_cache(maxsize=4096)
def _digests(data: bytes) -> "array[int]":
    digests = array("I", data)
    if _BIG:
        digests.byteswap()
    return digests


_BIG = array("I", [1]).tobytes()[0] == 0
