"""The web tests serve the invented newsroom of the page tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "publish"))
