"""The desk for programs that speak the Model Context Protocol: five tools that only read what is published."""

from datetime import date
from typing import Annotated, Any

from mcp.server.mcpserver import MCPServer
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, ToolAnnotations
from pydantic import Field
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send

from iroyin import __version__
from iroyin.settings import Settings
from iroyin.web.answers import Answers, Archive
from iroyin.web.marked import NOTICE, Marked, WrongCursor

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
_MOST = 20
_LARGEST_REQUEST = 64 * 1024  # bytes

Words = Annotated[str, Field(max_length=200, description="Words to look for; empty lists the newest stories.")]
Language = Annotated[
    str, Field(max_length=12, pattern=r"^[A-Za-z-]*$", description="Language code, see list_languages.")
]
Since = Annotated[
    date | None,
    Field(description="Only stories that began (without words: changed) on this day or later, YYYY-MM-DD."),
]
Limit = Annotated[int, Field(ge=1, le=_MOST, description="Most stories in the result.")]
Cursor = Annotated[
    str, Field(max_length=200, description="`next` of the result before, for the same words, language and day.")
]
Story = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[\w.-]+$", description="Id of a story.")]
Start = Annotated[int, Field(ge=0, le=10_000, description="`next_start` of the result before.")]


def server(store: Archive, settings: Settings) -> MCPServer[Any]:
    """The server of this desk. Its results are bounded and mark every text from outside (see `marked`)."""
    told = Marked(store, Answers(store, settings))
    made: MCPServer[Any] = MCPServer(
        settings.desk_name,
        version=__version__,
        website_url=settings.desk_url or None,
        log_level="WARNING",
        subscriptions=False,
        instructions="Stories of an AI news desk in which every sentence stands on sentences of named newsrooms. "
        f"Use get_claims before you rely on a sentence. {NOTICE}",
    )

    @made.tool(annotations=_READS)
    def list_languages() -> dict[str, Any]:
        """The languages in which this desk tells stories."""
        return told.languages()

    @made.tool(annotations=_READS)
    def search_stories(
        words: Words = "", language: Language = "", since: Since = None, limit: Limit = 10, cursor: Cursor = ""
    ) -> dict[str, Any]:
        """Find published stories by words, or list the newest ones of a language."""
        try:
            return told.search(words, language, since, limit, cursor)
        except WrongCursor as error:
            raise MCPError(INVALID_PARAMS, "cursor: not `next` of a result for this very question") from error

    @made.tool(annotations=_READS)
    def get_story(story: Story, language: Language = "", start: Start = 0) -> dict[str, Any]:
        """One story: its headline, lede and sentences, each with the outlets it stands on; or that it was retracted."""
        return told.story(story, language, start)

    @made.tool(annotations=_READS)
    def get_claims(story: Story, language: Language = "", start: Start = 0) -> dict[str, Any]:
        """The evidence of each sentence: source text, outlet, address, date, offsets and SHA-256."""
        return told.claims(story, language, start)

    @made.tool(annotations=_READS)
    def list_corrections(language: Language = "", start: Start = 0) -> dict[str, Any]:
        """What was corrected or retracted, and why, newest first."""
        return told.corrections(language, start)

    return made


def door(made: MCPServer[Any]) -> tuple[Route, Lifespan[Any]]:
    """The same tools at `/mcp` of the site: the route, and what must be open while it is served.

    Each POST is a conversation of its own and nothing is kept between two. What is told is public, so any program may
    ask, under any host name; a page of another site may not, for a browser asks first whether it may and hears no yes.
    """
    inner = made.streamable_http_app(
        stateless_http=True,
        json_response=True,
        max_request_body_size=_LARGEST_REQUEST,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return Route("/mcp", _OnlyPost(inner)), lambda _: made.session_manager.run()


class _OnlyPost:
    """Refuses the streams that a GET would hold open: the desk has nothing to say unasked."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        post = scope["method"] == "POST"
        await (self._app if post else Response(status_code=405, headers={"allow": "POST"}))(scope, receive, send)
