"""Only the guarded fetcher dials out (hardening 65), and no SQL pages by OFFSET (hardening 122)."""

import ast
import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "iroyin"
NETWORK = {"socket", "ssl", "http.client", "http.server", "urllib.request", "ftplib", "smtplib", "poplib", "imaplib",
           "telnetlib", "xmlrpc", "socketserver", "webbrowser", "httpx", "httpx2", "httpcore", "httpcore2", "requests",
           "aiohttp", "urllib3", "websockets", "paramiko"}  # fmt: skip
DIALLING_CALLS = {"fetch_url", "fetch_response", "open_connection", "create_connection", "urlopen", "urlretrieve"}
MAY_DIAL = {"adapters/http.py", "adapters/exchange.py", "adapters/netguard.py", "adapters/post.py",
            "adapters/social/websocket.py"}  # fmt: skip
MAY_LISTEN = {"sample/server.py", "sample/social/server.py", "web/serve.py"}


def imported(code: str) -> set[str]:
    """Every module that is imported, `from a import b` as `a.b` too, with the packages above it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {".".join(name.split(".")[:size]) for name in names for size in range(1, name.count(".") + 2)}


def dials(code: str) -> bool:
    """Whether this source imports network code or calls what a library fetches with."""
    called = {ast.unparse(n.func).rpartition(".")[2] for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Call)}
    return bool(imported(code) & NETWORK or called & DIALLING_CALLS)


@pytest.mark.parametrize(
    "code",
    ["import socket", "import http.client", "from http import client", "from urllib import request", "import httpx2",
     "from urllib.request import urlopen as u", "import trafilatura\ntrafilatura.fetch_url(u)"],
)  # fmt: skip
def test_every_way_out_is_seen(code: str) -> None:
    assert dials(code)


@pytest.mark.parametrize(
    "code", ["from http import HTTPStatus", "from urllib.parse import urlsplit", "import html"]
)
def test_what_dials_nobody_is_let_be(code: str) -> None:
    assert not dials(code)


def test_only_the_guard_and_the_fetcher_dial_out() -> None:
    found = {str(p.relative_to(SOURCE)) for p in SOURCE.rglob("*.py") if dials(p.read_text("utf-8"))}
    assert MAY_DIAL <= found <= MAY_DIAL | MAY_LISTEN


def test_no_paging_by_offset() -> None:
    assert [] == [
        str(p) for p in SOURCE.rglob("*.py") if re.search(r"\.offset\(|\bOFFSET\b", p.read_text("utf-8"))
    ]
