"""The parse wrapper: whatever a library raises on hostile bytes becomes a ParseError with a short reason."""

from collections.abc import Iterator
from contextlib import contextmanager

from iroyin.errors import ParseError


@contextmanager
def parsing() -> Iterator[None]:
    """Within, any error of any library becomes ParseError.

    MemoryError passes: it speaks of the process, and the child that has its limit must be replaced.
    """
    try:
        yield
    except (ParseError, MemoryError):
        raise
    # feedparser alone was seen to raise KeyError, fastfeedparser IndexError, lxml ValueError, on bytes from outside.
    except Exception as error:
        raise ParseError(f"unreadable: {type(error).__name__}") from error
