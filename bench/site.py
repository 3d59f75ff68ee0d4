"""The site: pages rendered a second, requests answered a second beside nginx, weight of a page, time of an export.

`python bench/site.py [--stories N] [--served N]`. The sample newsroom is told over and over until there are so many
stories: `--stories` to be published, `--served` (pages, briefs and search alone) behind the server. The load comes from
this machine and shares its cores with the server, so the processor time that the server takes a request is printed too:
it does not depend on what else runs. Seconds are of processor time, unless "clock" is said. nginx, when it is
installed, hands out the exported file of the same story.
"""

import argparse
import contextlib
import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as `iroyin` does
from iroyin.adapters.embedders import make as make_embedder
from iroyin.adapters.export import write_site
from iroyin.adapters.store import SqlStore
from iroyin.adapters.store.connect import copy
from iroyin.adapters.store.pages import keep_pages
from iroyin.commands.demo import sample_settings
from iroyin.compose import cache_folder
from iroyin.model import Page, StoryId
from iroyin.press import Press
from iroyin.settings import Settings
from load import load
from many import multiply, sample, served

RESULTS = Path(__file__).parent / "results"
LANGUAGES = ("en", "yo", "ko", "ar", "zh")
CHANGED = 100


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=1000, help="at least this many")
    parser.add_argument("--served", type=int, default=100_000, help="at least this many, behind the server")
    parser.add_argument("--sample", type=Path, help="folder of a demo that was run already")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.sample:
            copy(asked.sample / "iroyin.db", folder / "iroyin.db")
        database, crowded = sample(folder), folder / "crowded.db"
        copy(database, crowded)
        heavy = _heaviest(crowded)
        stories = multiply(database, asked.stories)
        settings = replace(sample_settings(database, web_port=1, port=8000), desk_languages=LANGUAGES)
        found: dict[str, Any] = {"stories": stories, "languages": len(LANGUAGES)}
        with SqlStore(database, clock=lambda: now_of(settings)) as store:
            press = Press(store, settings, embedder=make_embedder(settings.embed_with, cache=cache_folder()).id)
            found |= _rendering(store, press, settings, folder / "public")
        found["served_stories"] = served(crowded, asked.served)
        found |= _serving(crowded, folder, heavy)
    print(json.dumps(found, indent=1))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "site.json").write_text(json.dumps(found, indent=1) + "\n", "utf-8")


def now_of(settings: Settings) -> datetime:
    """The desk's time."""
    return settings.now(datetime.now(UTC))


def _rendering(store: SqlStore, press: Press, settings: Settings, public: Path) -> dict[str, Any]:
    """Everything is published and exported, then a hundred stories change."""
    now, ids = now_of(settings), [StoryId(one) for one, _ in store.reported(limit=10_000)]
    began = time.process_time()
    press.story_pages(ids[0], now=now)
    cold = time.process_time() - began
    began, pages = time.process_time(), 0
    for story_id in ids:
        made = press.story_pages(story_id, now=now)
        pages += sum(page.path.endswith(".html") for page in made.pages)
        _keep(store, made.pages)
    warm = pages / (time.process_time() - began)
    began = time.process_time()
    index = press.index_pages(now=now)
    _keep(store, index, press.prefixes())
    indexes = time.process_time() - began
    clock = time.perf_counter()
    began = time.process_time()
    written, _, _ = write_site(store.page_paths(), store.page, public, etags=store.page_etags())
    export, export_clock = time.process_time() - began, time.perf_counter() - clock
    return {
        "first_story_seconds": round(cold, 3),
        "story_pages_a_second": round(warm, 1),
        "index_pages": len(index),
        "index_seconds": round(indexes, 2),
        "export_files": written,
        "export_seconds": round(export, 2),
        "export_clock_seconds": round(export_clock, 2),
        **_increment(store, press, ids[:CHANGED], public, now),
    }


def _keep(store: SqlStore, pages: Sequence[Page], prefixes: Sequence[str] = ()) -> None:
    """Keep pages as the desk does, without its queue."""
    with store._writer.begin() as connection:
        keep_pages(connection, pages, prefixes=prefixes)


