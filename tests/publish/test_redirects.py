"""Old addresses in a copy of the site: each leads on, and none is invented."""

from html import unescape
from urllib.parse import unquote

import html5lib
from newsroom import site

from iroyin.publish import redirect_pages

MOVED = [("en", "old-name", "en", "new-name"), ("ar", "قديم", "ar", "جديد"), ("tlh", "a", "tlh", "b")]


def test_each_old_address_leads_to_the_new_one() -> None:
    pages = {page.path: page for page in redirect_pages(MOVED, site())}

    assert ["en/articles/old-name/index.html", "ar/articles/قديم/index.html", "_redirects"] == list(pages)
    old = pages["ar/articles/قديم/index.html"].body.decode()
    assert 'content="0; url=/ar/articles/جديد"' in unquote(unescape(old)) and 'dir="rtl"' in old
    assert "/en/articles/old-name /en/articles/new-name 301" in pages["_redirects"].body.decode()


def test_the_page_that_leads_on_is_valid() -> None:
    for page in redirect_pages(MOVED[:2], site())[:2]:
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(page.body, transport_encoding="utf-8")
