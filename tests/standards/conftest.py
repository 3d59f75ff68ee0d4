"""Machine files of the invented newsroom against the published standards."""

import sys
from pathlib import Path

sys.path[:0] = [
    str(Path(__file__).parent),
    *(str(Path(__file__).parents[1] / name) for name in ("publish", "web")),
]
