"""`iroyin demo`: the whole flow on the sample newsroom, read over loopback by the real fetcher."""

import json
import os
import time
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from iroyin.adapters.store.alone import alone
from iroyin.commands import logs
from iroyin.commands.console import Bars, interruptible, say, tell
from iroyin.commands.found import sound_address
from iroyin.commands.work import runner_of
from iroyin.compose import Newsroom, open_newsroom, open_store
from iroyin.errors import InputError, StoreError
from iroyin.model import Platform
from iroyin.publish.locale import label_languages
from iroyin.sample.server import SampleWeb
from iroyin.sample.social import SocialWeb, sample_posts
from iroyin.sample.social.server import APP, HANDLE, PASSWORD, SECRET, TOKEN
from iroyin.settings import Settings, load

LANGUAGES = ("en", "fr", "es", "yo", "sw", "ko", "ar", "hi", "zh", "ru", "ja")
CLOCK = "2026-01-08T18:00:00+00:00"
WEB_PORT = 8765
NEWSROOMS = 6  # posts are looked for about the sample's great stories alone, which keeps the demo short


def sample_settings(database: Path, *, web_port: int, port: int, social_port: int = 0) -> Settings:
    """The settings of the sample desk: its clock stands at the evening of the sample's last day.

    With a `social_port` it reads the sample's social networks there.
    """
    settings = Settings(
        desk_name="Iroyin",
        desk_url=f"http://127.0.0.1:{port}",
        desk_languages=LANGUAGES,
        desk_database=str(database),
        desk_now=CLOCK,
        desk_sample=True,
        fetch_allow=(f"*.localhost:{web_port}",),
        fetch_host_delay=0.0,
    )
    return listening(settings, social_port) if social_port else settings


def listening(settings: Settings, port: int) -> Settings:
    """The settings with every network of the sample's as a source of posts."""
    return replace(
        settings,
        fetch_allow=(*settings.fetch_allow, f"*.localhost:{port}"),
        react_sources=tuple(
            f"{one}@http://{one}.localhost:{port}{'/feed' if one is Platform.FORUM else ''}" for one in Platform
        ),
        react_newsrooms=NEWSROOMS,
        react_bluesky_handle=HANDLE,
        react_bluesky_password=PASSWORD,
        react_mastodon_token=TOKEN,
        react_reddit_app=APP,
        react_reddit_secret=SECRET,
        react_x_token=TOKEN,
    )


def _with_model(settings: Settings, own: Settings) -> Settings:
    """The sample's settings with the operator's own model, when the environment names one."""
    return replace(
        settings, **{row.name: getattr(own, row.name) for row in fields(own) if row.name[:6] == "model_"}
    )


def demo(*, once: bool, port: int, folder: Path, languages: str) -> None:
    """Run the flow on a fresh database, then serve the site, or print a summary when `once`."""
    began = time.monotonic()
    database = folder / "iroyin.db"
    site = _site_languages(languages)
    logs.to_stderr("warning")
    if not once:
        from iroyin.web.serve import free

        sound_address("127.0.0.1", port)
        free("127.0.0.1", port)
    with alone(database):
        _must_be_a_sample(database)
        for old in folder.glob("iroyin.db*"):
            if old.name != "iroyin.db.lock":
                old.unlink()
        with _sample_web() as web, SocialWeb(sample_posts(), now=datetime.fromisoformat(CLOCK)) as social:
            settings = sample_settings(database, web_port=web.port, port=port, social_port=social.port)
            settings = replace(_with_model(settings, load(None, os.environ)), desk_languages=site)
            if not once:
                say(f"The sample's invented outlets answer at http://*.localhost:{web.port}/")
            with open_newsroom(settings) as room, interruptible() as flag, Bars() as bars:
                room.store.add_feeds(web.feeds(), now=room.now())
                runner = runner_of(room, bars, flag.event)
                runner.drain()
                summary = audit(room) | {"seconds": round(time.monotonic() - began, 1)}
            tell(f"Read this site again with: iroyin serve --config {_kept_settings(folder, settings)}")
            say(json.dumps(summary))
            given_up = summary_of_failures(settings)
            for step, key, reason in given_up:
                tell(f"given up: {step} {key}: {reason}")
            if given_up:
                tell(f"jobs given up: {len(given_up)}; the site is not whole")
                raise SystemExit(1)
            if once or flag.event.is_set():
                return
            _serve(settings, port)


