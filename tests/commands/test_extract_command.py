"""`iroyin extract`: title, text, dates and language of a page."""

import json
from pathlib import Path

from command_line import Run

PAGE = """<!doctype html><html lang="yo"><head><title>Afárá Kolme</title>
<meta property="article:published_time" content="2024-05-06T08:00:00Z"></head><body><nav>Ilé | Ìròyìn</nav><article>
<h1>Wọ́n ti afárá Kolme pa</h1>
<p>Wọ́n ti afárá èbúté Kolme pa ní ọjọ́ Ajé lẹ́yìn tí àwọn onímọ̀ ẹ̀rọ rí ìlà nínú òpó rẹ̀ tó wà ní ìlà oòrùn.</p>
<p>Àtúnṣe náà yóò gba ọ̀sẹ̀ mẹ́ta, olórí ìlú náà ló sọ bẹ́ẹ̀ fún àwọn oníròyìn ní ọjọ́ Ìṣẹ́gun.</p>
<p>Àwọn ọkọ̀ ojú omi yóò máa ṣiṣẹ́ ní gbogbo ìṣẹ́jú mẹ́wàá títí wọn yóò fi ṣí afárá náà padà.</p>
</article><footer>Gbogbo ẹ̀tọ́</footer></body></html>"""


def test_a_page_gives_title_text_date_and_language(run: Run) -> None:
    Path("page.html").write_text(PAGE, "utf-8")
    ran = run("extract", "page.html", "--url", "https://news.example/afara")
    told = json.loads(ran.out)
    assert 0 == ran.code
    assert "afárá" in told["title"].lower()
    assert "ọ̀sẹ̀ mẹ́ta" in told["text"]
    assert "Gbogbo ẹ̀tọ́" not in told["text"]
    assert ("yo", "2024-05-06T08:00:00Z") == (told["language"], told["published_at"])


def test_a_page_that_is_too_large_is_refused_unread(run: Run) -> None:
    with Path("page.html").open("wb") as file:
        file.truncate(9 * 2**20)
    ran = run("extract", "page.html")
    assert (1, "iroyin: page.html: is larger than fetch.page_bytes (8388608)\n") == (ran.code, ran.err)
