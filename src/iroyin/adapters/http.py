"""The one fetcher: guarded, polite, and honest about what publishers allow. Nothing else in the desk dials out.

fetch(url)
  | check_url     a clean http(s) URL, or AddressRefused
  | wishes        robots.txt and tdmrep.json of the origin, kept for a day: PolicyRefused
  | turn          one request at a time to a host, a pause between two, silence when it asked for it
  | exchange      a judged address, an absolute deadline, a capped body
  | redirect      by hand, each hop from the top, at most `fetch.redirects`
  v
Fetched, with the publisher's own line in `opt_out` where it reserves its text
"""

import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin

import httpcore2

from iroyin import __version__
from iroyin.adapters.exchange import Answer, Ask, Line, exchange, line_through
from iroyin.adapters.netguard import (
    WEB_PORTS,
    Address,
    Guard,
    Resolve,
    Target,
    check_url,
    is_public,
    system_resolve,
)
from iroyin.adapters.optout import header_opt_out, tdm_header
from iroyin.adapters.politeness import CRAWL_DELAY_CAP, Politeness, retry_after
from iroyin.adapters.robots import AGENT, ROBOTS_LIMIT, Rules, read_rules
from iroyin.adapters.wishes import Wishes
from iroyin.errors import AddressRefused, FetchError, PolicyRefused
from iroyin.model import Fetched
from iroyin.ports import Purpose
from iroyin.settings import Settings

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_ACCEPT: Mapping[Purpose, str] = {
    "feed": "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "page": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5",
}
_SENDABLE = re.compile(r"[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?")
# Where robots.txt fails for one of these, the page would too: its own error says more than a refusal.
_NO_SERVER = frozenset({"dns", "connect", "tls", "silence"})


@dataclass(frozen=True, slots=True)
class _Want:
    """What a journey over redirects is for. `obey` asks robots.txt at every hop."""

    headers: Mapping[str, str]
    limit: int
    validators: Mapping[str, str] = field(default_factory=dict)
    obey: bool = True
    truncate: bool = False


@dataclass(frozen=True, slots=True)
class _Arrival:
    """Where a journey ended; `conditional` says whether the last request carried validators."""

    target: Target
    answer: Answer
    rules: Rules
    permanent: str
    conditional: bool


