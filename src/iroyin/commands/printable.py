"""Foreign text on a terminal: nothing in it may move the cursor, colour the line or turn it round."""

import re

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)


def printable(text: str) -> str:
    """The text as one line, its control characters, line ends and direction marks written as escapes.

    >>> printable("red \\x1b[31malert")
    'red \\\\x1b[31malert'
    """
    return _STEERING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
