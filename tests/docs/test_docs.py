"""What the documents say is what the program does: printed pages are printed anew, names are looked up."""

import importlib.util
import inspect
import re
import tomllib
from collections.abc import Iterator
from math import log2
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import pytest

from iroyin import errors, ports, ports_reaction, ports_site
from iroyin.group import rank, relate, section
from iroyin.settings import rows

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
SHORT = ("limits.md", "security.md", "operations.md", "ports.md", "../CONTRIBUTING.md")
LINK = re.compile(r"\]\(([^)#:]+)\)")
NAMED_FILE = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:py|toml|md|lock|po))`")
PACKAGES = ("ingest", "languages", "group", "write", "verify", "publish", "adapters", "web", "commands", "model")


def read(path: str) -> str:
    return (DOCS / path).read_text("utf-8")


def printer(name: str) -> ModuleType:
    """A script of docs/ as a module."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands() -> list[tuple[str, Any]]:
    return list(printer("make_commands").commands())


@pytest.mark.parametrize(("script", "page"), [("make_settings", "settings.md"), ("make_commands", "commands.md")])
def test_a_printed_page_is_as_it_would_be_printed_now(script: str, page: str) -> None:
    assert printer(script).page() == read(page), f"run: python docs/{script}.py > docs/{page}"


def test_the_readme_names_every_command_and_the_two_that_matter() -> None:
    readme = read("../README.md")
    named = set(re.findall(r"iroyin [a-z]+", readme.replace("\\|", "|")))
    for group, listed in re.findall(r"`(iroyin [a-z]+) ([a-z|\\]+)`", readme):
        named |= {f"{group} {one.strip()}" for one in listed.replace("\\", "").split("|")}
    missing = [path for path, _ in commands() if path not in named]
    assert ([], True, True) == (missing, "make demo" in readme, "make test" in readme)


@pytest.mark.parametrize(
    ("path", "command"), commands(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_help_of_each_command_ends_with_an_example_that_parses(path: str, command: Any) -> None:
    examples = re.findall(r"Example: `(.+)`", command.help)
    assert 1 == len(examples)
    assert examples[0].startswith(path)
    command.make_context(path, examples[0].removeprefix(path).split())


def classes(module: ModuleType) -> Iterator[tuple[str, type]]:
    for name, found in inspect.getmembers(module, inspect.isclass):
        if found.__module__ == module.__name__:
            yield name, found


def test_every_error_is_drawn_in_the_tree_under_its_parent() -> None:
    drawn: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"([│├└─ ]*)([A-Z]\w+)(?:\s{2,}|$)", line)
        if found:
            depth = len(found[1])
            above = [one for one in above if one[0] < depth]
            drawn[found[2]] = above[-1][1] if above else "Exception"
            above.append((depth, found[2]))
    assert {name: found.__mro__[1].__name__ for name, found in classes(errors)} == drawn


def test_every_port_is_a_row() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", read("ports.md"), re.M))
    every = [one for module in (ports, ports_reaction, ports_site) for one in classes(module)]
    assert {name for name, found in every if Protocol in found.__bases__} == told


def test_every_dependency_is_a_row() -> None:
    table = tomllib.loads(read("../pyproject.toml"))["project"]
    told = {name.strip() for row in re.findall(r"^\| ([\w, -]+) \|", read("dependencies.md"), re.M)
            for name in row.split(",")} - {"Library"}  # fmt: skip
    assert {re.split(r"[<>=~\[]", one)[0] for one in table["dependencies"]} == told
    tools = {re.split(r"[<>=~\[]", one)[0] for group in table["optional-dependencies"].values() for one in group}
    assert [] == [name for name in tools if not name.startswith("types-") and name not in read("dependencies.md")]


@pytest.mark.parametrize(
    "page", ["tour.md", "ports.md", "limits.md", "security.md", "../CONTRIBUTING.md", "../README.md"]
)
def test_every_file_that_is_named_exists(page: str) -> None:
    text = read(page)
    linked = [target for target in LINK.findall(text) if not (DOCS / page).parent.joinpath(target).exists()]
    places = [ROOT, ROOT / "src" / "iroyin", DOCS, *(ROOT / "src" / "iroyin" / name for name in PACKAGES)]
    named = {name for name in NAMED_FILE.findall(text) if name not in {"xx.toml", "iroyin.toml"}}
    lost = [name for name in named if not any((place / name).exists() for place in places)]
    assert ([], []) == (linked, lost)


@pytest.mark.parametrize("page", ["limits.md", "operations.md", "security.md"])
def test_every_setting_that_is_named_exists(page: str) -> None:
    sections = {name.partition(".")[0] for name, *_ in rows()}
    named = {name for name in re.findall(r"`(\w+\.\w+)", read(page)) if name.partition(".")[0] in sections}
    assert set() == named - {name for name, *_ in rows()}


