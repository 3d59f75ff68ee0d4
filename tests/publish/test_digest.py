"""The digest as a message: both bodies say the same, in the language and direction of the site, and fetch nothing."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from newsroom import NOW, site, views

from iroyin.publish import DayView, SiteView, digest
from iroyin.publish.attribution import opening
from iroyin.publish.document import quoted
from iroyin.publish.locale import direction, labels, tag
from iroyin.publish.mail import leave_link
from markup import read

TOLD = sorted({view.brief.language for view in views()})


def day(language: str) -> DayView:
    own = tuple(v for v in views() if v.brief.language == language)
    return DayView(language, own[0].story.first_at.date(), own)


def written(view: DayView, at: SiteView, **how: Any) -> EmailMessage:
    message = digest(view, at, now=NOW, **how)
    assert message
    return message


def made(view: DayView, **how: Any) -> EmailMessage:
    """The message as a mail program reads it from its bytes."""
    whole = written(view, site(imprint="Ọ̀rọ̀ Ltd", sample=True), **how).as_bytes()
    message = message_from_bytes(whole, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def bodies(message: EmailMessage) -> tuple[str, str]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text and html
    return text.get_content(), html.get_content()


@pytest.mark.parametrize("language", TOLD)
def test_both_bodies_tell_every_story_of_the_day_with_its_counts_and_address(language: str) -> None:
    view, words = day(language), labels(language)
    text, html = bodies(made(view))
    page = read(html.encode())
    printed = " ".join(said for _, _, said in page.texts).replace("\u00a0", " ")

    assert [] == page.faults
    for story in view.stories:
        address = quoted(f"https://news.example{story.path}")
        newsrooms = words.count("count.newsrooms", story.brief.counts.newsrooms)
        for said in (story.brief.headline.text, opening(story.brief, 9), newsrooms):
            assert said in text and said in printed
        assert address in text and address in page.links
    for said in (words.say("footer.ai"), words.say("sample.banner"), "Ọ̀rọ̀ Ltd"):
        assert said in text and said in printed


@pytest.mark.parametrize("language", TOLD)
def test_the_message_is_in_its_language_and_direction(language: str) -> None:
    message = made(day(language))
    _, html = bodies(message)

    assert f'<html lang="{tag(language)}" dir="{direction(language)}">' in html
    assert tag(language) == message["Content-Language"]
    assert "multipart/alternative" == message.get_content_type()


def test_nothing_is_fetched_when_it_is_read_and_no_reader_is_counted() -> None:
    page = read(bodies(made(day("en")))[1].encode())

    assert [] == page.sources
    assert {"https"} == {link.partition(":")[0] for link in page.links}
    assert [] == [link for link in page.links if "?" in link]


@pytest.mark.parametrize(
    ("leave", "header"),
    [("", None), ("leave@news.example", "<mailto:leave@news.example>"), ("https://a.example/out", "<https://a.example/out>")],
)  # fmt: skip
def test_how_to_unsubscribe_stands_there_only_when_it_is_set(leave: str, header: str | None) -> None:
    message = made(day("en"), leave=leave)
    text, html = bodies(message)

    assert header == message["List-Unsubscribe"]
    assert bool(leave) == ("Unsubscribe" in text) == ("Unsubscribe" in html)


def test_the_same_values_give_the_same_bytes_and_another_day_another_id() -> None:
    view = day("en")
    later = replace(view, day=view.day + timedelta(days=1))
    ids = {written(one, site())["Message-ID"] for one in (view, view, later, day("yo"))}

    assert written(view, site()).as_bytes() == written(view, site()).as_bytes()
    assert 3 == len(ids)


def test_a_name_or_a_sender_cannot_add_a_header() -> None:
    named = site(name="Iroyin\r\nBcc: all@a.example")
    assert written(day("en"), named)["Bcc"] is None
    with pytest.raises(ValueError):
        written(day("en"), site(), sender="a@b.example\r\nBcc: all@a.example")


def test_hostile_words_are_text() -> None:
    view = day("en")
    first = view.stories[0]
    odd = replace(first.brief.headline, text="<img src=x onerror=alert(1)> & \x00\x1b[31m more")
    told = replace(first, brief=replace(first.brief, headline=odd))
    text, html = bodies(made(replace(view, stories=(told,))))

    assert "<img" not in html and "&lt;img src=x" in html
    assert "\x00" not in text + html and "\x1b" not in text + html


def test_a_day_of_which_nothing_can_be_proved_is_no_message() -> None:
    view = day("en")
    bare = tuple(replace(story, articles={}) for story in view.stories)

    assert digest(replace(view, stories=bare), site(), now=NOW) is None


@pytest.mark.parametrize(
    ("leave", "line"),
    [
        ("https://a.example/out?" + "list=" * 30, "<https://a.example/out?" + "list=" * 30 + ">"),
        ("leave" * 12 + "@a.example", "<mailto:" + "leave" * 12 + "@a.example>"),
        ("mailto:leave@a.example?subject=out", "<mailto:leave@a.example?subject=out>"),
    ],
)
def test_a_link_to_leave_by_stands_in_the_bytes_as_it_is(leave: str, line: str) -> None:
    whole = written(day("yo"), site(), leave=leave).as_bytes()

    assert line == message_from_bytes(whole, policy=policy.compat32)["List-Unsubscribe"]
    assert f"\r\nList-Unsubscribe: {line}\r\n".encode() in whole
    assert b"\n" not in whole.replace(b"\r\n", b"")
    assert all(len(one) <= 78 for one in whole.splitlines() if b"List-Unsubscribe" not in one)


@pytest.mark.parametrize(
    "leave",
    [
        "mailto:", "@", "leave@", "@a.example", "at will", "https://", "https://:80/", "https://a.example:x/",
        "https://a.example/<b>", "a@b.example>, <http://c.example", "leave @a.example", "https://a.example/a b",
        "https://a.example/\r\nBcc: x", "https://a.example/\x00", "javascript:alert(1)", "ọ@a.example",
        "https://a.example/" + "x" * 999,
    ],
)  # fmt: skip
def test_what_is_no_link_to_leave_by_is_none(leave: str) -> None:
    assert "" == leave_link(leave)


@pytest.mark.parametrize(
    ("url", "at"),
    [
        ("https://news.example", "news.example"),
        ("https://ìròyìn.example/", "xn--ryn-mmac8a.example"),
        ("http://[2001:db8::1]:8000", "[IPv6:2001:db8::1]"),
        ("http://127.0.0.1:8000", "[127.0.0.1]"),
        ("http://" + "ọ" * 80 + ".example", "localhost"),
        ("http://a..example", "localhost"),
        ("http://[", "localhost"),
        ("http://a b.example", "localhost"),
        ("https://", "localhost"),
    ],
)
def test_whatever_the_address_of_the_site_sender_and_id_are_valid(url: str, at: str) -> None:
    message = digest(day("en"), site(url=url), now=NOW)
    assert message
    read_back = message_from_bytes(message.as_bytes(), policy=policy.default)
    sender = read_back["From"]

    assert [f"digest@{at}"] == [one.addr_spec for one in sender.addresses]
    assert read_back["Message-ID"].endswith(f"@{at}>")
    assert () == (*sender.defects, *read_back["Message-ID"].defects)
