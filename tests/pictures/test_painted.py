"""Illustrations painted by an image model, over a real server: labelled, bounded, paid for once, or done without."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from endpoint import Endpoint
from newsroom import views
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from stored import NOW as THEN
from stored import SETTINGS, claimed, stored
from xmpkit import XmpFile

from iroyin.adapters.embedders.ngrams import make
from iroyin.adapters.models import CallsInMemory
from iroyin.adapters.models.painter import SIZE, ImageModel
from iroyin.adapters.pictures import MADE_BY_MODEL, Cards
from iroyin.adapters.store import SqlStore
from iroyin.compose import open_painter
from iroyin.desk import Desk, Ports
from iroyin.errors import PictureError, SettingsError
from iroyin.model import Step, StoryId, Tag, TagKind
from iroyin.publish import painted
from iroyin.settings import Settings

nobody: Any = None  # ports that publishing does not ask
NOW = datetime(2026, 1, 8, 18, tzinfo=UTC)
EXT = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
ONE, OTHER = StoryId("s1"), StoryId("s2")
SCENE = "A flat illustration. Subject: diplomacy in South Korea."


def picture(size: tuple[int, int] = (1024, 1024), kind: str = "PNG") -> bytes:
    held, note = BytesIO(), PngInfo()
    note.add_text("Comment", "from the server")
    Image.linear_gradient("L").resize(size).convert("RGB").save(
        held, kind, **({"pnginfo": note} if kind == "PNG" else {})
    )
    return held.getvalue()


def drawn(image: Image.Image, **how: Any) -> bytes:
    held = BytesIO()
    image.save(held, "PNG", **how)
    return held.getvalue()


def answer(file: bytes) -> bytes:
    return json.dumps({"created": 1, "data": [{"b64_json": base64.b64encode(file).decode()}]}).encode()


class Studio(Endpoint):
    """A server with `/v1/images/generations`."""

    def __init__(self) -> None:
        super().__init__(lambda _: (200, answer(picture())), "application/json")


@pytest.fixture
def studio() -> Iterator[Studio]:
    one = Studio()
    yield one
    one.close()


def settings(studio: Studio, **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "image_url": studio.url,
        "image_name": "painter-1",
        "image_key": "k",
        "image_deadline": 5.0,
    }
    return replace(Settings(), **(values | changes))


def model(studio: Studio, calls: CallsInMemory, *, now: datetime = NOW, **changes: Any) -> ImageModel:
    return ImageModel(settings(studio, **changes), calls, now=lambda: now)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_is_asked_for_once_and_written_anew_in_our_size(studio: Studio, kind: str) -> None:
    studio.reply = lambda _: (200, answer(picture(kind=kind)))
    calls = CallsInMemory()
    painter = model(studio, calls)
    assert painter.kept(SCENE, ONE) is None

    made = painter.paint(SCENE, ONE)

    with Image.open(BytesIO(made)) as found:
        assert (found.format, found.size) == ("JPEG", SIZE)
    assert b"from the server" not in made
    assert made == painter.paint(SCENE, ONE) == model(studio, calls).kept(SCENE, ONE)
    [(path, told, key)] = studio.asked
    assert (path, key, told["prompt"], told["n"]) == ("/v1/images/generations", "Bearer k", SCENE, 1)


def test_two_stories_of_the_same_topics_have_a_picture_each(studio: Studio) -> None:
    shades = iter(("navy", "maroon"))
    studio.reply = lambda _: (200, answer(drawn(Image.new("RGB", (512, 512), next(shades)))))
    painter = model(studio, CallsInMemory())

    one, other = painter.paint(SCENE, ONE), painter.paint(SCENE, OTHER)

    assert one != other and [one, other] == [painter.kept(SCENE, story) for story in (ONE, OTHER)]
    assert 2 == len(studio.asked)


CLEAR = Image.new("RGBA", (512, 512), (0, 0, 0, 0))
INDEXED = Image.new("P", (512, 512), 0)


@pytest.mark.parametrize("sent", [CLEAR, CLEAR.convert("LA"), INDEXED], ids=lambda sent: str(sent.mode))
def test_what_is_transparent_is_white(studio: Studio, sent: Image.Image) -> None:
    studio.reply = lambda _: (200, answer(drawn(sent, **({"transparency": 0} if sent is INDEXED else {}))))

    made = model(studio, CallsInMemory()).paint(SCENE, ONE)

    with Image.open(BytesIO(made)) as found:
        assert found.getpixel((600, 300)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (429, b"{}", "status 429"),
        (500, b"", "status 500"),
        (200, b"not json", "not an answer"),
        (200, b'{"data": []}', "not an answer"),
        (200, b'{"data": [{"url": "https://elsewhere.example/x.png"}]}', "not an answer"),
        (200, b'{"data": [{"b64_json": "%%%"}]}', "not an answer"),
        (200, answer(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "cannot be decoded"),
        (200, answer(picture()[:400]), "cannot be decoded"),
        (200, answer(picture((16, 16))), "16 by 16"),
        (200, answer(picture((5000, 5000))), "5000 by 5000"),
        (200, b" " * (25 * 2**20), "too-large"),
    ],
)
def test_what_is_no_picture_is_told_of_and_counted(studio: Studio, status: int, body: bytes, reason: str) -> None:
    studio.reply = lambda _: (status, body)
    calls = CallsInMemory()

    with pytest.raises(PictureError, match=reason):
        model(studio, calls).paint(SCENE, ONE)

    assert [reason in call.outcome for call in calls.kept] == [True]
    assert model(studio, calls).kept(SCENE, ONE) is None


def test_a_day_has_its_number_of_images_and_the_next_day_too(studio: Studio) -> None:
    calls = CallsInMemory()
    for number in range(2):
        model(studio, calls, image_per_day=2).paint(f"{SCENE} {number}", ONE)

    with pytest.raises(PictureError, match=r"image\.per_day"):
        model(studio, calls, image_per_day=2).paint(f"{SCENE} 2", ONE)
    assert len(studio.asked) == 2
    assert model(studio, calls, image_per_day=2, now=NOW + timedelta(days=1, seconds=1)).paint(f"{SCENE} 2", ONE)


def test_a_server_that_is_not_there_is_told_of(studio: Studio) -> None:
    gone = settings(studio, image_url="http://127.0.0.1:1/v1")

    with pytest.raises(PictureError, match="connect"):
        ImageModel(gone, CallsInMemory(), now=lambda: NOW).paint(SCENE, ONE)


def test_the_card_of_a_painted_illustration_says_that_a_model_made_it(studio: Studio, tmp_path: Path) -> None:
    art = painted(views()[0].brief, model(studio, CallsInMemory()).paint(SCENE, ONE))
    cards = Cards("Iroyin", folder=tmp_path)
    assert cards.lacks(art.svg) == ""

    png = cards.card(art.svg)

    file = XmpFile()
    file.from_bytes(png)
    told = file.get_xmp()
    assert (
        told.get_property("http://iptc.org/std/Iptc4xmpExt/2008-02-29/", "DigitalSourceType").as_str()
        == MADE_BY_MODEL
    )
    with Image.open(BytesIO(png)) as drawn:
        shades = {drawn.convert("RGB").getpixel((600, down)) for down in range(0, 600, 10)}
    assert len(shades) > 50, "the picture is not in the card"


def _with_a_place(store: SqlStore) -> StoryId:
    """A story of the stored newsroom, reported anew with a tag that can be painted."""
    story_id, _ = store.reported(limit=1)[0]
    told = store.story(story_id)
    assert told is not None
    korea = (Tag("place-kr", TagKind.PLACE, "Korea"),)
    store.enqueue(Step.REPORT, story_id, run_at=THEN)
    briefs = [replace(brief, tags=korea) for brief in store.briefs(story_id)]
    store.commit_report(claimed(store, Step.REPORT, story_id), told, briefs, store.slugs(story_id))
    return story_id


def test_a_page_has_its_graphic_until_the_picture_is_painted_and_says_then_that_ai_made_it(
    studio: Studio, tmp_path: Path
) -> None:
    with stored(tmp_path) as store:
        painter = model(studio, CallsInMemory())
        desk = Desk(Ports(store, nobody, nobody, make(SETTINGS), nobody, lambda: THEN, painter=painter), SETTINGS)
        story = _with_a_place(store)
        path = f"en/articles/{store.slugs(story)['en']}"

        def done(step: Step) -> tuple[str, str]:
            (desk.publish if step is Step.PUBLISH else desk.draw)(claimed(store, step, story))
            pages = [store.page(path + name) for name in ("/index.html", "/figure.svg")]
            return tuple(page.body.decode() if page else "" for page in pages)  # type: ignore[return-value]

        store.enqueue(Step.PUBLISH, story, run_at=THEN)
        html, svg = done(Step.PUBLISH)
        assert "Graphic made by code" in html and "<image " not in svg and studio.asked == []
        done(Step.DRAW)
        html, svg = done(Step.PUBLISH)

    assert "Image made by AI" in html and "Graphic made by code" not in html
    assert '"digitalSourceType":"https://schema.org/TrainedAlgorithmicMediaDigitalSource"' in html
    assert "data:image/jpeg;base64," in svg and "Image made by AI" in svg
    assert len(studio.asked) == 1


def test_a_page_keeps_its_graphic_when_no_picture_comes(studio: Studio, tmp_path: Path) -> None:
    studio.reply = lambda _: (500, b"")
    with stored(tmp_path) as store:
        painter = model(studio, CallsInMemory())
        desk = Desk(Ports(store, nobody, nobody, make(SETTINGS), nobody, lambda: THEN, painter=painter), SETTINGS)
        story = _with_a_place(store)
        store.enqueue(Step.PUBLISH, story, run_at=THEN)
        desk.publish(claimed(store, Step.PUBLISH, story))
        desk.draw(claimed(store, Step.DRAW, story))
        waiting = [job.key for job in store.claim(Step.PUBLISH, limit=99, now=THEN)]
        page = store.page(f"en/articles/{store.slugs(story)['en']}/index.html")

    assert page and "Graphic made by code" in page.body.decode()
    assert story not in waiting, "nothing changed, so nothing is to be published anew"


def test_settings_without_a_model_or_with_a_wrong_address_say_what_to_do(studio: Studio) -> None:
    assert open_painter(Settings()) is None
    with pytest.raises(SettingsError, match=r"image\.name"):
        open_painter(settings(studio, image_name=""))
    with pytest.raises(SettingsError, match=r"image\.url"):
        open_painter(settings(studio, image_url="ftp://pictures.example"))
