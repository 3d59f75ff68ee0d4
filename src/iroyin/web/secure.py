"""The security headers that every answer carries, by what the answer is."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

SVG = "image/svg+xml"

Rules = Callable[[str], Mapping[str, str]]
"""The security headers of an answer of this media type."""


def security_headers(media_type: str = "text/html", *, analytics: str = "") -> dict[str, str]:
    """The headers of an answer of this media type; an analytics address adds its origin to the script rules.

    A drawing may show the pictures that it holds in itself: one that a model painted is such a picture.
    """
    parts = urlsplit(analytics)
    counted = f" {parts.scheme}://{parts.netloc}" if parts.scheme in {"http", "https"} and parts.netloc else ""
    held = " data:" if media_type.partition(";")[0].strip().lower() == SVG else ""
    policy = (
        f"default-src 'none'; script-src 'self'{counted}; style-src 'self'; img-src 'self'{held}; font-src 'self'; "
        f"media-src 'self'; connect-src 'self'{counted}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    return {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "strict-origin-when-cross-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-site",
    }


class SecurityHeaders:
    """ASGI middleware that puts the security headers on every answer, errors of routing included."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self._app, self._rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to the start of its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                told = dict(message["headers"]).get(b"content-type", b"").decode("latin-1")
                added = [(name.encode(), value.encode()) for name, value in self._rules(told).items()]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self._app(scope, receive, with_headers)
