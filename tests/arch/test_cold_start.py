"""The program starts fast: what it does not need yet is not imported."""

import subprocess
import sys

import pytest

HEAVY = ("numpy", "lxml", "trafilatura", "onnxruntime", "onnx", "sqlalchemy", "starlette", "uvicorn", "httpx2", "babel",
         "py3langid", "dateparser", "jinja2")  # fmt: skip


@pytest.mark.parametrize("module", ["iroyin", "iroyin.model", "iroyin.settings", "iroyin.errors", "iroyin.cli"])
def test_importing_does_not_pull_in_heavy_libraries(module: str) -> None:
    code = f"import sys, {module}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "" == ran.stdout.strip()
