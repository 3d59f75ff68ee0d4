"""`iroyin story`: what an editor says is kept, acted on at once, explained, and obeyed by the desk from then on."""

from typing import Any

import pytest
from command_line import ARTICLES, Ran, Run

from iroyin.commands.console import settings_of
from iroyin.compose import open_store
from iroyin.model import StoryId, short_id

HARBOUR, MAIZE, CHESS = (short_id("s", f"{name}-1") for name in ("harbour", "maize", "chess"))
EVIL = "\x1b[31mred\u202e"


@pytest.fixture(autouse=True)
def _newsroom(run: Run, _in_an_empty_folder: None) -> None:
    """Three stories: of three, two and one articles."""
    assert 0 == run("import", ARTICLES).code


def rows(ran: Ran) -> list[list[str]]:
    assert (0, "") == (ran.code, ran.err)
    return [line.split("\t") for line in ran.out.splitlines()]


def stories(run: Run) -> dict[str, str]:
    """Each article's story, by the commands alone."""
    found = {}
    for row in rows(run("story", "list"))[1:]:
        shown = [line.split("\t") for line in run("story", "show", row[0]).out.splitlines()]
        head = next(at for at, line in enumerate(shown) if line[0] == "article")
        for line in shown[head + 1 :]:
            if len(line) != len(shown[head]) or line[0] == "when":
                break
            found[line[0]] = row[0]
    return found


BEFORE = {f"harbour-{n}": HARBOUR for n in (1, 2, 3)} | {f"maize-{n}": MAIZE for n in (1, 2)} | {"chess-1": CHESS}


def test_the_list_has_a_line_for_each_story_the_newest_first(run: Run) -> None:
    head, *lines = rows(run("story", "list"))

    assert ["story", "articles", "newsrooms", "last told", "state", "headline"] == head
    assert [(CHESS, "1"), (MAIZE, "2"), (HARBOUR, "3")] == [(line[0], line[1]) for line in lines]
    assert 1 == len(rows(run("story", "list", "--limit", 1))) - 1
    assert BEFORE == stories(run)


ACTS: list[tuple[list[str], dict[str, str], str]] = [
    (["merge", CHESS, MAIZE], {"chess-1": MAIZE}, "1 article of "),
    (["merge", MAIZE, CHESS], {"maize-1": CHESS, "maize-2": CHESS}, "2 articles of "),
    (["split", HARBOUR, "harbour-3"], {"harbour-3": short_id("s", "harbour-3")}, "1 article of "),
    (["split", HARBOUR, "harbour-2", "harbour-3", "harbour-2"],
     {"harbour-2": short_id("s", "harbour-2"), "harbour-3": short_id("s", "harbour-2")}, "2 articles of "),
    (["split", HARBOUR, "harbour-1"], {"harbour-1": short_id("s", "harbour-1", "2")}, "1 article of "),
    (["link", "harbour-3", "maize-1", "--must"], {"harbour-3": MAIZE}, "harbour-3 and maize-1 must stand"),
    (["link", "maize-1", "maize-2", "--must"], {}, "maize-1 and maize-2 must stand"),
    (["link", "maize-2", "maize-1", "--cannot"], {"maize-2": short_id("s", "maize-2")}, "cannot stand in one"),
    (["link", "chess-1", "maize-1", "--cannot"], {}, "chess-1 and maize-1 cannot stand"),
    (["freeze", HARBOUR], {}, "is frozen"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "moved", "told"), ACTS, ids=lambda value: " ".join(value)[:60])
def test_an_act_moves_at_once_stands_in_the_log_and_outlasts_the_desk(
    run: Run, arguments: list[str], moved: dict[str, str], told: str
) -> None:
    ran = run("story", *arguments, "--by", "Ada", "--why", f"seen {EVIL}")

    assert 0 == ran.code
    assert told in ran.out
    assert "to undo: iroyin story " in ran.err
    assert BEFORE | moved == stories(run)
    assert 0 == run("once").code
    assert BEFORE | moved == stories(run)
    last = rows(run("story", "log"))[-1]
    assert "Ada" == last[5]
    assert "\x1b" not in last[6]
    assert "seen" in last[6]


def undone(run: Run, ran: Ran) -> None:
    line = next(line for line in ran.err.splitlines() if line.startswith("to undo: iroyin "))
    assert 0 == run(*line.removeprefix("to undo: iroyin ").split()).code


@pytest.mark.parametrize("arguments", [one for one, *_ in ACTS if one[0] in {"merge", "freeze"} or one[1] == HARBOUR],
                         ids=" ".join)  # fmt: skip
