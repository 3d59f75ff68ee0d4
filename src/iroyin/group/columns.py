"""Many accounts at once, in columns: what they have in common is counted by a few sums instead of pair by pair."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iroyin.group.account import KINDS, TERM_EDGES, Account

Numbers = NDArray[np.float64]
BLOCK = 4096  # terms that are multiplied in one go


@dataclass(frozen=True, slots=True)
class Columns:
    """One account in each row; the columns are named as in `Account`. `crowd` is the mean of `around`."""

    sizes: Numbers
    vectors: NDArray[np.float32]
    lengths: NDArray[np.float32]
    told: NDArray[np.bool_]
    crowd: NDArray[np.float32]
    headlines: Numbers
    first: Numbers
    last: Numbers
    languages: tuple[Counter[str], ...]


def columns(accounts: Sequence[Account]) -> Columns:
    """The accounts, at least one, in columns."""
    rows = len(accounts)
    vectors = np.concatenate([one.vector for one in accounts]).reshape(rows, -1).astype(np.float32)
    bounds = np.concatenate([one.bounds for one in accounts]).reshape(rows, -1)
    numbers = np.array([(one.size, one.headlines, one.first_at, one.last_at) for one in accounts], np.float64)
    return Columns(
        sizes=numbers[:, 0],
        vectors=vectors,
        lengths=np.sqrt(np.einsum("ij,ij->i", vectors, vectors)),
        told=bounds[:, 1:] > bounds[:, :-1],
        crowd=np.concatenate([one.around for one in accounts]).reshape(rows, -1).mean(axis=1),
        headlines=numbers[:, 1],
        first=numbers[:, 2],
        last=numbers[:, 3],
        languages=tuple(one.languages for one in accounts),
    )


def one_language(here: Columns, there: Columns) -> Numbers:
    """How many pairs of members are in one language: shape here x there."""
    codes = sorted(set().union(*here.languages, *there.languages))
    if len(codes) == 1:
        return np.outer(here.sizes, there.sizes)
    return _counts(here.languages, codes) @ _counts(there.languages, codes).T


def _counts(languages: Iterable[Counter[str]], codes: Sequence[str]) -> Numbers:
    return np.array([[spoken.get(code, 0) for code in codes] for spoken in languages], np.float64)


def products(accounts: Sequence[Account]) -> NDArray[np.float32]:
    """Inner products of the terms of all pairs of accounts, by kind: shape accounts x accounts x kinds.

    Of a pair of the same account twice they say nothing.
    """
    count = len(accounts)
    found = np.zeros((len(KINDS), count, count), np.float32)
    ids = np.concatenate([one.ids for one in accounts])
    order = np.argsort(ids, kind="stable")
    first = np.flatnonzero(np.concatenate([[True], ids[order][1:] != ids[order][:-1]])) if len(ids) else order
    held = np.diff(np.append(first, len(ids)))
    kept = np.repeat(held > 1, held)  # what only one account holds is shared by none
    column = np.cumsum(held > 1).repeat(held)[kept] - 1
    owner = np.arange(count).repeat([len(one.ids) for one in accounts])[order][kept]
    weights = np.concatenate([one.weights for one in accounts])[order][kept]
    edges = np.searchsorted(ids[order][first][held > 1], TERM_EDGES)
    for kind in range(len(KINDS)):
        for begin in range(int(edges[kind]), int(edges[kind + 1]), BLOCK):
            end = min(begin + BLOCK, int(edges[kind + 1]))
            here = slice(*np.searchsorted(column, [begin, end]))
            dense = np.zeros((count, end - begin), np.float32)
            dense[owner[here], column[here] - begin] = weights[here]
            found[kind] += dense @ dense.T
    return np.moveaxis(found, 0, -1)
