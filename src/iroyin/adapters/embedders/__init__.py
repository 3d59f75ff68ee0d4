"""Texts to vectors: the shipped multilingual model, and character n-grams where it is missing."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from iroyin.ports import Embedder

BUILT_IN = {"e5": "iroyin.adapters.embedders.e5:make", "ngrams": "iroyin.adapters.embedders.ngrams:make"}


def make(name: str, *, cache: Path) -> "Embedder":
    """The embedder of this name: a built-in one ('e5', 'ngrams') or a dotted path 'package.module:make'.

    `make` of a plug-in is called with the folder `cache`. When the model of 'e5' is missing or damaged, a warning
    says so and character n-grams take its place. Raises SettingsError when the name leads nowhere, EmbedderError
    when a plug-in cannot work.
    """
    from iroyin.errors import EmbedderError, SettingsError

    path = BUILT_IN.get(name, name)
    module, _, function = path.partition(":")
    try:
        found = getattr(import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        if name == "e5":
            return _fallback(f"a library of the vector model is missing: {error}", cache)
        raise SettingsError("embed.with", f"{name!r} is not 'e5', 'ngrams' or 'package.module:make'") from error
    try:
        return cast("Embedder", found(cache))
    except EmbedderError as error:
        if name != "e5":
            raise
        return _fallback(str(error), cache)


def _fallback(reason: str, cache: Path) -> "Embedder":
    import structlog

    from iroyin.adapters.embedders import ngrams

    structlog.get_logger("iroyin").warning(
        "vector model missing: using character n-grams; stories are not matched across languages", reason=reason
    )
    return ngrams.make(cache)
