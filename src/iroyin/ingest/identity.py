"""Which addresses, entries and articles are the same one: canonical addresses, ids and content hashes."""

import ipaddress
import re
from hashlib import sha256
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from iroyin.model import ArticleId, EntryId, FeedEntry, FeedId, short_id

LONGEST = 2048

_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0\\\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKERS = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ysclid", "twclid",
        "ttclid", "igshid", "igsh", "mibextid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi",
        "hsctatracking", "vero_id", "wickedid", "oly_enc_id", "oly_anon_id", "s_cid", "spm", "scm", "ncid",
        "cmpid", "icid", "ocid", "taid", "smid", "smtyp", "rss_id", "traffic_source", "srnd", "at_medium",
        "at_campaign", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "xtor", "ito", "wt_mc",
        "wt.mc_id", "sr_share", "guccounter", "guce_referrer", "guce_referrer_sig", "ref_src", "ref_url",
        "__twitter_impression", "ns_mchannel", "ns_campaign", "ns_source", "ns_linkname", "ns_fee", "maca",
        "sh", "cid_source", "feature_share"
    }
)  # fmt: skip
_TRACKER_PREFIXES = ("utm_", "pk_", "mtm_", "matomo_", "hsa_", "itm_", "int_cmp", "stm_", "_ga", "asc_")
_ROUNDS = 6


def clean_url(link: str, base: str = "") -> str:
    """The absolute http(s) address a link means, or "" for anything else.

    Refused: other schemes, user names, control characters and backslashes, no host, more than 2,048 characters.

    >>> clean_url("/a", "https://news.example/feed"), clean_url("javascript:alert(1)")
    ('https://news.example/a', '')
    """
    link = link.strip(" \t\r\n\f")
    if not link or len(link) > LONGEST or _UNSAFE.search(link.replace(" ", "%20")):
        return ""
    try:
        joined = urljoin(base, link.replace(" ", "%20"))
        parts = urlsplit(joined)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if parts.scheme not in _DEFAULT_PORTS or not host or "@" in parts.netloc or port == 0:
        return ""
    return joined if len(joined) <= LONGEST and not _UNSAFE.search(joined) else ""


def canonical_url(url: str) -> str:
    """The one form of an address: sorted query, no fragment, no trackers, no default port, host in ASCII.

    Idempotent; "" for what `clean_url` refuses.

    >>> canonical_url("HTTP://Example.org:80/a/../b?utm_source=x&z=1&a=2#top")
    'http://example.org/b?a=2&z=1'
    """
    from w3lib.url import canonicalize_url

    current = clean_url(url)
    for _ in range(_ROUNDS):
        if not current:
            return ""
        try:
            following = clean_url(_trimmed(urlsplit(canonicalize_url(current))))
        except (ValueError, UnicodeError):
            return ""
        if following == current:
            return current
        current = following
    return ""


def _trimmed(parts: SplitResult) -> str:
    """Without trackers, default port and the dot after the host."""
    host = (parts.hostname or "").rstrip(".")
    if parts.port and parts.port != _DEFAULT_PORTS.get(parts.scheme):
        host = f"{host}:{parts.port}" if ":" not in host else f"[{host}]:{parts.port}"
    elif ":" in host:
        host = f"[{host}]"
    query = parts.query
    if query:
        pairs = [
            (name, value)
            for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
            if name.lower() not in _TRACKERS and not name.lower().startswith(_TRACKER_PREFIXES)
        ]
        query = urlencode(pairs, errors="surrogateescape")
    return urlunsplit((parts.scheme, host, parts.path or "/", query, ""))


def host_of(url: str) -> str:
    """The host of an address, lower case, in ASCII, without `www.`; "" when it has none."""
    try:
        host = (urlsplit(url.strip()).hostname or "").rstrip(".").lower()
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
    return host.removeprefix("www.")


def is_own(url: str, site_url: str) -> bool:
    """Whether the address is the desk's own site, which is never its own source.

    Names count by host alone; an address in numbers or `localhost` by host and port, because neighbours share it.
    """
    host = host_of(url)
    if not host or host != host_of(site_url):
        return False
    if host != "localhost" and not _is_number(host):
        return True
    return _port(url) == _port(site_url)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _port(url: str) -> int | None:
    try:
        parts = urlsplit(url)
        return parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None


def entry_id(feed_id: FeedId, key: str) -> EntryId:
    """The id of the entry with this key in this feed, the same at every poll."""
    return EntryId(short_id("e", feed_id, key))


def article_id(url: str, *, fallback: str = "") -> ArticleId:
    """The id of the article at this address in whatever form; without a usable address, that of `fallback`."""
    return ArticleId(short_id("a", canonical_url(url) or fallback or url))


def content_hash(item: FeedEntry) -> str:
    """A hash of what the entry says, in hex; dates and addresses do not count, so a bumped item is unchanged."""
    said = "\x1f".join(" ".join(part.split()) for part in (item.title, item.summary, item.content))
    return sha256(said.encode("utf-8", "replace")).hexdigest()