def test_the_limits_are_the_defaults() -> None:
    defaults = {name: default for name, _, default, _ in rows()}
    told = read("limits.md")
    for name, shown in {
        "fetch.deadline": "30 s", "fetch.connect": "5 s", "fetch.read": "10 s", "fetch.redirects": "5,",
        "fetch.host_delay": "2 s apart", "fetch.workers": "16", "feeds.entries": "500", "feeds.max_age_days": "30 days",
        "parse.cpu": "5 s of CPU", "parse.wall": "20 s on", "parse.children": "2;", "parse.documents": "500",
        "group.window_days": "7 days", "write.words_per_source": "120", "jobs.attempts": "3 attempts",
    }.items():  # fmt: skip
        row = next(line for line in told.splitlines() if f"`{name}`" in line)
        assert shown in row
        assert float(re.search(r"[\d.]+", shown)[0]) == float(defaults[name])  # type: ignore[index]
    assert ("15 MiB" in told, "8 MiB" in told) == (
        defaults["fetch.feed_bytes"] == 15 * 2**20, defaults["fetch.page_bytes"] == 8 * 2**20,
    )  # fmt: skip


@pytest.mark.parametrize("page", SHORT)
def test_a_page_stays_short(page: str) -> None:
    assert len(read(page).splitlines()) < 80


def test_the_writer_of_the_ports_page_writes_what_the_gate_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip # noqa: E501
    from iroyin.cli import main

    code = re.search(r"```python\n(.*?)```", read("ports.md"), re.S)
    assert code
    head = "from iroyin.model import Draft, EvidenceKind, Sentence\n"
    (tmp_path / "headlines_only.py").write_text(head + code[1], "utf-8")
    (tmp_path / "iroyin.toml").write_text('[write]\nwith = "headlines_only:make"\n')
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    story = ROOT / "tests" / "data" / "commands" / "articles.jsonl"
    (tmp_path / "story.jsonl").write_text("".join(story.read_text("utf-8").splitlines(keepends=True)[:2]), "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["write", "story.jsonl", "-o", "brief.json", "--lang", "en"])
    assert 0 == ended.value.code
    assert '"writer": "headlines-only/1"' in (tmp_path / "brief.json").read_text("utf-8")


def constants(text: str) -> dict[str, float]:
    """The constants of the front page's formula as a text prints them."""
    weight, half_life = re.findall(
        r"log2\(1 \+ newsrooms\) \*\* ([\d.]+) \* 0\.5 \*\* \(hours / ([\d.]+)\)", text
    )[0]
    sameness, section = re.findall(r"(\d+)%", text)[:2]
    return {"WEIGHT": float(weight), "HALF_LIFE": float(half_life), "SAMENESS": int(sameness) / 100,
            "SECTION": int(section) / 100}  # fmt: skip


def test_the_page_on_the_front_page_has_the_constants_of_the_code() -> None:
    page = read("front-page.md")
    printed = constants(page)
    last = 24 * log2(log2(1 + 12) ** rank.WEIGHT)
    related = [
        f"alike (cosine {relate.ALIKE})", f"near ({relate.NEAR})", f"some rarity ({relate.SOME})",
        f"akin ({relate.AKIN})", f"summed rarity {relate.MATTER}", f"more than {relate.BACKGROUND_DAYS:.0f} days",
        f"cosine of {relate.LOCAL}",
    ]  # fmt: skip

    assert {name: getattr(rank, name) for name in printed} == printed
    assert f"twelve newsrooms is above that for {last:.0f} hours" in page
    assert f"title counts {section.TITLE}, one in the first {section.LEADS} sentences 1" in " ".join(page.split())
    assert [] == [words for words in related if words not in " ".join(page.split())]
