"""Articles read aloud by a speech engine, over a real server: after the page is out, bounded, or done without."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from booth import Booth, frame, mp3
from schema_org import blocks, faults
from starlette.testclient import TestClient
from stored import NOW, SETTINGS, Room, claimed, stored

from iroyin.adapters.export import write_site
from iroyin.adapters.models import CallsInMemory
from iroyin.adapters.models.speaker import MOST, SpeechModel, voices
from iroyin.adapters.store import SqlStore
from iroyin.compose import open_speaker
from iroyin.errors import SettingsError, SpeechError
from iroyin.group import edits
from iroyin.model import Step, StoryId
from iroyin.publish import spoken
from iroyin.publish.evidence import proved
from iroyin.settings import Settings
from iroyin.web.app import make_app

nobody: Any = None  # ports that publishing does not ask
TOLD = ("A bridge opens.", "A machine reads this.", "It is new.")


@pytest.fixture
def booth() -> Iterator[Booth]:
    one = Booth()
    yield one
    one.close()


def settings(booth: Booth, **changes: Any) -> Settings:
    values: dict[str, Any] = {
        "speech_url": booth.url, "speech_name": "kokoro", "speech_voices": ("en=af_heart", "yo=ade"),
        "speech_key": "k", "speech_deadline": 5.0,
    }  # fmt: skip
    return replace(Settings(), **(values | changes))


def model(booth: Booth, calls: CallsInMemory, *, now: Any = NOW, **changes: Any) -> SpeechModel:
    wanted = settings(booth, **changes)
    return SpeechModel(wanted, calls, voices(wanted.speech_voices), now=lambda: now)


def test_a_text_is_sent_with_the_voice_of_its_language_and_comes_back_as_bare_frames(booth: Booth) -> None:
    booth.reply = lambda _: (200, mp3(7))
    calls = CallsInMemory()

    made = model(booth, calls).speak(TOLD, "en", "s1")

    assert made == frame(7) * 3 and b"server" not in made
    asked = {"model": "kokoro", "input": " ".join(TOLD), "voice": "af_heart", "response_format": "mp3"}
    assert booth.asked == [("/v1/audio/speech", asked, "Bearer k")]
    assert [(c.purpose, c.outcome, c.story_id, c.answer) for c in calls.kept] == [("speech", "ok", "s1", "")]


def test_the_whole_address_of_the_protocol_does_as_well(booth: Booth) -> None:
    model(booth, CallsInMemory(), speech_url=f"{booth.url}/audio/speech").speak(TOLD, "yo", "s1")

    assert [(path, told["voice"]) for path, told, _ in booth.asked] == [("/v1/audio/speech", "ade")]


def test_a_long_text_goes_out_in_pieces_at_ends_of_sentences_and_is_joined(booth: Booth) -> None:
    numbers = iter(range(1, 9))
    booth.reply = lambda _: (200, mp3(next(numbers)))
    sentence = "The bridge over the lagoon is open. "[:-1]
    count = 3 * MOST // len(sentence)

    made = model(booth, CallsInMemory()).speak((sentence,) * count, "en", "s1")

    sent = [told["input"] for _, told, _ in booth.asked]
    assert len(sent) > 2 and all(len(text) <= MOST and text.endswith(".") for text in sent)
    assert " ".join(sent) == " ".join((sentence,) * count)
    assert made == b"".join(frame(n) * 3 for n in range(1, len(sent) + 1))


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (429, b"{}", "status 429"),
        (500, b"", "status 500"),
        (200, b"", "not MPEG audio"),
        (200, b'{"error": "no such voice"}', "not MPEG audio"),
        (200, b"RIFF\x24\0\0\0WAVEfmt ", "not MPEG audio"),
        (200, b"<html><script>alert(1)</script>", "not MPEG audio"),
        (200, b"\xff" * (9 * 2**20), "too-large"),
    ],
)
def test_what_is_no_speech_is_told_of_and_counted(booth: Booth, status: int, body: bytes, reason: str) -> None:
    booth.reply = lambda _: (status, body)
    calls = CallsInMemory()

    with pytest.raises(SpeechError, match=reason):
        model(booth, calls).speak(TOLD, "en", "s1")

    assert [reason in call.outcome for call in calls.kept] == [True]


def test_a_text_beyond_all_measure_is_not_sent(booth: Booth) -> None:
    with pytest.raises(SpeechError, match="pieces of text"):
        model(booth, CallsInMemory()).speak(("x" * MOST,) * 17, "en", "s1")
    assert booth.asked == []


def test_many_pieces_that_are_too_large_together_are_refused(booth: Booth) -> None:
    booth.reply = lambda _: (200, frame(1) * 40_000)  # 7.3 MiB

    with pytest.raises(SpeechError, match="too-large"):
        model(booth, CallsInMemory(), speech_deadline=60.0).speak(("x" * MOST,) * 16, "en", "s1")
    assert len(booth.asked) == 5


def test_a_day_has_its_number_of_articles_and_the_next_day_too(booth: Booth) -> None:
    calls = CallsInMemory()
    model(booth, calls, speech_per_day=1).speak(TOLD, "en", "s1")

    with pytest.raises(SpeechError, match=r"speech\.per_day"):
        model(booth, calls, speech_per_day=1).speak(TOLD, "en", "s2")
    assert len(booth.asked) == 1
    later = NOW + timedelta(days=1, seconds=1)
    assert model(booth, calls, speech_per_day=1, now=later).speak(TOLD, "en", "s2")


def test_only_a_language_with_a_voice_is_spoken_and_each_part_of_it_makes_another_recording(booth: Booth) -> None:
    one = model(booth, CallsInMemory())
    others = [
        one.made_from(TOLD, "yo"),
        one.made_from(TOLD[:2], "en"),
        model(booth, CallsInMemory(), speech_name="piper").made_from(TOLD, "en"),
        model(booth, CallsInMemory(), speech_voices=("en=bf_emma",)).made_from(TOLD, "en"),
    ]

    assert one.made_from(TOLD, "ko") == ""
    assert len({one.made_from(TOLD, "en"), *others}) == 5
    with pytest.raises(SpeechError, match=r"speech\.voices"):
        one.speak(TOLD, "ko", "s1")
    assert booth.asked == []


class Studio(Room):
    """A room with a speech engine, and the calls to it."""

    def __init__(self, store: SqlStore, booth: Booth | None, **changes: Any) -> None:
        self.calls = CallsInMemory()
        story = next(one for one, _ in store.reported(limit=99) if {"en", "yo"} <= store.slugs(one).keys())
        super().__init__(store, story, speaker=model(booth, self.calls, **changes) if booth else None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with stored(tmp_path) as made:
        yield made


def read_aloud(room: Room) -> dict[str, bytes]:
    """Publish and draw until nothing is due; the files of the English page."""
    files = room.publish()
    for _ in range(5):
        if not room.waits(Step.DRAW):
            return files
        room.draw()
        files = room.publish()
    raise AssertionError("the desk never comes to rest")


def test_a_page_is_out_before_it_is_read_and_names_the_recording_once_it_is_there(
    store: SqlStore, booth: Booth
) -> None:
    room = Studio(store, booth)
    before = room.publish()
    assert booth.asked == [] and "audio.mp3" not in before and b"<audio" not in before["index.html"]
    assert b'id="listen"' in before["index.html"]

    after = read_aloud(room)

    html = after["index.html"].decode()
    assert after["audio.mp3"].startswith(b"\xff\xf3")
    assert "Read by a machine" in html and 'preload="none"' in html and 'id="listen"' not in html
    [told] = [block for block in blocks(html) if block["@type"] == "NewsArticle"]
    assert not faults(told)
    assert told["audio"]["@type"] == "AudioObject" and told["audio"]["encodingFormat"] == "audio/mpeg"
    assert told["audio"]["contentUrl"].endswith("/audio.mp3")
    assert "Ẹ̀rọ ló kà á" in room.files("yo")["index.html"].decode() and "audio.mp3" in room.files("yo")
    assert sorted(told["voice"] for _, told, _ in booth.asked) == ["ade", "af_heart"]


def test_what_is_sent_is_the_proved_text_of_the_page(store: SqlStore, booth: Booth) -> None:
    room = Studio(store, booth, speech_voices=("en=af_heart",))
    read_aloud(room)

    articles = {one.id: one for one in store.story_articles(room.story)}
    [brief] = [one for one in store.briefs(room.story) if one.language == "en"]
    shown = proved(brief, articles)
    assert shown is not None
    assert " ".join(told["input"] for _, told, _ in booth.asked) == " ".join(spoken(shown))


def test_what_is_unchanged_costs_nothing_and_other_words_are_read_anew(store: SqlStore, booth: Booth) -> None:
    room = Studio(store, booth, speech_voices=("en=af_heart",))
    first = read_aloud(room)["audio.mp3"]
    assert first == room.publish()["audio.mp3"] and not room.waits(Step.DRAW) and len(booth.asked) == 1

    told = store.story(room.story)
    assert told is not None
    store.enqueue(Step.REPORT, room.story, run_at=NOW)
    briefs = [replace(brief, quotes=(), body=()) for brief in store.briefs(room.story)]
    store.commit_report(claimed(store, Step.REPORT, room.story), told, briefs, store.slugs(room.story))

    between = room.publish()
    assert "audio.mp3" not in between and b"<audio" not in between["index.html"]
    assert "audio.mp3" in read_aloud(room) and len(booth.asked) == 2


def test_a_retracted_story_loses_its_recording(store: SqlStore, booth: Booth) -> None:
    room = Studio(store, booth)
    assert "audio.mp3" in read_aloud(room)

    store.commit_act(edits.retract(room.story, edits.Word("Ada", NOW, "it never happened")), heard=store.heard())
    room.publish()

    assert "audio.mp3" not in room.files() and not room.waits(Step.DRAW)
    store.enqueue(Step.DRAW, room.story, run_at=NOW)
    room.draw()
    assert "audio.mp3" not in room.files() and len(booth.asked) == 2


@pytest.mark.parametrize("body", [b"<html>", b""])
def test_a_page_goes_without_when_nothing_can_be_heard(store: SqlStore, booth: Booth, body: bytes) -> None:
    booth.reply = lambda _: (200, body)
    room = Studio(store, booth)
    before = room.publish()

    room.draw()

    assert not room.waits(Step.PUBLISH), "nothing changed, so nothing is to be published anew"
    assert room.files() == before
    assert len(room.calls.kept) == 2 and all("not MPEG" in call.outcome for call in room.calls.kept)


def test_without_a_speech_engine_no_byte_of_a_page_changes(store: SqlStore, booth: Booth) -> None:
    without = Studio(store, None).publish()
    room = Studio(store, booth, speech_voices=("de=eva",))

    assert without == room.publish() and not room.waits(Step.DRAW) and booth.asked == []


def test_the_recording_is_served_whole_and_in_parts_and_exported(
    store: SqlStore, booth: Booth, tmp_path: Path
) -> None:
    room = Studio(store, booth)
    audio = read_aloud(room)["audio.mp3"]
    path = f"en/articles/{store.slugs(StoryId(room.story))['en']}/audio.mp3"
    client = TestClient(make_app(store, languages=SETTINGS.desk_languages))

    whole = client.get(f"/{path}")
    assert (whole.status_code, whole.content) == (200, audio)
    assert whole.headers["content-type"] == "audio/mpeg" and whole.headers["accept-ranges"] == "bytes"
    assert (
        "content-encoding" not in whole.headers and "media-src 'self'" in whole.headers["content-security-policy"]
    )
    part = client.get(f"/{path}", headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, audio[:2])
    assert part.headers["content-range"] == f"bytes 0-1/{len(audio)}"

    write_site(store.page_paths(), store.page, tmp_path / "public")
    assert (tmp_path / "public" / path).read_bytes() == audio


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"speech_name": ""}, r"speech\.name"),
        ({"speech_voices": ()}, r"speech\.voices"),
        ({"speech_voices": ("en",)}, r"speech\.voices"),
        ({"speech_voices": ("=eva",)}, r"speech\.voices"),
        ({"speech_url": "ftp://speech.example"}, r"speech\.url"),
    ],
)
def test_settings_without_a_model_or_a_voice_say_what_to_do(
    booth: Booth, changes: dict[str, Any], named: str
) -> None:
    assert open_speaker(Settings()) is None
    assert open_speaker(settings(booth)) is not None
    with pytest.raises(SettingsError, match=named):
        open_speaker(settings(booth, **changes))


def test_a_server_that_is_not_there_is_told_of(booth: Booth) -> None:
    with pytest.raises(SpeechError, match="connect"):
        model(booth, CallsInMemory(), speech_url="http://127.0.0.1:1/v1").speak(TOLD, "en", "s1")
