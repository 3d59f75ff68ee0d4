"""What a person may get wrong at the command line: one clear line, exit code 1 (2 for usage), nothing made or lost."""

import gzip
import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import ARTICLES, Run

FILES = {
    "empty": b"",
    "binary": bytes(range(256)) * 8,
    "packed.gz": gzip.compress(b'{"id": 1}\n' * 99)[:-20],
    "list.jsonl": b"[1]\n[2]\n",
    "no-feeds.opml": b'<opml version="2.0"><body><outline text="x"/></body></opml>',
    "no.toml": b"desk = ",
    "unknown.toml": b"[desk]\ncolour = 1\n",
    "text.toml": b'[site]\nport = "high"\n',
    "port.toml": b"[site]\nport = 70000\n",
    "none.toml": b"[desk]\nlanguages = []\n",
    "odd.toml": b'[desk]\nlanguages = ["../en"]\n',
    "clock.toml": b'[desk]\nnow = "noon"\n',
    "klingon.toml": b'[desk]\nlanguages = ["tlh"]\n',
    "writer.toml": b'[write]\nwith = "no_such_module:make"\n',
    "damaged.db": b"this is no database" * 99,
}
READ = ("missing", "folder", "empty", "binary", "packed.gz", "list.jsonl")
REFUSED = [
    *((["import", name], name) for name in READ),
    *((["group", name, "-o", "out"], name) for name in READ),
    *((["write", name, "-o", "out", "--lang", "en"], name) for name in READ),
    *((["verify", name, "-o", "out"], name) for name in READ),
    *((["extract", name], name) for name in ("missing", "folder", "empty")),
    *((["feed", "import", name], name) for name in ("missing", "folder", "empty", "binary", "no-feeds.opml")),
    *((["once", "-c", name], "cannot be read as settings") for name in ("missing", "folder", "binary", "no.toml")),
    (["once", "-c", "unknown.toml"], "'desk.colour': is not a setting"),
    (["once", "-c", "text.toml"], "'site.port': must be a whole number, not 'high'"),
    (["once", "-c", "port.toml"], "'site.port': must be at most 65535"),
    (["once", "-c", "none.toml"], "'desk.languages': must be a list of language codes"),
    (["once", "-c", "odd.toml"], "'desk.languages': must be a list of language codes"),
    (["run", "-c", "clock.toml"], "'desk.now': must be a time"),
    (["run", "-c", "klingon.toml"], "there are no labels for pages in tlh"),
    (["write", ARTICLES, "-o", "out", "--lang", "en", "-c", "writer.toml"],
     "'write.with': 'no_such_module:make' cannot be loaded"),
    (["group", ARTICLES, "-o", "no/such/folder/out"], "cannot be written"),
    (["group", ARTICLES, "-o", "folder"], "cannot be written"),
    (["write", ARTICLES, "-o", "out", "--lang", "?"], "is not a language code"),
    (["init", "--languages", "tlh"], "no feeds for tlh; the catalogue has am, ar"),
    (["init", "--languages", "en", "--sections", "gossip"], "no feeds for gossip; the catalogue has business"),
    (["init", "--languages", ","], "no feeds for nothing"),
    (["init", "--languages", "en", "-c", "empty"], "exists already; --force writes over it"),
    (["init", "--languages", "en", "-c", "no/such/folder/x.toml"], "cannot be written"),
    (["feed", "add", "example.org/feed"], "is not an address of a feed"),
    (["feed", "add", "file:///etc/passwd"], "is not an address of a feed"),
    (["feed", "add", "https://me:secret@example.org/feed"], "is not an address of a feed"),
    (["feed", "add", "https://example.org/feed", "--section", "gossip"], "is not a section; there are world"),
    (["feed", "add", "https://example.org/feed", "--language", "?"], "is not a language code"),
    *((arguments, "there is no database at var/iroyin.db") for arguments in (
        ["feed", "list"], ["feed", "remove", "https://example.org/feed"], ["feed", "export", "out"],
        ["feed", "check"], ["backup", "out"], ["export", "out"],
    )),
    (["serve", "--port", "70000"], "must be between 1 and 65535"),
    (["demo", "--folder", "empty", "--once"], "empty"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _files(_in_an_empty_folder: None) -> None:
    for name, body in FILES.items():
        Path(name).write_bytes(body)
    Path("folder").mkdir()


@pytest.mark.parametrize(("arguments", "expected"), REFUSED, ids=str)
def test_one_line_says_what_is_wrong(run: Run, arguments: list[object], expected: str) -> None:
    before = sorted(Path().rglob("*"))
    ran = run(*arguments)
    refusals = [line for line in ran.err.splitlines() if line.startswith("iroyin: ")]
    assert (1, 1, "") == (ran.code, len(refusals), ran.out)
    assert expected in refusals[0]
    assert "Traceback" not in ran.err
    assert before == sorted(Path().rglob("*"))


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["import"], ["group", "x"], ["init"], ["serve", "--port", "high"], ["feed", "--x"]]
)
def test_wrong_usage_is_exit_code_2(run: Run, arguments: list[str]) -> None:
    assert 2 == run(*arguments).code


