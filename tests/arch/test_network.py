"""Only the guarded fetcher dials out (hardening 65), and no SQL pages by OFFSET (hardening 122)."""

import ast
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "iroyin"
NETWORK = {"socket", "ssl", "http", "httpx", "httpx2", "httpcore2", "urllib.request", "requests", "aiohttp", "urllib3"}
MAY_DIAL = {"adapters/http.py", "adapters/exchange.py", "adapters/netguard.py"}
MAY_LISTEN = {"sample/server.py", "web/serve.py"}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_only_the_guard_and_the_fetcher_import_network_code() -> None:
    dialling = {
        str(path.relative_to(SOURCE))
        for path in SOURCE.rglob("*.py")
        if any(name in NETWORK or name.split(".")[0] in NETWORK - {"http"} for name in imported(path))
    }
    assert dialling <= MAY_DIAL | MAY_LISTEN


def test_no_paging_by_offset() -> None:
    assert [] == [str(p) for p in SOURCE.rglob("*.py") if ".offset(" in p.read_text("utf-8")]
