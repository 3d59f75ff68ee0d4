"""How each network answers: its documented paths, fields, paging, sessions, limits and errors, for invented posts."""

import base64
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape as xml

from iroyin.model import Platform
from iroyin.sample.social.posts import SamplePost

if TYPE_CHECKING:
    from iroyin.sample.social.server import Asked, Reply, SocialWeb

_TERM = re.compile(r'"([^"]+)"|(\S+)')


def terms(query: str) -> list[str]:
    """The words of a query; operators such as `-is:retweet` are none."""
    return [quoted or bare for quoted, bare in _TERM.findall(query) if quoted or not re.match(r"-?\w+:", bare)]


def limit_headers(platform: Platform, left: int | None, seconds: int, now: datetime) -> dict[str, str]:
    """The limit as each network tells it; X and Bluesky as Unix time, Mastodon as ISO time, Reddit as seconds."""
    if left is None:
        return {}
    at = now + timedelta(seconds=seconds)
    unix = str(int(at.timestamp()))
    return {
        Platform.BLUESKY: {"RateLimit-Remaining": str(left), "RateLimit-Reset": unix},
        Platform.MASTODON: {"X-RateLimit-Remaining": str(left), "X-RateLimit-Reset": _iso(at)},
        Platform.REDDIT: {"X-Ratelimit-Remaining": f"{left}.0", "X-Ratelimit-Reset": str(seconds)},
        Platform.X: {"x-rate-limit-remaining": str(left), "x-rate-limit-reset": unix},
    }.get(platform, {"Retry-After": str(seconds)} if left == 0 else {})


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _reply(value: object = None, status: int = 200, **headers: str) -> "Reply":
    from iroyin.sample.social.server import Reply

    return Reply(status, value, dict(headers))


def _page(found: list[SamplePost], start: int, size: int) -> tuple[list[SamplePost], int]:
    """The posts of a page and where the next begins, 0 when there is none."""
    end = start + size
    return found[start:end], end if end < len(found) else 0


def _size(web: "SocialWeb", wanted: str) -> int:
    return max(1, min(web.page, int(wanted) if wanted.isdecimal() else web.page))


def _between(found: list[SamplePost], since: str, until: str) -> list[SamplePost]:
    def at(text: str) -> datetime | None:
        return datetime.fromisoformat(text) if text else None

    first, last = at(since), at(until)
    return [post for post in found if (not first or post.at >= first) and (not last or post.at <= last)]


# Bluesky


def _bluesky(web: "SocialWeb", asked: "Asked") -> "Reply":
    from iroyin.sample.social.server import HANDLE, PASSWORD, TOKEN

    method = asked.path.removeprefix("/xrpc/")
    if method == "com.atproto.server.createSession":
        sent = json.loads(asked.body or b"{}")
        if (sent.get("identifier"), sent.get("password")) != (HANDLE, PASSWORD):
            return _reply({"error": "AuthenticationRequired", "message": "Invalid identifier or password"}, 401)
        return _reply({"accessJwt": TOKEN, "refreshJwt": "r", "handle": HANDLE, "did": "did:plc:desk"})
    fault = web.faults[Platform.BLUESKY]
    if asked.authorization != f"Bearer {TOKEN}" or fault.expire_token_once:
        fault.expire_token_once = False
        return _reply({"error": "ExpiredToken", "message": "Token has expired"}, 400)
    if method == "app.bsky.feed.getPosts":
        named = (uri.rpartition("/")[2] for uri in asked.query.get("uris", []))
        numbers = [int(rkey) for rkey in named if rkey.isdecimal()]
        return _reply({"posts": [_sky(post) for n in numbers if (post := web.one(n))]})
    found = _between(web.having(asked.platform, asked.one("q")), asked.one("since"), asked.one("until"))
    some, after = _page(found, int(asked.one("cursor", "0")), _size(web, asked.one("limit")))
    return _reply({"posts": [_sky(post) for post in some], **({"cursor": str(after)} if after else {})})


