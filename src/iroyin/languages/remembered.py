"""What was read from a short text is remembered: writer and checks read the same sentences many times."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

LONGEST = 1500  # characters; longer texts are read once as a whole and would only fill the memory
MANY = 8192


def remembered(read: Callable[P, list[T]]) -> Callable[P, list[T]]:
    """The same pure reader with a memory of its newest answers; each caller gets a list of its own."""

    @lru_cache(maxsize=MANY)
    def known(*args: P.args, **kwargs: P.kwargs) -> tuple[T, ...]:
        return tuple(read(*args, **kwargs))

    @wraps(read)
    def reader(*args: P.args, **kwargs: P.kwargs) -> list[T]:
        text = args[0]
        if not isinstance(text, str) or len(text) > LONGEST:
            return read(*args, **kwargs)
        try:
            return list(known(*args, **kwargs))  # type: ignore[arg-type]
        except TypeError:  # an argument that cannot be a key, such as a list of ranges
            return read(*args, **kwargs)

    return reader