def _site_languages(listed: str) -> tuple[str, ...]:
    """The languages of the list, `all` for those that have labels. Raises InputError naming what there is."""
    have = label_languages()
    wanted = tuple(dict.fromkeys(part.strip() for part in listed.split(",") if part.strip()))
    if wanted == ("all",):
        return tuple(dict.fromkeys((*LANGUAGES, *have)))
    if not wanted or not set(wanted) <= set(have):
        raise InputError("--languages", f"a list of some of {', '.join(have)}, or all, not {listed!r}")
    return wanted


def _must_be_a_sample(database: Path) -> None:
    """Refuse to begin anew over a real newsroom. Raises StoreError."""
    if not database.exists():
        return
    try:
        with open_store(sample_settings(database, web_port=WEB_PORT, port=0)) as store:
            if all(".localhost:" in feed.url for feed in store.feeds()):
                return
    except StoreError as error:
        raise StoreError(f"{error}; remove the file, or name another --folder") from error
    raise StoreError(f"{database} is not a sample's database: name another --folder")


def _sample_web() -> SampleWeb:
    """The invented outlets at their usual port, or the next one that is free."""
    for port in range(WEB_PORT, WEB_PORT + 50):
        try:
            return SampleWeb(port=port)
        except OSError:
            continue
    return SampleWeb(port=0)


def _kept_settings(folder: Path, settings: Settings) -> Path:
    """Write the settings file with which the sample's site can be read again, and return its path."""
    rows = {
        "name": settings.desk_name, "url": settings.desk_url, "languages": list(settings.desk_languages),
        "database": str(Path(settings.desk_database).resolve()), "now": settings.desk_now,
        "sample": settings.desk_sample,
    }  # fmt: skip
    file = folder / "iroyin.toml"
    lines = (f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in rows.items())
    file.write_text("\n".join(["# The sample newsroom.", "[desk]", *lines, ""]), "utf-8")
    return file


def _serve(settings: Settings, port: int) -> None:
    from iroyin.commands.site import site_app
    from iroyin.web.serve import serve

    with open_store(settings) as store:
        say(f"Read it at {settings.desk_url}/  (Ctrl-C stops)")
        app = site_app(store, settings)
        serve(lambda: app, host="127.0.0.1", port=port)


def summary_of_failures(settings: Settings) -> list[tuple[str, str, str]]:
    """Jobs that were given up in the demo: none, when all is well."""
    with open_store(settings) as store:
        return [(str(step), key, reason) for step, key, reason in store.buried()]


def audit(room: Newsroom) -> dict[str, Any]:
    """Counts of what was published, each sentence proved anew from the stored articles."""
    store = room.store
    briefs = sentences = proved = 0
    told: set[str] = set()
    for brief in store.latest_briefs():
        briefs += 1
        told.add(brief.story_id)
        known = {article.id: article for article in store.story_articles(brief.story_id)}
        for sentence in brief.all_sentences():
            sentences += 1
            proved += bool(sentence.spans) and all(
                span.article_id in known and known[span.article_id].proves(span) for span in sentence.spans
            )
    languages = {language for story in store.stories() for language in story.languages}
    return {
        "articles": store.count("article"),
        "stories": len(told),
        "briefs": briefs,
        "sentences": sentences,
        "sentences_with_evidence": proved,
        "languages": len(languages),
    }