def _sky(post: SamplePost) -> dict[str, object]:
    did = f"did:plc:{sha256(post.handle.encode()).hexdigest()[:24]}"
    author = {
        "did": did, "handle": post.handle, "displayName": post.name, "createdAt": _iso(post.born),
        "labels": [{"val": "bot", "src": did}] if post.bot else [],
    }  # fmt: skip
    record = {
        "$type": "app.bsky.feed.post",
        "text": post.text,
        "createdAt": _iso(post.at),
        "langs": [post.language],
    }
    uri = f"at://{did}/app.bsky.feed.post/{post.number}"
    return {"uri": uri, "cid": f"c{sha256(post.text.encode()).hexdigest()[:16]}", "author": author, "record": record,
            "indexedAt": _iso(post.at), "likeCount": 0}  # fmt: skip


# Mastodon


def _mastodon(web: "SocialWeb", asked: "Asked") -> "Reply":
    from iroyin.sample.social.server import TOKEN

    def toot(post: SamplePost) -> dict[str, object]:
        site = web.address("mastodon")
        account = {
            "id": post.handle, "username": post.handle, "acct": post.handle, "display_name": post.name,
            "note": f"<p>{escape(post.bio)}</p>", "bot": post.bot, "created_at": _iso(post.born),
            "statuses_count": post.wrote, "noindex": False,
        }  # fmt: skip
        return {
            "id": str(post.number), "uri": f"{site}/users/{post.handle}/statuses/{post.number}",
            "url": f"{site}/@{post.handle}/{post.number}", "created_at": _iso(post.at), "visibility": "public",
            "language": post.language, "content": f"<p>{escape(post.text)}</p>", "account": account,
            "edited_at": _iso(post.edited_at) if post.edited_at else None, "in_reply_to_id": None,
        }  # fmt: skip

    if asked.path == "/api/v2/search":
        if asked.authorization != f"Bearer {TOKEN}":
            return _reply({"error": "This method requires an authenticated user"}, 401)
        found = web.having(asked.platform, asked.one("q"))
        some, _ = _page(found, int(asked.one("offset", "0")), _size(web, asked.one("limit")))
        return _reply({"accounts": [], "hashtags": [], "statuses": [toot(post) for post in some]})
    if asked.path.startswith("/api/v1/timelines/tag/"):
        tag = "#" + asked.path.rpartition("/")[2].lower()
        older = int(asked.one("max_id", "999999999"))
        found = sorted(
            (p for p in web.posts(asked.platform) if tag in p.text.lower() and p.number < older),
            key=lambda p: -p.number,
        )  # fmt: skip
        return _reply([toot(post) for post in found[: _size(web, asked.one("limit"))]])
    number = asked.path.rpartition("/")[2]
    post = web.one(int(number)) if number.isdecimal() else None
    return _reply(toot(post)) if post else _reply({"error": "Record not found"}, 404)


# Reddit


def _reddit(web: "SocialWeb", asked: "Asked") -> "Reply":
    from iroyin.sample.social.server import APP, SECRET, TOKEN

    if asked.path == "/api/v1/access_token":
        right = "Basic " + base64.b64encode(f"{APP}:{SECRET}".encode()).decode()
        if asked.authorization != right:
            return _reply({"message": "Unauthorized", "error": 401}, 401)
        return _reply({"access_token": TOKEN, "token_type": "bearer", "expires_in": 86400, "scope": "*"})
    fault = web.faults[Platform.REDDIT]
    if asked.authorization != f"Bearer {TOKEN}" or fault.expire_token_once:
        fault.expire_token_once = False
        return _reply({"message": "Unauthorized", "error": 401}, 401)
    if asked.path == "/api/info":
        names = asked.one("id").split(",")
        known = [web.one(int(name.partition("_")[2])) for name in names]
        return _reply(_listing([_thing(web, post) for post in known if post]))
    if asked.path.startswith("/comments/"):
        thread = int(asked.path.rpartition("/")[2])
        answers = [post for post in web.posts(asked.platform) if post.answers == thread]
        first = web.one(thread)
        return _reply(
            [_listing([_thing(web, first)] if first else []), _listing([_thing(web, p) for p in answers])]
        )
    found = [post for post in web.having(asked.platform, asked.one("q")) if not post.answers]
    start = int(asked.one("after", "t3_0").partition("_")[2])
    some, after = _page(found, start, _size(web, asked.one("limit")))
    return _reply(_listing([_thing(web, post) for post in some], after=f"t3_{after}" if after else None))


