"""`ports_site.Speaker` on any server that speaks OpenAI's `/audio/speech`.

Of what comes back only MPEG audio frames are kept: no tag, cover or comment of the server's file reaches a listener.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from iroyin.adapters.body import BodyRefused
from iroyin.adapters.exchange import Ask, exchange, line_to
from iroyin.adapters.models.mpeg import joined
from iroyin.adapters.netguard import check_url
from iroyin.errors import FetchError, SpeechError
from iroyin.model import Call
from iroyin.ports import Calls
from iroyin.publish.spoken import pieces
from iroyin.settings import Settings

PURPOSE = "speech"
MOST = 2000  # characters of one request: servers take 4,096, and small ones do better with less
_MOST_PIECES = 16
_MOST_WIRE = 8 * 2**20  # bytes of one answer: MOST characters at 320 kbit/s are 5 MiB
_MOST_FILE = 32 * 2**20  # bytes of one article
_PATH = "/audio/speech"


class SpeechModel:
    """Speaks with the voices of the settings; `calls` keeps what was asked, failures and the day's count."""

    def __init__(
        self, settings: Settings, calls: Calls, voices: Mapping[str, str], *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:  # fmt: skip
        self._settings, self._calls, self._voices, self._now = settings, calls, voices, now
        self._server = check_url(settings.speech_url.rstrip("/").removesuffix(_PATH) + _PATH)
        self._line = line_to(self._server, connect=settings.fetch_connect, read=settings.speech_deadline)

    def made_from(self, sentences: Sequence[str], language: str) -> str:
        """See `Speaker`."""
        voice = self._voices.get(language)
        if voice is None:
            return ""
        told = "\n".join((PURPOSE, self._settings.speech_name, voice, *sentences))
        return sha256(told.encode(errors="replace")).hexdigest()[:32]

    def speak(self, sentences: Sequence[str], language: str, story_id: str) -> bytes:
        """See `Speaker`."""
        key, now = self.made_from(sentences, language), self._now()
        if not key:
            raise SpeechError(f"speech.voices names no voice for {language}")
        if (
            self._calls.spent(since=now - timedelta(days=1), purpose=PURPOSE).calls
            >= self._settings.speech_per_day
        ):
            raise SpeechError(f"speech.per_day is reached: {self._settings.speech_per_day} articles in a day")
        began, outcome = time.monotonic(), "failed"
        try:
            made = joined(self._answers(sentences, language)).frames
            outcome = "ok"
        except SpeechError as error:
            outcome = error.reason
            raise
        finally:
            self._calls.keep(
                Call(
                    key, now, PURPOSE, self._settings.speech_name, story_id, outcome,
                    seconds=time.monotonic() - began,
                )
            )  # fmt: skip
        return made

    def _answers(self, sentences: Sequence[str], language: str) -> Iterator[bytes]:
        """The file of each piece; all of them within the deadline."""
        texts = pieces(sentences, MOST)
        if not 0 < len(texts) <= _MOST_PIECES:
            raise SpeechError(f"no speech: {len(texts)} pieces of text")
        ends = time.monotonic() + self._settings.speech_deadline
        size = 0
        for text in texts:
            answer = self._asked(text, self._voices[language], ends - time.monotonic())
            size += len(answer)
            if size > _MOST_FILE:
                raise SpeechError("no speech: too-large")
            yield answer

    def _asked(self, text: str, voice: str, seconds: float) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "audio/mpeg"}
        if self._settings.speech_key:
            headers["Authorization"] = f"Bearer {self._settings.speech_key}"
        asked = {"model": self._settings.speech_name, "input": text, "voice": voice, "response_format": "mp3"}
        try:
            ask = Ask(self._server, headers, seconds, _MOST_WIRE, body=json.dumps(asked).encode(), take=_sound)
            answer = exchange(self._line, ask)
        except FetchError as error:
            raise SpeechError(f"no speech: {error.reason}") from error
        if answer.status != 200:
            raise SpeechError(f"no speech: status {answer.status}")
        return answer.body


def _sound(pieces: Iterator[bytes]) -> bytes:
    """The bytes of an answer that is no text, within bounds."""
    taken = bytearray()
    for piece in pieces:
        taken += piece
        if len(taken) > _MOST_WIRE:
            raise BodyRefused("too-large")
    return bytes(taken)


def voices(wanted: Sequence[str]) -> dict[str, str]:
    """The voice of each language from texts such as "en=af_heart". Raises ValueError with what is wrong."""
    found: dict[str, str] = {}
    for text in wanted:
        language, _, voice = (part.strip() for part in text.partition("="))
        if not language or not voice:
            raise ValueError(f'{text!r} is not a language and its voice, such as "en=af_heart"')
        found[language] = voice
    return found
