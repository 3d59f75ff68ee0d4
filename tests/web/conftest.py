"""The web tests serve the invented newsroom of the page tests."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("publish", "standards")]