def test_what_it_says_undoes_it(run: Run, arguments: list[str]) -> None:
    state = [line[:2] + line[4:] for line in rows(run("story", "list"))]

    undone(run, run("story", *arguments))

    assert 0 == run("once").code
    assert BEFORE == stories(run)
    assert state == [line[:2] + line[4:] for line in rows(run("story", "list"))]


def test_a_merge_leads_to_the_other_story_and_its_undoing_back_to_its_own(run: Run) -> None:
    with open_store(settings_of(None)) as store:
        own = next(iter(store.slugs(StoryId(CHESS)).items()))
        theirs = store.slugs(StoryId(MAIZE))["en"]
        merged = run("story", "merge", CHESS, MAIZE)
        run("once")
        assert ("en", theirs) == store.resolve_slug(*own, ["en"])
        assert f"now part of {MAIZE}" in run("story", "show", CHESS).out

        undone(run, merged)
        run("once")

        assert own == store.resolve_slug(*own, ["en"])


def test_a_frozen_story_that_is_merged_comes_back_unfrozen(run: Run) -> None:
    run("story", "freeze", CHESS)
    undone(run, run("story", "merge", CHESS, MAIZE))

    assert {"-", "untold"} == {line[4] for line in rows(run("story", "list"))[1:]}
    assert "unfrozen" in [line[1] for line in rows(run("story", "log", CHESS))]


def test_a_story_shows_why_each_article_is_there_and_what_was_said(run: Run) -> None:
    run("story", "link", "harbour-3", "maize-1", "--must", "--by", "Ada", "--why", "same-port")
    shown = run("story", "show", MAIZE).out

    assert "link 3: harbour-3 and maize-1 must stand in one story; Ada, " in shown
    assert f"split from {HARBOUR} by Ada: same-port; before: " in shown
    assert "tells the same event" in shown
    assert "/en/articles/maize-" in shown
    assert "3 articles, 3 different texts" in shown


def test_a_link_that_is_taken_back_moves_nothing(run: Run) -> None:
    run("story", "link", "chess-1", "maize-1", "--must")
    before = stories(run)

    assert 0 == run("story", "unlink", 1, "--by", "Ada").code

    assert before == stories(run)
    assert "link 1" not in run("story", "show", MAIZE).out
    assert ["unlinked", MAIZE, "-", "chess-1 maize-1", "Ada"] == rows(run("story", "log"))[-1][1:6]


REFUSED = [
    (["show", "nope"], "nope: is not a story; `iroyin story list` shows the newest"),
    (["show", f"nope{EVIL}"], "nope\\x1b[31mred\\u202e: is not a story"),
    (["show", "maize-2"], f"maize-2: is an article, not a story; it stands in {MAIZE}"),
    (["log", "nope"], "nope: is not a story"),
    (["merge", MAIZE, "nope"], "nope: is not a story"),
    (["merge", MAIZE, MAIZE], "is the same story twice"),
    (
        ["split", MAIZE, "harbour-1"],
        f"harbour-1: is no article of {MAIZE}; `iroyin story show {MAIZE}` lists them",
    ),
    (["split", MAIZE, "maize-1", "maize-2"], "leave at least one"),
    (["link", "maize-1", "nope", "--must"], "nope: is not an article"),
    (["link", "maize-1", "maize-1", "--must"], "is the same article twice"),
    (["unlink", "7"], "7: is not a link that stands"),
    (["unfreeze", MAIZE], "is not frozen"),
    (["reread", MAIZE], "has no article that came by a feed"),
    (["freeze", MAIZE, "--by", "desk"], "desk: is no editor's name; --by takes yours"),
    (["freeze", MAIZE, "--by", " "], "is no editor's name"),
]


@pytest.mark.parametrize(("arguments", "expected"), REFUSED, ids=str)
def test_what_cannot_be_done_is_refused_in_one_line(run: Run, arguments: list[str], expected: str) -> None:
    log = run("story", "log").out
    ran = run("story", *arguments)

    assert (1, "", 1) == (ran.code, ran.out, len(ran.err.splitlines()))
    assert expected in ran.err
    assert log == run("story", "log").out


def test_a_merged_story_and_a_freeze_are_refused_with_what_to_do(run: Run) -> None:
    run("story", "merge", CHESS, MAIZE)
    run("story", "freeze", MAIZE)

    assert f"{CHESS}: was merged and is now part of {MAIZE}; name that" in run("story", "freeze", CHESS).err
    assert "is frozen already" in run("story", "freeze", MAIZE).err
    assert f"2: is a freeze; `iroyin story unfreeze {MAIZE}` takes it back" in run("story", "unlink", 2).err


def test_a_user_without_a_name_is_asked_for_one(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> Any:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr("iroyin.commands.edits.getuser", nameless)

    assert "--by: is needed here" in run("story", "freeze", MAIZE).err
