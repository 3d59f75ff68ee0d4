"""`/api/v1`: what the pages say, as JSON for machines. Read only; each answer has an ETag; described by `openapi`."""

import json
from collections.abc import Callable
from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from iroyin.settings import Settings
from iroyin.web.answers import MOST, USUAL, Answer, Answers, Archive
from iroyin.web.openapi import description

Asking = Callable[[Request], Answer]


def routes(store: Archive, settings: Settings) -> list[Route]:
    """The routes of the API."""
    told = Answers(store, settings)
    table: dict[str, Asking] = {
        "/api/v1/openapi.json": lambda _: (200, description(told.site.name, told.site.url)),
        "/api/v1/languages": lambda _: told.languages(),
        "/api/v1/stories": lambda asked: told.stories(
            _field(asked, "language"), _field(asked, "cursor"), _limit(asked)
        ),
        "/api/v1/stories/{story}": lambda asked: told.story(asked.path_params["story"]),
        "/api/v1/stories/{story}/claims": lambda asked: told.claims(
            asked.path_params["story"], _field(asked, "language")
        ),
        "/api/v1/search": lambda asked: told.search(_field(asked, "q"), _field(asked, "language"), _limit(asked)),
        "/api/v1/feeds": lambda _: told.feeds(),
        "/api/v1/kite/{language}": lambda asked: told.kite(asked.path_params["language"]),
    }
    return [Route(path, _endpoint(answer), methods=["GET"]) for path, answer in table.items()]


def _endpoint(answer: Asking) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        status, document = answer(request)
        body = json.dumps(document, ensure_ascii=False).encode(errors="replace")
        etag = f'W/"{sha256(body).hexdigest()[:32]}"'
        headers = {"etag": etag, "cache-control": "public, max-age=60", "access-control-allow-origin": "*"}
        if status == 200 and etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, status, headers, "application/json; charset=utf-8")

    return endpoint


def _field(request: Request, name: str) -> str:
    return str(request.query_params.get(name, ""))


def _limit(request: Request) -> int:
    text = _field(request, "limit")
    return min(max(int(text), 1), MOST) if text.isascii() and text.isdigit() and len(text) < 6 else USUAL
