"""An illustration that a model painted, opened by itself under the site's own policy."""

from io import BytesIO
from typing import Any

from invented_site import serve
from newsroom import views
from PIL import Image

from iroyin.model import Page
from iroyin.publish import FIGURE, painted

BLUE = (20, 40, 200)


def test_the_picture_within_a_drawing_is_shown_when_the_drawing_is_opened(browser: Any) -> None:
    held = BytesIO()
    Image.new("RGB", (1200, 675), BLUE).save(held, "JPEG")
    view, errors = views()[0], []
    drawing = painted(view.brief, held.getvalue()).svg.encode()
    page = browser.new_page(viewport={"width": 1200, "height": 675}, color_scheme="light")
    page.on("console", lambda said: errors.append(said.text))
    for address in serve("", Page(view.path.lstrip("/") + FIGURE, "image/svg+xml", drawing, etag="painted")):
        page.goto(address + view.path + FIGURE)
        with Image.open(BytesIO(page.screenshot())) as seen:
            shade = seen.convert("RGB").getpixel((600, 300))
    page.close()

    assert [] == [said for said in errors if "img-src" in said or "data:" in said]
    assert all(abs(one - other) < 8 for one, other in zip(shade, BLUE, strict=True))