def _increment(store: SqlStore, press: Press, ids: list[StoryId], public: Path, now: datetime) -> dict[str, Any]:
    """A hundred stories published anew, all lists, and the export of what changed."""
    clock, began = time.perf_counter(), time.process_time()
    for story_id in ids:
        made = press.story_pages(story_id, now=now)
        _keep(store, made.pages)
    index = press.index_pages(now=now)
    _keep(store, index, press.prefixes())
    write_site(store.page_paths(), store.page, public, etags=store.page_etags())
    return {
        f"increment_of_{CHANGED}_seconds": round(time.process_time() - began, 2),
        f"increment_of_{CHANGED}_clock_seconds": round(time.perf_counter() - clock, 2),
    }


def _heaviest(database: Path) -> str:
    """The path of the longest story page in English."""
    with SqlStore(database) as store:
        stories = [p for p in store.page_paths() if p.startswith("en/articles/") and p.endswith("index.html")]
        return max(stories, key=lambda path: len(page.body) if (page := store.page(path)) else 0)


def _serving(database: Path, folder: Path, heavy: str) -> dict[str, Any]:
    """Requests a second for the kinds of answers, and for the same story from nginx."""
    with SqlStore(database) as store:
        style = next(p for p in store.page_paths() if p.startswith("static/page.") and p.endswith("css"))
        bodies = {kind: store.page(path) for kind, path in (("html", heavy), ("css", style))}
    story = "/" + quote(heavy.removesuffix("/index.html"))
    asked = {"front": "/en/", "story": story, "search": "/en/search?q=president", "feed": "/en/feed.atom"}
    found: dict[str, Any] = {"heaviest_story": {k: _weight(p.body) for k, p in bodies.items() if p}}
    with _server(database) as (port, process):
        for kind, path in asked.items():
            load(f"http://127.0.0.1:{port}{path}", seconds=0.5)
            ticks = _ticks(process)
            got = load(f"http://127.0.0.1:{port}{path}")
            got["server_ms_a_request"] = round(1000 * (_ticks(process) - ticks) / got["requests"], 3)
            found[kind] = got
    with _nginx(folder / "public", folder) as port:
        if port:
            found["story_from_nginx"] = load(f"http://127.0.0.1:{port}{story}/")
            found["story_beside_nginx"] = round(
                found["story"]["per_second"] / found["story_from_nginx"]["per_second"], 3
            )
    return found


def _weight(body: bytes) -> dict[str, int]:
    return {"bytes": len(body), "gzip": len(gzip.compress(body, 6))}


def _ticks(process: int) -> float:
    """Seconds of processor time a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def _server(database: Path) -> Iterator[tuple[int, int]]:
    """The live server on this database in a process of its own: its port and number."""
    port = _free()
    config = database.with_name("iroyin.toml")
    listed = ", ".join(f'"{code}"' for code in LANGUAGES)
    config.write_text(f'[desk]\ndatabase = "{database}"\nlanguages = [{listed}]\n', "utf-8")
    command = [sys.executable, "-m", "iroyin", "serve", "--config", str(config), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def _nginx(public: Path, folder: Path) -> Iterator[int]:
    """nginx over the exported files on a port of its own; 0 when it is not installed."""
    program = shutil.which("nginx")
    if not program:
        yield 0
        return
    port, config = _free(), folder / "nginx.conf"
    config.write_text(
        f"worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log stderr crit; user root;\n"
        "events { worker_connections 256; }\n"
        "http { access_log off; types { text/html html; } keepalive_requests 1000000;\n"
        f"server {{ listen 127.0.0.1:{port}; root {public}; index index.html; }} }}\n"
    )  # no compression on the way: the file goes out as it lies there
    process = subprocess.Popen([program, "-c", str(config), "-p", str(folder)])
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _free() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def _wait(port: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("the server did not begin to listen")


if __name__ == "__main__":
    main()