def _listing(children: list[dict[str, object]], *, after: str | None = None) -> dict[str, object]:
    return {"kind": "Listing", "data": {"after": after, "children": children}}


def _thing(web: "SocialWeb", post: SamplePost) -> dict[str, object]:
    kind, link = ("t1", f"/r/news/comments/{post.answers}/x/{post.number}/") if post.answers else (
        "t3", f"/r/news/comments/{post.number}/x/"
    )  # fmt: skip
    title, _, body = post.text.partition("\n")
    words = {"body": post.text} if post.answers else {"title": title, "selftext": body}
    data: dict[str, object] = {
        "id": str(post.number), "name": f"{kind}_{post.number}", "author": post.handle, "permalink": link,
        "created_utc": post.at.timestamp(), "edited": post.edited_at.timestamp() if post.edited_at else False,
        "num_comments": sum(one.answers == post.number for one in web.posts(post.platform)),
        "removed_by_category": None, **words,
    }  # fmt: skip
    return {"kind": kind, "data": data}


# Hacker News


def _hackernews(web: "SocialWeb", asked: "Asked") -> "Reply":
    if asked.path.startswith("/api/v1/items/"):
        post = web.one(int(asked.path.rpartition("/")[2]))
        if not post:
            return _reply({"status": 404, "error": "Not Found"}, 404)
        return _reply({"id": post.number, "author": post.handle, "created_at": _iso(post.at),
                       "created_at_i": int(post.at.timestamp()), "text": escape(post.text), "title": None})  # fmt: skip
    bounds = dict(re.findall(r"created_at_i([<>])=(\d+)", asked.one("numericFilters")))
    found = [
        post
        for post in web.having(asked.platform, asked.one("query"))
        if int(bounds.get(">", 0)) <= post.at.timestamp() <= int(bounds.get("<", 10**11))
    ]
    size, page = _size(web, asked.one("hitsPerPage")), int(asked.one("page", "0"))
    some, _ = _page(found, page * size, size)
    hits = []
    for post in some:
        first = web.one(post.answers)
        words = {"comment_text": escape(post.text), "story_title": first.text if first else "A thread"}
        if not post.answers:
            words = {"title": post.text, "story_text": None}  # type: ignore[dict-item]
        hits.append({"objectID": str(post.number), "author": post.handle, "created_at": _iso(post.at),
                     "created_at_i": int(post.at.timestamp()), **words})  # fmt: skip
    return _reply({"hits": hits, "page": page, "nbPages": -(-len(found) // size), "nbHits": len(found)})


# Lemmy


def _lemmy(web: "SocialWeb", asked: "Asked") -> "Reply":
    site = web.address("lemmy")

    def view(post: SamplePost) -> dict[str, object]:
        kind = "comment" if post.answers else "post"
        title, _, body = post.text.partition("\n")
        words = {"content": post.text} if post.answers else {"name": title, "body": body}
        own = {
            "id": post.number, "ap_id": f"{site}/{kind}/{post.number}", "published": _iso(post.at),
            "updated": _iso(post.edited_at) if post.edited_at else None, "deleted": False, "removed": False, **words,
        }  # fmt: skip
        creator = {
            "name": post.handle, "display_name": post.name, "bio": post.bio, "published": _iso(post.born),
            "actor_id": f"{site}/u/{post.handle}", "bot_account": post.bot,
        }  # fmt: skip
        first = web.one(post.answers)
        about = {"post": {"name": first.text if first else ""}} if post.answers else {}
        return {kind: own, "creator": creator, **about}

    if asked.path in {"/api/v3/post", "/api/v3/comment"}:
        kind = asked.path.rpartition("/")[2]
        post = web.one(int(asked.one("id", "0")))
        if not post:
            return _reply({"error": f"couldnt_find_{kind}"}, 404)
        return _reply({f"{kind}_view": view(post)})
    found = web.having(asked.platform, asked.one("q"))
    size, page = _size(web, asked.one("limit")), int(asked.one("page", "1"))
    some, _ = _page(found, (page - 1) * size, size)
    return _reply({
        "type_": "All", "posts": [view(post) for post in some if not post.answers],
        "comments": [view(post) for post in some if post.answers], "communities": [], "users": [],
    })  # fmt: skip


# X


def _x(web: "SocialWeb", asked: "Asked") -> "Reply":
    from iroyin.sample.social.server import TOKEN

    if asked.authorization != f"Bearer {TOKEN}":
        return _reply({"title": "Unauthorized", "type": "about:blank", "status": 401}, 401)
    if asked.path == "/2/tweets":
        numbers = [int(one) for one in asked.one("ids").split(",")]
        known = [post for number in numbers if (post := web.one(number))]
        lost = [number for number in numbers if not web.one(number)]
        errors = [
            {"value": str(n), "title": "Not Found Error",
             "type": "https://api.twitter.com/2/problems/resource-not-found"} for n in lost
        ]  # fmt: skip
        return _reply({**_tweets(known), **({"errors": errors} if errors else {})})
    found = _between(
        web.having(asked.platform, asked.one("query")), asked.one("start_time"), asked.one("end_time")
    )
    start = int(asked.one("next_token", "0"))
    some, after = _page(found, start, _size(web, asked.one("max_results")))
    meta = {"result_count": len(some), **({"next_token": str(after)} if after else {})}
    return _reply({**_tweets(some), "meta": meta})


def _tweets(posts: list[SamplePost]) -> dict[str, object]:
    data = [
        {"id": str(post.number), "text": post.text, "author_id": post.handle, "created_at": _iso(post.at),
         "lang": post.language, "edit_history_tweet_ids": [str(post.number)]} for post in posts
    ]  # fmt: skip
    users = {
        post.handle: {
            "id": post.handle, "username": post.handle, "name": post.name, "description": post.bio,
            "created_at": _iso(post.born), "verified_type": post.verified or "none",
            "public_metrics": {"tweet_count": post.wrote, "followers_count": 10},
        } for post in posts
    }  # fmt: skip
    return {"data": data, "includes": {"users": list(users.values())}} if posts else {}


# A forum


def _forum(web: "SocialWeb", asked: "Asked") -> "Reply":
    from iroyin.sample.social.server import Reply

    site = web.address("forum")
    if asked.path != "/feed":
        post = web.one(int(asked.path.rpartition("/")[2] or 0))
        if not post:
            return Reply(404, body=b"gone", kind="text/plain")
        return Reply(200, body=f"<html><body><p>{escape(post.text)}</p></body></html>".encode(), kind="text/html")
    items = "".join(
        f"<item><title>{xml(post.text.partition(chr(10))[0][:60])}</title><link>{site}/post/{post.number}</link>"
        f"<guid>{site}/post/{post.number}</guid><dc:creator>{xml(post.handle)}</dc:creator>"
        f"<pubDate>{post.at.strftime('%a, %d %b %Y %H:%M:%S GMT')}</pubDate>"
        f"<description>{xml(escape(post.text))}</description></item>"
        for post in web.posts(asked.platform)
    )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    about = f"<title>A forum</title><link>{site}/</link><description>d</description>"
    feed = f"{head}<channel>{about}{items}</channel></rss>"
    return Reply(200, body=feed.encode(), kind="application/rss+xml; charset=utf-8")


SPEAKS: Mapping[Platform, "Callable[[SocialWeb, Asked], Reply]"] = {
    Platform.BLUESKY: _bluesky,
    Platform.MASTODON: _mastodon,
    Platform.REDDIT: _reddit,
    Platform.HACKER_NEWS: _hackernews,
    Platform.LEMMY: _lemmy,
    Platform.X: _x,
    Platform.FORUM: _forum,
}