def test_a_damaged_database_and_one_of_a_newer_version_are_left_as_they_are(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pysqlite3

    assert 0 == run("import", ARTICLES, "--no-publish").code
    with pysqlite3.connect("var/iroyin.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    ran = run("once")
    assert (1, True) == (ran.code, "made by a newer Iroyin (schema 9999): update the program" in ran.err)
    ran = run("demo", "--folder", "var", "--once")
    assert (1, True) == (ran.code, "name another --folder" in ran.err)
    monkeypatch.setenv("IROYIN_DESK_DATABASE", "damaged.db")
    ran = run("once")
    assert (1, True) == (ran.code, "damaged.db cannot be opened" in ran.err)
    assert FILES["damaged.db"] == Path("damaged.db").read_bytes()


def test_the_demo_never_begins_anew_over_a_real_newsroom(run: Run) -> None:
    assert 0 == run("feed", "add", "https://example.org/feed").code
    ran = run("demo", "--folder", "var", "--once")
    assert (1, True) == (ran.code, "is not a sample's database: name another --folder" in ran.err)
    assert "https://example.org/feed" in run("feed", "list").out


def test_a_backup_is_whole_and_never_the_database_itself(run: Run) -> None:
    run("import", ARTICLES, "--no-publish")
    assert 1 == run("backup", "var/iroyin.db").code
    assert 1 == run("backup", "folder").code
    assert 0 == run("backup", "kept/copy.db").code
    before = Path("kept/copy.db").read_bytes()
    again = run("backup", "kept/copy.db")
    assert (1, True) == (again.code, "is there already" in again.err)
    assert before == Path("kept/copy.db").read_bytes()
    Path("copy.toml").write_text('[desk]\ndatabase = "kept/copy.db"\n')
    assert "article: 6" in run("doctor", "-c", "copy.toml").out


def test_a_port_in_use_is_refused_in_one_line(run: Run) -> None:
    run("import", ARTICLES)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        # A process of its own: the server's library panics on a port in use, which no test should live through.
        line = [sys.executable, "-m", "iroyin", "serve", "--port", str(port)]
        ran = subprocess.run(line, capture_output=True, text=True, check=False, timeout=60)
    assert (1, 1) == (ran.returncode, len(ran.stderr.splitlines()))
    assert f"cannot listen on 127.0.0.1:{port}" in ran.stderr


def test_export_writes_files_only_when_there_is_a_site(run: Run) -> None:
    run("import", ARTICLES, "--no-publish")
    assert "nothing has been published yet" in run("export", "public").err
    assert not Path("public").exists()
    run("once")
    assert 0 == run("export", "public").code
    assert Path("public/robots.txt").is_file()
    assert "File exists" in run("export", "empty").err


def test_a_name_with_quotes_and_line_ends_makes_settings_that_load(run: Run) -> None:
    assert 0 == run("init", "--languages", "yo", "--name", 'Ìròyìn "now"\n[evil]\\').code
    assert "ok   settings: site in yo" in run("doctor").out


def test_a_language_without_labels_is_read_and_not_printed(run: Run) -> None:
    ran = run("init", "--languages", "en,am")
    assert (0, True) == (ran.code, "am: read as sources, but there are no labels yet" in ran.err)
    assert "ok   settings: site in en," in run("doctor").out
    assert any(line.split("\t")[1] == "am" for line in run("feed", "list").out.splitlines())


def test_opml_comes_back_as_it_was(run: Run) -> None:
    run("feed", "add", "https://example.org/feed", "--language", "yo", "--title", "Ìròyìn <b>&amp;</b>")
    before = run("feed", "list").out
    assert 0 == run("feed", "export", "feeds.opml").code
    assert 0 == run("feed", "remove", "https://example.org/feed").code
    assert 0 == run("feed", "import", "feeds.opml").code
    assert before == run("feed", "list").out


def test_doctor_answers_without_a_database(run: Run) -> None:
    ran = run("doctor")
    assert 1 == ran.code
    assert "bad  there is no database at var/iroyin.db" in ran.out
    assert not Path("var").exists()


def test_a_full_row_of_odd_values_never_stops_an_import(run: Run) -> None:
    odd = [None, True, -1, 1.5, "", "\ud800", "\x00\x1b[2J", [], {}, "9" * 5000, "<b>&lt;", "\u202e" * 20]
    names = ("id", "lang", "title", "text", "published_at", "source", "url")
    good = json.loads(ARTICLES.read_text("utf-8").splitlines()[0])
    rows = [good | {"id": f"r{n}-{m}"} | {name: value}
            for n, name in enumerate(names) for m, value in enumerate(odd)]  # fmt: skip
    lines = [json.dumps(row) for row in rows] + ['{"id": NaN, "title": Infinity}', '{"a":' * 5000]
    Path("in.jsonl").write_text("\n".join(lines), "utf-8")
    ran = run("import", "in.jsonl")
    assert 0 == ran.code
    assert "\x1b" not in ran.err + ran.out
    assert "lines: left out" in ran.err
    assert "0 new" in run("import", "in.jsonl").out


def test_the_doctor_tells_of_a_folder_of_fonts_that_is_not_there(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", ARTICLES, "--no-publish")
    monkeypatch.setenv("IROYIN_SITE_FONTS", "no/such")
    ran = run("doctor")
    assert (1, True) == (ran.code, "bad  fonts (site.fonts): no/such: there is no such folder" in ran.out)
