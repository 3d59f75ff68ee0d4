"""How alike two accounts are, seen from several sides: each view is one number with a name.

Both sides may be an article or a story. Between stories a view is the mean over all pairs of their members (average
linkage, Sokal and Michener 1958), got from sums without looking at the pairs; so placing an article, merging stories
and taking a member out all ask one question.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import KINDS, Account, Scratch
from iroyin.group.columns import Columns, columns, one_language, products

Numbers = NDArray[np.float64]
AT_ONCE = 16_384  # pairs whose views are made in one go
_APART = ("names", "numbers", "places")
_BESIDES = ("vector", "crowd", "words")  # these weigh otherwise between headlines alone, and across languages
VIEWS = (
    "vector",
    "crowd",
    *KINDS,
    *(f"{kind} apart" for kind in _APART),
    "gap",
    "headlines",
    "other language",
    *(f"{name} of headlines" for name in _BESIDES),
    *(f"{name} across languages" for name in _BESIDES),
    "centre",
)


def views(one: Account, others: Sequence[Account], scratch: Scratch) -> Numbers:
    """The views of one account and each of the others, in the order of `VIEWS`.

    `vector`, `words` ... `places`: cosines; `crowd`: mean cosine of both to their ten nearest articles, for where
    much is near, being near says less (as in cross-domain similarity local scaling, Lample et al. 2018); `... apart`:
    1 when both tell some and share none; `gap`: days between them, damped, 1 at a week; `headlines`, `other
    language`: share of the pairs in which a side has no body, and that are in two languages; `centre`: how much
    nearer the means lie than the members do, 0 between two articles.
    """
    (found,) = _between(columns([one]), columns(others), scratch.products(one, others)[None])
    return np.asarray(found)


def views_of_all(accounts: Sequence[Account]) -> Iterator[tuple[slice, Numbers]]:
    """The views of each account and each: some rows and their views (rows x accounts x views), until all are done."""
    there, terms = columns(accounts), products(accounts)
    step = max(1, AT_ONCE // len(accounts))
    for begin in range(0, len(accounts), step):
        rows = slice(begin, begin + step)
        yield rows, _between(columns(accounts[rows]), there, terms[rows])


def _between(here: Columns, there: Columns, terms: NDArray[np.floating]) -> Numbers:
    """The views of each account here and each there, from the inner products of their terms."""
    pairs = np.outer(here.sizes, there.sizes)
    dots = here.vectors @ there.vectors.T
    near = dots / pairs
    crowd = (here.crowd[:, None] + there.crowd) / 2
    words = [terms[:, :, kind] / pairs for kind in range(len(KINDS))]
    apart = [_apart(here, there, terms, KINDS.index(kind)) for kind in _APART]
    gaps = np.maximum(0.0, np.maximum(here.first[:, None] - there.last, there.first - here.last[:, None]))
    bodies = np.outer(here.sizes - here.headlines, there.sizes - there.headlines)
    headlines, foreign = 1 - bodies / pairs, 1 - one_language(here, there) / pairs
    besides = (near, crowd, words[0])
    return np.stack(
        [
            near,
            crowd,
            *words,
            *apart,
            np.log1p(gaps) / np.log(8),
            headlines,
            foreign,
            *(one * headlines for one in besides),
            *(one * foreign for one in besides),
            dots / np.maximum(1e-9, np.outer(here.lengths, there.lengths)) - near,
        ],
        axis=-1,
        dtype=np.float64,
    )


def _apart(here: Columns, there: Columns, terms: NDArray[np.floating], kind: int) -> NDArray[np.bool_]:
    return np.logical_and.outer(here.told[:, kind], there.told[:, kind]) & (terms[:, :, kind] <= 0)
