"""Editors and second thoughts: what an editor said is obeyed by the desk that runs and by the one that is started."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from iroyin.adapters.store import SqlStore
from iroyin.compose import open_writer
from iroyin.desk import Desk, Ports
from iroyin.errors import StoreError
from iroyin.group import edits, features, record
from iroyin.group.edits import Word
from iroyin.languages import split
from iroyin.model import REVISE, Act, Article, ArticleId, LinkKind, Step, StoryId, short_id
from iroyin.settings import Settings

SPOKEN = 300  # times at most that the editor speaks in the test of both at once
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
ADA = Word("ada", MONDAY, "two storms")
EN, ES, LATE = (StoryId(short_id("s", name)) for name in ("en", "es", "late"))


class Known:
    """An embedder that says what it is told: reports in two languages are half alike, and none is like French."""

    id, dims = "known/1", 4

    def embed(self, texts: list[str], languages: list[str]) -> np.ndarray:
        return np.stack([vector(one) for one in languages])


def vector(language: str) -> np.ndarray:
    found = np.array([language != "fr", language == "en", language == "es", language == "fr"], np.float32)
    return found / np.linalg.norm(found)


def article(name: str, title: str, body: str, *, language: str, hours: float) -> Article:
    at, begins = MONDAY + timedelta(hours=hours), len(title) + 2
    ranges = ((0, len(title)), *((begins + start, begins + end) for start, end in split(body, language)))
    return Article(
        ArticleId(name), f"https://{name}.example/", title, f"{title}\n\n{body}", language, at, at, name, name, ranges
    )  # fmt: skip


SNOW = [
    article("en", "Snow strands 17 trains in Orlek",
            "Some 3,200 people wait; 94 centimetres fell; train 118 holds 412.", language="en", hours=0),
    article("es", "La nieve detiene trenes", "Hay 3.200 personas; cayeron 94 centímetros; tren 118.",
            language="es", hours=2),
]  # fmt: skip
LATER = article("late", "Snow strands 17 trains in Orlek, 3,200 wait", "In Orlek 94 centimetres fell; train 118 waits.",
                language="en", hours=3)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return SqlStore(tmp_path / "s.db", clock=lambda: MONDAY)


def desk_on(store: SqlStore) -> Desk:
    settings = Settings()
    nothing: object = None  # placing asks neither the web nor a parser
    return Desk(Ports(store, nothing, nothing, Known(), open_writer(settings), lambda: MONDAY), settings)  # type: ignore


def pass_over(store: SqlStore, desk: Desk, *added: Article) -> dict[str, str]:
    """Place these articles, think twice, and say where every article stands."""
    for one in added:
        store.add_articles([one], vector(one.language)[None], Known.id)
    store.enqueue(Step.PLACE, REVISE, run_at=MONDAY, order="~")
    while jobs := store.claim(Step.PLACE, limit=1, now=MONDAY):
        desk.do(jobs[0])
    return {one: story.id for story in store.stories() for one in story.article_ids}


def undo(store: SqlStore) -> Act:
    told = store.story(EN)
    assert told is not None
    return edits.split(told, [ArticleId("es")], store.links(), ADA, lambda one: not store.lives(one))


@pytest.mark.parametrize("again", ["the desk that runs", "a desk that is started"])
def test_a_merge_that_was_undone_never_comes_back(store: SqlStore, again: str) -> None:
    desk = desk_on(store)
    assert {"en": EN, "es": EN} == pass_over(store, desk, *SNOW)

    store.commit_act(undo(store), heard=store.heard())

    for _ in range(2):
        desk = desk if again == "the desk that runs" else desk_on(store)
        assert {"en": EN, "es": ES} == pass_over(store, desk)
    assert ("split", "ada", "two storms", ("es",)) == [
        (line.what, line.who, line.why, line.article_ids) for line in store.log()
    ][-1]


def test_an_editors_word_against_is_taken_back_by_an_editors_word_only(store: SqlStore) -> None:
    desk = desk_on(store)
    pass_over(store, desk, *SNOW)
    store.commit_act(undo(store), heard=store.heard())
    pass_over(store, desk)

    (link,) = store.links()
    store.commit_act(edits.unlink(link, ES, EN, ADA), heard=store.heard())

    assert {"en": EN, "es": EN} == pass_over(store, desk)


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (None, {"en": EN, "late": EN}),
        (lambda store: edits.freeze(EN, ADA), {"en": EN, "late": LATE}),
    ],
)
def test_a_frozen_story_takes_no_new_article(
    store: SqlStore, act: Callable[[SqlStore], Act] | None, expected: dict[str, str]
) -> None:
    desk = desk_on(store)
    pass_over(store, desk, SNOW[0])
    if act:
        store.commit_act(act(store), heard=store.heard())

    assert expected == pass_over(store, desk, LATER)
    assert expected == pass_over(store, desk_on(store))


def test_an_article_joins_the_story_that_an_editor_made_while_the_desk_ran(store: SqlStore) -> None:
    desk = desk_on(store)
    pass_over(store, desk, SNOW[0])
    pass_over(store, desk, article("cup", "Harbour Rovers win the cup", "Mill Town lost.", language="fr", hours=1))
    cup = store.story(StoryId(short_id("s", "cup")))
    snow = store.story(EN)
    assert cup is not None
    assert snow is not None
    store.commit_act(edits.merge(snow, cup, store.links(), ADA), heard=store.heard())

    assert {cup.id} == set(pass_over(store, desk, LATER).values())


def test_a_start_reads_what_was_kept_and_computes_only_what_is_not(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed = []
    monkeypatch.setattr("iroyin.desk.features", lambda one: computed.append(one.id) or features.features(one))
    pass_over(store, desk_on(store), *SNOW, LATER)
    before = {one.article_id: one.features for one in store.window(MONDAY, Known.id)}
    assert ["en", "es", "late"] == sorted(computed)
    assert features.features(LATER) == record.from_bytes(before[LATER.id])

    desk = desk_on(store)
    pass_over(store, desk)
    for step in (Step.REPORT, Step.PUBLISH):
        for job in store.claim(step, limit=9, now=MONDAY):
            desk.do(job)
    assert store.page_paths()
    assert 3 == len(computed)

    store.keep_features({LATER.id: b"of an older version"})
    for _ in range(2):
        pass_over(store, desk_on(store))
    assert ["late"] == computed[3:]
    assert before == {one.article_id: one.features for one in store.window(MONDAY, Known.id)}


def test_a_changed_text_is_looked_at_anew(store: SqlStore) -> None:
    pass_over(store, desk_on(store), *SNOW)
    changed = article("en", "Snow strands 19 trains in Orlek", "So they say.", language="en", hours=0)

    pass_over(store, desk_on(store), changed)

    kept = {one.article_id: one.features for one in store.window(MONDAY, Known.id)}
    assert features.features(changed) == record.from_bytes(kept[changed.id])


def test_an_editor_and_the_desk_at_the_same_time(store: SqlStore) -> None:
    """Another process speaks while the desk decides: nothing is lost, and no word of the editor is broken.

    The editor stops at some time: one who never does holds up for ever a desk that gets less of the processor.
    """
    rng, done, refused = random.Random(20260302), 0, 0
    added = [
        article(
            f"n{n}", f"Report {n} from the snow of Orlek", "94 centimetres fell.", language=language, hours=n / 9
        )
        for n, language in enumerate(["en", "es"] * 15)
    ]
    with SqlStore(store.path, clock=lambda: MONDAY) as editor, ThreadPoolExecutor(1) as pool:
        work = pool.submit(lambda: pass_over(store, desk_on(store), *added))
        while done < 9 or (not work.done() and done + refused < SPOKEN):
            heard, links, stories = editor.heard(), editor.links(), editor.stories()
            free = lambda one: not editor.lives(one)  # noqa: E731
            many = [one for one in stories if len(one.article_ids) > 1]
            try:
                if many and rng.random() < 0.5:
                    editor.commit_act(edits.split(many[0], many[0].article_ids[:1], links, ADA, free), heard=heard)
                elif len(stories) > 1:
                    editor.commit_act(edits.merge(*rng.sample(stories, 2), links, ADA), heard=heard)
                done += 1
            except StoreError:
                refused += 1
        work.result()
    end = pass_over(store, desk_on(store))

    assert sorted(one.id for one in added) == sorted(end)
    assert [] == store.buried()
    for link in store.links():
        assert (link.kind is LinkKind.MUST) == (end[link.one] == end[link.other])
