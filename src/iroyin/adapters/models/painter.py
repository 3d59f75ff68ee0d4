"""`ports_site.Painter` on any server that speaks OpenAI's `/images/generations`.

What comes back is decoded within bounds, cut to the size of an illustration and written anew as a JPEG, so that nothing
of the server's file (comments, colour profiles, a second image) reaches a reader. A picture is paid for once.
"""

import json
import time
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from iroyin.adapters.exchange import Ask, exchange, line_to
from iroyin.adapters.netguard import check_url
from iroyin.errors import FetchError, PictureError
from iroyin.model import Call, StoryId
from iroyin.ports import Calls
from iroyin.settings import Settings

SIZE = (1200, 675)
PURPOSE = "image"
_ASKED = "1024x1024"  # the one size that all servers know
_MOST_WIRE = 24 * 2**20  # bytes: a PNG of 4 megapixels in base64
_MOST_PIXELS = 16 * 2**20
_LEAST_SIDE = 256
_QUALITY = 82


class ImageModel:
    """Paints with the model of the settings; `calls` keeps pictures, failures and the day's count."""

    def __init__(
        self, settings: Settings, calls: Calls, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._settings, self._calls, self._now = settings, calls, now
        self._server = check_url(f"{settings.image_url.rstrip('/')}/images/generations")
        self._line = line_to(self._server, connect=settings.fetch_connect, read=settings.image_deadline)

    def kept(self, scene: str, story_id: StoryId) -> bytes | None:
        """See `Painter`."""
        known = self._calls.answered(self._key(scene, story_id))
        return b64decode(known) if known else None

    def paint(self, scene: str, story_id: StoryId) -> bytes:
        """See `Painter`."""
        known = self.kept(scene, story_id)
        if known is not None:
            return known
        now = self._now()
        if self._calls.spent(since=now - timedelta(days=1), purpose=PURPOSE).calls >= self._settings.image_per_day:
            raise PictureError(f"image.per_day is reached: {self._settings.image_per_day} images in a day")
        began, outcome, picture = time.monotonic(), "failed", b""
        try:
            picture = _jpeg(self._asked(scene))
            outcome = "ok"
        except PictureError as error:
            outcome = error.reason
            raise
        finally:
            self._calls.keep(
                Call(
                    self._key(scene, story_id), now, PURPOSE, self._settings.image_name, story_id, outcome,
                    seconds=time.monotonic() - began, answer=b64encode(picture).decode("ascii"),
                )
            )  # fmt: skip
        return picture

    def _key(self, scene: str, story_id: StoryId) -> str:
        return sha256(f"{PURPOSE}\n{self._settings.image_name}\n{SIZE}\n{story_id}\n{scene}".encode()).hexdigest()

    def _asked(self, scene: str) -> bytes:
        """The file that the server sends."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._settings.image_key:
            headers["Authorization"] = f"Bearer {self._settings.image_key}"
        asked = {
            "model": self._settings.image_name, "prompt": scene, "n": 1, "size": _ASKED, "response_format": "b64_json",
        }  # fmt: skip
        sent = json.dumps(asked).encode()
        try:
            answer = exchange(
                self._line, Ask(self._server, headers, self._settings.image_deadline, _MOST_WIRE, body=sent)
            )
        except FetchError as error:
            raise PictureError(f"no image: {error.reason}") from error
        if answer.status != 200:
            raise PictureError(f"no image: status {answer.status}")
        try:
            told = json.loads(answer.body)["data"][0]["b64_json"]
            return b64decode(told, validate=True)
        except (ValueError, RecursionError, LookupError, TypeError, Base64Error) as error:
            raise PictureError("no image: not an answer of this protocol") from error


def _jpeg(file: bytes) -> bytes:
    """The picture in the size of an illustration, written anew. Raises PictureError."""
    try:
        with Image.open(BytesIO(file), formats=("PNG", "JPEG", "WEBP")) as found:
            if found.width * found.height > _MOST_PIXELS or min(found.size) < _LEAST_SIDE:
                raise PictureError(f"no image: {found.width} by {found.height} pixels")
            plain = ImageOps.fit(_on_white(found), SIZE)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise PictureError("no image: cannot be decoded") from error
    written = BytesIO()
    Image.frombytes("RGB", plain.size, plain.tobytes()).save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _on_white(found: Image.Image) -> Image.Image:
    """The picture without its transparency: what lies unseen in it would come to light as black or odd colours."""
    if not found.has_transparency_data:
        return found.convert("RGB")
    seen = found.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
