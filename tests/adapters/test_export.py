"""The static copy: whole files, no leftovers, nothing outside its folder."""

from pathlib import Path

import pytest

from iroyin.adapters.export import MANIFEST
from iroyin.adapters.export import write_site as write_paths
from iroyin.errors import InputError
from iroyin.model import Page


def write_site(pages: list[Page], folder: Path) -> tuple[int, int, int]:
    kept = {page.path: page for page in pages}
    return write_paths(list(kept), kept.get, folder)


def page(path: str, body: bytes = b"x") -> Page:
    return Page(path, "text/html", body)


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    pages = [page("en/index.html"), page("en/tags/a/index.html")]

    counts = [write_site(p, tmp_path) for p in (pages, pages, [page("en/index.html", b"y")])]

    assert [(2, 0, 0), (0, 2, 0), (1, 0, 1)] == counts
    assert not (tmp_path / "en" / "tags").exists()


def test_a_page_may_stand_where_a_folder_stood(tmp_path: Path) -> None:
    write_site([page("en/a/index.html")], tmp_path)

    write_site([page("en/a")], tmp_path)

    assert (tmp_path / "en" / "a").is_file()


def test_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("news.example.org")

    write_site([page("index.html")], tmp_path)
    write_site([], tmp_path)

    assert ["CNAME"] == sorted(p.name for p in tmp_path.iterdir() if p.name != MANIFEST)


def test_files_of_an_export_that_was_cut_off_are_cleared_up(tmp_path: Path) -> None:
    def cut_off() -> list[Page]:
        (tmp_path / "wall").write_text("a file where a folder is wanted")
        return [page("a.html"), page("wall/b.html")]

    with pytest.raises(InputError):
        write_site(cut_off(), tmp_path)
    assert (tmp_path / "a.html").exists()

    write_site([page("c.html")], tmp_path)

    assert not (tmp_path / "a.html").exists()


@pytest.mark.parametrize("path", ["../victim", "en/../../victim", "/victim"])
def test_nothing_outside_the_folder_is_touched(tmp_path: Path, path: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    site = tmp_path / "site"
    site.mkdir()

    with pytest.raises(InputError, match="leads out"):
        write_site([page(path)], site)
    (site / MANIFEST).write_text("../victim\n")
    with pytest.raises(InputError, match="leads out"):
        write_site([], site)

    assert "mine" == victim.read_text()


def test_a_page_with_the_hash_of_before_is_not_read_again(tmp_path: Path) -> None:
    read: list[str] = []

    def page_at(path: str) -> Page:
        read.append(path)
        return page(path)

    for etags in ({"a": "1", "b": "1"}, {"a": "1", "b": "2"}, {"a": "1", "b": "2"}):
        write_paths(list(etags), page_at, tmp_path, etags=etags)
    (tmp_path / "a").unlink()
    write_paths(["a", "b"], page_at, tmp_path, etags={"a": "1", "b": "2"})

    assert ["a", "b", "b", "a"] == read and (tmp_path / "a").is_file()


def test_a_first_export_writes_over_nobodys_file(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")

    with pytest.raises(InputError, match=r"no export wrote index\.html there"):
        write_site([page("index.html"), page("a.html")], tmp_path)

    assert ["index.html"] == [file.name for file in tmp_path.iterdir()]
    assert "mine" == (tmp_path / "index.html").read_text()
