"""Text to token ids: Unicode normalisation, the model's own replacements, then a Unigram tokenizer."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from iroyin.adapters.embedders.weights import Weights

CHARACTERS_PER_TOKEN = 16  # text beyond this many characters a token allowed is cut before any work is done on it


class Tokens:
    """The tokenizer of a model. Total: any Python string gives ids, lone surrogates and NULs included."""

    def __init__(self, weights: Weights, *, most: int) -> None:
        from tokenizers import Tokenizer
        from tokenizers.models import Unigram
        from tokenizers.pre_tokenizers import Metaspace

        self._table: dict[int, str] = {0: "", **weights.replacements}
        self._ends = weights.bos, weights.eos
        self._most = most
        self._tokenizer: Any = Tokenizer(Unigram(weights.vocabulary, weights.unknown, byte_fallback=False))
        self._tokenizer.pre_tokenizer = Metaspace(replacement="▁", prepend_scheme="always")

    def clean(self, text: str) -> str:
        """The text as the vocabulary wants it: no surrogates, NFKC, the replacements, single spaces."""
        text = text[: self._most * CHARACTERS_PER_TOKEN].encode("utf-8", "replace").decode("utf-8")
        return " ".join(unicodedata.normalize("NFKC", text).translate(self._table).split())

    def encode(self, texts: Sequence[str], *, prefix: str = "") -> list[list[int]]:
        """The ids of each text between begin and end marks, at most `most` of them besides the marks."""
        first, last = self._ends
        encoded = self._tokenizer.encode_batch_fast([prefix + text for text in texts], add_special_tokens=False)
        return [[first, *found.ids[: self._most], last] for found in encoded]
