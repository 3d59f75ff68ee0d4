"""Centring: a language's mean vector is taken off, so that texts meet by what they say and not by their language.

Method: multilingual encoders give each language its own offset; removing it is what makes an article and its
counterpart in another language near neighbours (Libovicky, Rosa and Fraser 2020). How `means.npz` was made is
told in `means.md`; it holds one float16 row a language and the rows' mean for all others.
"""

import io
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from iroyin.languages.rules import canonical

ALL = "all"


class Centre:
    """The shipped means. `id` changes with them."""

    def __init__(self, means: Mapping[str, NDArray[np.float32]], *, digest: str) -> None:
        self._means, self.id = means, digest[:8]

    def __contains__(self, language: str) -> bool:
        return canonical(language) in self._means

    def take_off(self, vectors: NDArray[np.float32], languages: Sequence[str]) -> NDArray[np.float32]:
        """Unit rows less the mean of their language, made unit length again; zero rows stay zero."""
        rest = self._means[ALL]
        centred = vectors - np.stack([self._means.get(canonical(language), rest) for language in languages])
        centred[~vectors.any(axis=1)] = 0.0
        return unit(centred)


def shipped() -> Centre:
    """The means that come with the program."""
    content = resources.files(__package__).joinpath("means.npz").read_bytes()
    with np.load(io.BytesIO(content), allow_pickle=False) as table:
        rows = table["means"].astype(np.float32)
        names = [str(name) for name in table["languages"]]
    return Centre(dict(zip(names, rows, strict=True)), digest=sha256(content).hexdigest())


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The rows at length one; a row of zeros stays as it is."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), np.float32)
