"""The desk lays a PNG beside each illustration, names it for sharing, and keeps it while the drawing stays."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from stored import NOW, SETTINGS, claimed, stored

from iroyin.adapters.embedders.ngrams import make
from iroyin.adapters.pictures import Cards
from iroyin.adapters.store import SqlStore
from iroyin.desk import Desk, Ports
from iroyin.model import Step

nobody: Any = None  # ports that publishing does not ask


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with stored(tmp_path) as made:
        yield made


def published(store: SqlStore, folder: Path) -> dict[str, bytes]:
    ports = Ports(
        store, nobody, nobody, make(SETTINGS), nobody, lambda: NOW, pictures=Cards("Iroyin", folder=folder)
    )
    desk = Desk(ports, replace(SETTINGS, site_cards=True))
    story, _ = store.reported(limit=1)[0]
    store.enqueue(Step.PUBLISH, story, run_at=NOW)
    desk.publish(claimed(store, Step.PUBLISH, story))
    slug = store.slugs(story)["en"]
    return {
        path: page.body
        for path in store.page_paths()
        if f"en/articles/{slug}/" in path and (page := store.page(path))
    }


def test_a_card_lies_beside_the_drawing_and_is_kept_while_it_stays(store: SqlStore, tmp_path: Path) -> None:
    first = published(store, tmp_path)
    path = next(path for path in first if path.endswith("figure.png"))
    html = next(body for path, body in first.items() if path.endswith("index.html")).decode()

    assert first[path].startswith(b"\x89PNG") and 'property="og:image" content="https://news.example/' in html
    assert "figure.png" in html and 'name="twitter:card"' in html
    assert first[path] == published(store, tmp_path)[path]  # a signature is never the same twice
