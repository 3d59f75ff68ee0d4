"""A story's section: what its newsrooms state, else what its words tell of."""

import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from made_articles import MONDAY

from iroyin.group.section import section_of_story
from iroyin.languages import split
from iroyin.model import Article, ArticleId

ROOT = Path(__file__).parents[2]
VOTE = ("en", "Opposition wins the election", "Turnout was high. The ballot was calm.")
RATES = ("en", "Central bank lifts its key rate", "Inflation is at 9 percent.")


def article(told: tuple[str, str, str], *, room: str = "Post", section: str = "world") -> Article:
    language, title, body = told
    at = len(title) + 2
    ranges = ((0, len(title)), *((at + start, at + end) for start, end in split(body, language)))
    return Article(
        ArticleId(f"{room}{title}"), "", title, f"{title}\n\n{body}", language, MONDAY, MONDAY, room, room, ranges,
        section=section,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([article(VOTE)], "politics"),
        ([article(("sw", "Uchaguzi mkuu wafanyika", "Wapiga kura walijitokeza."))], "politics"),
        ([article(("ar", "البنك المركزي يرفع سعر الفائدة", "التضخم يتراجع."))], "business"),
        ([article(("zh", "疫苗接种开始", "医院接收患者。"))], "health"),
        ([article(("en", "A quiet day", "Nothing much was said."))], "world"),
        ([article(("xx", "Zzz", "Qqq."))], "world"),
        ([article(VOTE, section="culture")], "culture"),
        ([article(VOTE, room="A", section="culture"), article(VOTE, room="B"), article(VOTE, room="C")], "politics"),
        ([article(VOTE, room="A"), *(article(RATES, room="B") for _ in range(9)), article(VOTE, room="C")], "politics"),
        ([], "world"),
    ],
)  # fmt: skip
def test_the_section(articles: list[Article], expected: str) -> None:
    assert expected == section_of_story(articles)


def bench() -> ModuleType:
    spec = spec_from_file_location("sections", ROOT / "bench" / "sections.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_sample_newsroom_stands_where_a_reader_would_look() -> None:
    floors = tomllib.loads((ROOT / "tests" / "data" / "sections.toml").read_text("utf-8"))
    found = bench().measure()

    assert found["stories"] == len(floors["events"]) + len(floors["alone"]) == len(bench().stories())
    assert found["words"] >= floors["right"]
    assert found["both"] >= floors["stated"]
