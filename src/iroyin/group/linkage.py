"""Agglomerative clustering of a few units by average linkage, on a matrix of log-odds."""

import numpy as np
from numpy.typing import NDArray

SURE = 3.0  # log-odds of one pair count no further than this: no single pair decides over many
Matrix = NDArray[np.float64]


def clusters(
    odds: Matrix, sizes: NDArray[np.float64], sums: Matrix, *, least: float, centre: float
) -> list[list[int]]:
    """Which units belong together: the nearest pair is joined until none has log-odds of `least`.

    `odds` is symmetric, the mean over the pairs of two units' members; joined units have the mean over all pairs
    (Lance and Williams 1967). To it comes `centre` times what the means (of `sums`, one row a unit) lie nearer than
    the members. Returns the units of each cluster, in the order of their first.
    """
    count = len(odds)
    mean, size, dots = odds.copy(), sizes.astype(np.float64), sums @ sums.T
    parts = {number: [number] for number in range(count)}
    lengths = np.sqrt(np.maximum(np.diag(dots), 1e-12))
    score = mean + centre * (dots / np.outer(lengths, lengths) - dots / np.outer(size, size))
    np.fill_diagonal(score, -np.inf)
    while len(parts) > 1:
        at = int(np.argmax(score))
        one, other = sorted(divmod(at, count))
        if score[one, other] < least:
            break
        parts[one] += parts.pop(other)
        mean[one] = (size[one] * mean[one] + size[other] * mean[other]) / (size[one] + size[other])
        mean[:, one] = mean[one]
        dots[one] += dots[other]
        dots[:, one] += dots[:, other]
        size[one] += size[other]
        lengths[one] = np.sqrt(max(dots[one, one], 1e-12))
        row = mean[one] + centre * (dots[one] / (lengths * lengths[one]) - dots[one] / (size * size[one]))
        row[np.isneginf(score[one])] = -np.inf
        score[one] = score[:, one] = row
        score[other] = score[:, other] = -np.inf
        score[one, other] = score[other, one] = -np.inf
    return [sorted(parts[number]) for number in sorted(parts)]
