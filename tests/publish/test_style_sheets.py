"""A brace too many makes a browser drop the rule behind it without a word."""

import re

import pytest

from iroyin.model import Page
from iroyin.publish import static_pages

SHEETS = [page for page in static_pages() if page.path.endswith(".css")]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda page: page.path)
def test_every_brace_of_a_style_sheet_has_its_other(sheet: Page) -> None:
    depth, text = 0, sheet.body.decode()
    for brace in re.finditer("[{}]", text):
        depth += 1 if brace[0] == "{" else -1
        assert depth >= 0, text[max(0, brace.start() - 80) : brace.end()]
    assert 0 == depth
