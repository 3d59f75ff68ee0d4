"""The speech tests read the invented newsroom of the page tests aloud, out of the store of the web tests."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / name) for name in ("publish", "web", "standards")]
