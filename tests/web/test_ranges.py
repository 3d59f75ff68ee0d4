"""Parts of a file that players ask for."""

import asyncio

import pytest

from iroyin.model import Page
from iroyin.web.kept import KeptPages
from iroyin.web.ranges import part

BODY = bytes(range(10))


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        (b"bytes=0-1", (0, 2)), (b"bytes=2-", (2, 10)), (b"bytes=8-99", (8, 10)), (b"bytes=-3", (7, 10)),
        (b"bytes=-99", (0, 10)), (b"Bytes=9-9", (9, 10)),
        (b"bytes=10-", (10, 10)), (b"bytes=50-60", (10, 10)), (b"bytes=-0", (10, 10)),
        (b"bytes=5-4", None), (b"bytes=0-1,3-4", None), (b"items=0-1", None), (b"bytes=-", None), (b"bytes=a-b", None),
        (b"bytes=0-1" + b"0" * 400, None), (b"", None),
    ],
)  # fmt: skip
def test_what_is_asked_for_lies_inside_the_file(asked: bytes, wanted: tuple[int, int] | None) -> None:
    assert part(asked, len(BODY)) == wanted


def answer(media: str, method: str = "GET", **headers: str) -> tuple[int, dict[bytes, bytes], bytes]:
    async def nowhere(*_: object) -> None:
        raise AssertionError("the page is there")

    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    app = KeptPages(nowhere, lambda path: Page(path, media, BODY, etag="e"), lambda _: {"x": "y"})  # type: ignore[arg-type]
    sent_headers = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": "/a", "query_string": b"",
             "headers": sent_headers}  # fmt: skip
    asyncio.run(app(scope, nowhere, send))  # type: ignore[arg-type]
    start, body = sent
    return start["status"], dict(start["headers"]), body["body"]  # type: ignore[return-value, call-overload]


def test_a_recording_goes_out_in_parts() -> None:
    status, headers, body = answer("audio/mpeg", range="bytes=2-4", accept_encoding="gzip")
    assert (status, body) == (206, BODY[2:5])
    assert (headers[b"content-range"], headers[b"content-length"]) == (b"bytes 2-4/10", b"3")
    assert (headers[b"content-type"], headers[b"x"]) == (b"audio/mpeg", b"y")

    status, headers, body = answer("audio/mpeg", range="bytes=10-")
    assert (status, headers[b"content-range"], body) == (416, b"bytes */10", b"")


@pytest.mark.parametrize(
    ("media", "method", "headers"),
    [
        ("audio/mpeg", "GET", {}),
        ("audio/mpeg", "GET", {"range": "bytes=2-4", "if_range": '"e"'}),
        ("audio/mpeg", "GET", {"range": "bytes=0-1,4-5"}),
        ("text/html", "GET", {"range": "bytes=2-4"}),
        ("audio/mpeg", "HEAD", {"range": "bytes=2-4"}),
    ],
)
def test_everything_else_goes_out_whole(media: str, method: str, headers: dict[str, str]) -> None:
    status, told, body = answer(media, method, **headers)

    assert (status, told[b"content-length"]) == (200, b"10")
    assert body == (b"" if method == "HEAD" else BODY)
    assert (b"accept-ranges" in told) == (media == "audio/mpeg")
