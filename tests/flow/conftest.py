"""The whole flow is held against the standards too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "standards"))