class GuardedFetcher:
    """`ports.Fetcher` over HTTP/1.1, for use from many threads at once.

    `resolve`, `public` and `ports` are the guard's rules and `tls` the trust store; tests pass their own, as they
    do with the clocks and `sleep`.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        resolve: Resolve = system_resolve,
        public: Callable[[Address], bool] = is_public,
        ports: frozenset[int] = WEB_PORTS,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings, self._clock, self._now = settings, clock, now
        self._guard = Guard(settings.fetch_allow, resolve, public, ports)
        trust = tls or httpcore2.default_ssl_context()
        self._line = Line(self._guard, trust, settings.fetch_connect, settings.fetch_read, clock)
        self._politeness = Politeness(clock=clock, sleep=sleep)
        self._wishes = Wishes(self._read_rules, clock=clock)
        self._agent = user_agent(settings)

    def fetch(self, url: str, purpose: Purpose, *, etag: str = "", last_modified: str = "") -> Fetched:
        """The answer to one request; status 304 with an empty body when the validators still hold.

        Raises FetchError, AddressRefused, PolicyRefused.
        """
        limit = self._settings.fetch_feed_bytes if purpose == "feed" else self._settings.fetch_page_bytes
        want = _Want(
            headers={"User-Agent": self._agent, "Accept": _ACCEPT[purpose]},
            limit=limit,
            validators=_validators(etag, last_modified),
        )
        arrival = self._follow(check_url(url), want)
        if arrival.answer.status == 304 and not arrival.conditional:
            bare = _Want(headers=want.headers, limit=limit)
            arrival = self._follow(check_url(url), bare)
        self._accept(arrival)
        return Fetched(
            requested_url=url,
            url=arrival.target.url,
            status=arrival.answer.status,
            headers=_joined(arrival.answer),
            body=arrival.answer.body,
            fetched_at=self._now(),
            permanent_url=arrival.permanent,
            opt_out=_opt_out(arrival, feed=purpose == "feed"),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to close: every connection ends with its answer."""

    def _accept(self, arrival: _Arrival) -> None:
        """Let a whole answer pass: 304 to validators, or 200 with a body. Raises FetchError for all else."""
        answer, url = arrival.answer, arrival.target.url
        if answer.status == 304 and arrival.conditional:
            return
        if answer.status in {204, 205} or (answer.status in {200, 203} and not answer.body.strip()):
            raise FetchError(url, "empty", status=answer.status)
        if answer.status not in {200, 203}:
            raise self._status_error(arrival.target, answer)

    def _follow(self, target: Target, want: _Want) -> _Arrival:
        """The journey over redirects. Every hop is judged anew; validators never leave their origin."""
        seconds, home, listed = self._settings.fetch_deadline, target.origin, True
        validators, permanent, straight = want.validators, "", True
        for _ in range(self._settings.fetch_redirects + 1):
            rules = self._permitted(target) if want.obey else Rules()
            ask = Ask(target, {**want.headers, **validators}, seconds, want.limit, listed, want.truncate)
            answer, seconds = self._take_turn(ask, rules)
            if answer.status not in _REDIRECTS:
                return _Arrival(target, answer, rules, permanent, bool(validators))
            straight = straight and answer.status in _PERMANENT
            # A stranger's redirect may not lead to the inner hosts that the operator opened for the desk.
            listed = listed and self._guard.lists(target.host, target.port)
            target = _next_hop(target, answer)
            permanent = target.url if straight else permanent
            validators = validators if target.origin == home else {}
        raise FetchError(target.url, "redirects")

    def _permitted(self, target: Target) -> Rules:
        """The rules of the target's origin, when they let us fetch it. Raises PolicyRefused, FetchError."""
        rules = self._wishes.of(target)
        if refusal := rules.refusal(target.url):
            left = self._wishes.seconds_left(target) if rules.unreachable else None
            raise PolicyRefused(target.url, refusal, retry_after=left)
        return rules

    def _take_turn(self, ask: Ask, rules: Rules) -> tuple[Answer, float]:
        """The answer, asked in the host's turn, and what is left of its seconds."""
        target = ask.target
        delay = max(self._settings.fetch_host_delay, min(rules.crawl_delay(), CRAWL_DELAY_CAP))
        if self._guard.is_own(target.host, target.port):
            delay = 0.0
        self._keep_silence(target)
        with self._politeness.turn(target.host, delay=delay):
            self._keep_silence(target)  # the one before us may have been told to wait
            begun = self._clock()
            answer = exchange(self._line, ask)
            if answer.status == 429 or answer.status >= 500:
                raise self._status_error(target, answer)
        return answer, ask.seconds - (self._clock() - begun)

    def _keep_silence(self, target: Target) -> None:
        left = self._politeness.silent_for(target.host)
        if left > 0:
            raise FetchError(target.url, "silence", retry_after=left)

    def _status_error(self, target: Target, answer: Answer) -> FetchError:
        wait = retry_after(answer.header("retry-after"), self._now())
        if wait is not None and answer.status in {429, 503}:
            self._politeness.silence(target.host, wait)
        return FetchError(target.url, f"status {answer.status}", retry_after=wait, status=answer.status)

    def _read_rules(self, target: Target) -> Rules:
        """The origin's rules off the wire: 4xx means none, 5xx and silence mean keep out (RFC 9309, 2.3.1)."""
        try:
            robots = self._wish(target, "/robots.txt")
        except FetchError as error:
            refused = isinstance(error, AddressRefused) and error.url == f"{target.origin}/robots.txt"
            if refused or error.reason in _NO_SERVER:
                raise
            return Rules(unreachable=error.reason)
        alone = read_rules(robots)
        location = f"{target.origin}/.well-known/tdmrep.json"
        if alone.refusal(location):
            return alone
        try:
            return read_rules(robots, self._wish(target, "/.well-known/tdmrep.json"))
        except FetchError:
            return alone

    def _wish(self, target: Target, path: str) -> bytes:
        """One well-known file of an origin, cut at its limit; empty when there is none. Raises FetchError."""
        want = _Want({"User-Agent": self._agent, "Accept": "*/*"}, ROBOTS_LIMIT, obey=False, truncate=True)
        try:
            answer = self._follow(check_url(target.origin + path), want).answer
        except FetchError as error:
            if error.reason in {"redirects", "not text", "encoding"}:
                return b""
            raise
        return answer.body if answer.status == 200 else b""


def _next_hop(target: Target, answer: Answer) -> Target:
    """Where a redirect leads. Raises FetchError for no address, AddressRefused for one that is not http."""
    sent = answer.header("location").strip()
    if not sent:
        raise FetchError(target.url, "redirects")
    try:
        location = sent.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        location = sent
    try:
        return check_url(urljoin(target.url, location))
    except ValueError as error:
        raise AddressRefused(target.url, "not a clean URL") from error


def _validators(etag: str, last_modified: str) -> dict[str, str]:
    """The validators byte for byte as the server sent them, without those that could break a header line."""
    sent = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in sent.items() if _SENDABLE.fullmatch(value)}


def _joined(answer: Answer) -> dict[str, str]:
    """Headers by lower-case name, repeated ones joined by a comma. Cookies are nobody's business here."""
    return {name: answer.header(name) for name, _ in answer.headers if name != "set-cookie"}


def _opt_out(arrival: _Arrival, *, feed: bool) -> str:
    """The evidence that the text is reserved: header, robots.txt, then tdmrep.json, which a header overrides."""
    path = arrival.target.path.decode("ascii", "replace")
    headers = arrival.answer.headers
    said = header_opt_out(headers, agent=AGENT, feed=feed) or arrival.rules.usage_opt_out(arrival.target.url, path)
    if said or tdm_header(headers) is False:
        return said
    return arrival.rules.tdm_opt_out(path)


def line_of(settings: Settings) -> Line:
    """The guarded line of these settings, for adapters that speak a protocol of their own."""
    return line_through(Guard(settings.fetch_allow), connect=settings.fetch_connect, read=settings.fetch_read)


def user_agent(settings: Settings) -> str:
    """Our name as every server hears it, with where to read about us and whom to write to."""
    contact = f"; {settings.desk_contact}" if settings.desk_contact else ""
    agent = f"{AGENT}/{__version__} (+{settings.desk_url}/about{contact})"
    return re.sub(r"[^\x20-\x7e]", "", agent)
