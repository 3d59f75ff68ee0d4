"""The globe shows a story's countries, each where it lies, and stays a circle."""

import re
from dataclasses import replace
from math import asin, atan2, degrees

import pytest
from lxml import etree
from newsroom import views

from iroyin.model import Brief, Tag, TagKind
from iroyin.publish import figure
from iroyin.publish.globe import globe, known, middle
from iroyin.publish.locale import labels
from iroyin.publish.palette import PALETTES

WHERE = [("NG", 8, 9), ("CL", -71, -35), ("NZ", 170, -43), ("SG", 104, 1), ("IS", -19, 65), ("RU", 95, 62)]


@pytest.mark.parametrize(("code", "east", "north"), WHERE)
def test_a_country_lies_where_it_lies(code: str, east: int, north: int) -> None:
    x, y, z = middle(code)

    assert abs(degrees(atan2(y, x)) - east) < 8 and abs(degrees(asin(z)) - north) < 8


@pytest.mark.parametrize("code", [code for code, _, _ in WHERE])
def test_nothing_is_drawn_outside_the_circle(code: str) -> None:
    tree = etree.fromstring(globe((code,), PALETTES[0], across=300, down=300, radius=200))
    for path in tree.findall("path"):
        for ring in re.findall(r"M(\d+) (\d+)l([^z]*)z", path.get("d")):
            x, y = int(ring[0]), int(ring[1])
            steps = [int(n) for n in ring[2].split()]
            for at in range(0, len(steps), 2):
                x, y = x + steps[at], y + steps[at + 1]
                assert (x - 300) ** 2 + (y - 300) ** 2 <= 203**2


def test_a_place_without_an_outline_is_not_known() -> None:
    assert known("NG") and not known("ZZ") and not known("")


def naming(brief: Brief, city: str = "") -> Brief:
    """The brief with a headline that names Nigeria in its language, or a city."""
    name = city or labels(brief.language).country("NG")
    return replace(brief, headline=replace(brief.headline, text=name))


def test_a_country_that_no_printed_sentence_names_is_not_marked() -> None:
    view = next(v for v in views() if v.brief.language == "en")
    tagged = replace(view.brief, tags=(Tag("place-is", TagKind.PLACE, "Iceland"),))

    assert "Iceland" not in figure(tagged, view.articles).caption


def test_the_figure_of_a_story_with_places_names_them_in_its_alt_text() -> None:
    for view in views():
        place = Tag("place-ng", TagKind.PLACE, "Nigeria")
        one_country = {
            key: replace(article, country="NG") for key, article in view.articles.items()
        }  # no map instead
        art = figure(naming(replace(view.brief, tags=(place,))), one_country)
        said = labels(view.brief.language).say("figure.globe", place="Nigeria").split("Nigeria")[0]

        assert said in art.alt and said in art.caption and 'fill-opacity=".34"' in art.svg
        assert len(art.svg) < 40_000


def test_a_city_marks_its_country() -> None:
    view = views()[0]
    tagged = [replace(view.brief, tags=(Tag(k, TagKind.PLACE, k),)) for k in ("place-lagos", "place-ng")]
    city = figure(naming(tagged[0], "Lagos"), view.articles)
    country = figure(naming(tagged[1]), view.articles)

    assert re.findall(r'<path d="[^"]*"', city.svg) == re.findall(r'<path d="[^"]*"', country.svg)
