"""Pages: their text and metadata, what is hidden or walled off in them, and hostile ones."""

import time
from pathlib import Path

import pytest
from gold import NOW, documents, expected, stated
from hypothesis import given, settings
from hypothesis import strategies as st

from iroyin.errors import ParseError
from iroyin.ingest.extract import extract
from iroyin.languages import tidy

URL = "https://news.example/2026/11/bridge?x=1"


@pytest.mark.parametrize("document", documents("pages"), ids=lambda path: path.stem)
def test_page_reads_as_its_toml_says(document: Path) -> None:
    want = expected(document)
    if "refused" in want:
        with pytest.raises(ParseError) as error:
            extract(document.read_bytes(), url=URL, now=NOW)
        assert want["refused"] == error.value.reason
        return

    page = extract(document.read_bytes(), url=URL, now=NOW)

    for words in want.pop("with", []):
        assert words in page.text
    for words in want.pop("without", []):
        assert words not in repr(page)
    assert want == stated(page, want)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<html><body>" + b"<div>" * 200_000, "nested deeper than 256 levels"),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(40_000)) + b">x", "more than 1000 attributes on one tag"),
        (b"<html><body>" + b"<p>x</p>" * 80_000, "more than 50000 elements"),
        (b"<html><body>" + b"<b></i>" * 300_000, "nested deeper than 256 levels"),
    ],
    ids=["depth", "attributes", "elements", "mismatched"],
)
def test_floods_are_refused_quickly(body: bytes, reason: str) -> None:
    begun = time.process_time()

    with pytest.raises(ParseError) as error:
        extract(body, url=URL)

    assert reason == error.value.reason
    assert time.process_time() - begun < 1


def test_unclosed_paragraphs_and_cells_are_no_depth() -> None:
    body = "<html><body><article>" + "<p>Rain fell on the harbour for the third day in a row, the port said." * 300

    page = extract(body.encode(), url=URL, language="en")

    assert 300 == page.text.count("Rain fell")


def test_scripts_do_not_count_as_markup() -> None:
    script = "<script>var x = '" + "<div>" * 1_000 + "';</script>"
    words = "".join(
        f"<p>Sentence number {n} of the article about the harbour and its bridge.</p>" for n in range(9)
    )

    assert extract(f"<html><body>{script}<article>{words}</article></body></html>".encode(), url=URL).text


def test_readability_takes_over_where_the_first_extractor_finds_little() -> None:
    rows = "".join(
        f"Line {n} tells of the harbour, the bridge, and of what the council said.<br>" for n in range(12)
    )
    body = f"<html><body><table><tr><td><div id='footer-content'>{rows}</div></td></tr></table></body></html>"

    page = extract(body.encode(), url=URL, language="en")

    assert "Line 11" in page.text


_PIECES = st.sampled_from(
    [
        "<html>", "<body>", "<p>", "</p>", "<div hidden>", "<div style='font-size:0'>", "</div>", "<script>", "<!--",
        "<meta name=robots content='", "'>", "<table>", "<td>", "<svg>", "<script type='application/ld+json'>",
        '{"@type":"NewsArticle","headline":', "[[", "&#0;", "\ud800", "\x00", "<a href='javascript:x'>", "text " * 60,
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=30).map("".join))
def test_extract_is_total(text: str) -> None:
    try:
        page = extract(text.encode("utf-8", "surrogatepass"), url=URL, now=NOW)
    except ParseError as error:
        assert error.reason
        return

    assert tidy(page.text) == page.text
    assert tidy(page.title) == page.title
