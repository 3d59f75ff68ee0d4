"""robots.txt (RFC 9309): what we may fetch, how slowly, and whether a machine may use it.

protego judges paths; the lines about AI use (Content-Signal, Content-Usage) and the rules for the well-known AI
crawlers, which it leaves out, are read here. An origin that closes itself to those crawlers means us too.
"""

from dataclasses import dataclass

from protego import Protego

from iroyin.adapters.optout import path_matches, tdm_opt_out, tdm_rules, usage_refused

ROBOTS_LIMIT = 500 * 1024
AGENT = "Iroyin"
_AI_AGENTS = (
    "gptbot", "chatgpt-user", "oai-searchbot", "claudebot", "anthropic-ai", "ccbot", "google-extended",
    "perplexitybot", "applebot-extended", "meta-externalagent", "bytespider", "cohere-ai", "diffbot",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rules:
    """One origin's wishes. `unreachable` is why its robots.txt could not be had; empty when it could."""

    robots: Protego | None = None
    agents: frozenset[str] = frozenset()
    usage: tuple[tuple[str, str], ...] = ()
    tdm: tuple[tuple[str, bool, str], ...] = ()
    unreachable: str = ""

    def refusal(self, url: str) -> str:
        """Why this URL may not be fetched at all; empty when it may."""
        if self.unreachable:
            return f"robots.txt unreachable: {self.unreachable}"
        if self.robots is not None and not self.robots.can_fetch(url, AGENT):
            return "robots.txt"
        return ""

    def crawl_delay(self) -> float:
        """Seconds between two requests that the origin asks for; 0 when it asks nothing."""
        if self.robots is None:
            return 0.0
        rate = self.robots.request_rate(AGENT)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(self.robots.crawl_delay(AGENT) or 0.0, by_rate, 0.0)

    def usage_opt_out(self, url: str, path: str) -> str:
        """The line of robots.txt by which this page is not to be used by a machine; empty when there is none."""
        matching = [(prefix, line) for prefix, line in self.usage if path_matches(prefix, path)]
        longest = max((len(prefix) for prefix, _ in matching), default=0)
        for prefix, line in matching:
            if len(prefix) == longest and usage_refused(line.partition(":")[2]):
                return f"robots.txt: {line}"
        for agent in sorted(self.agents):
            if self.robots is not None and not self.robots.can_fetch(url, agent):
                return f"robots.txt: User-agent: {agent} may not fetch {path}"[:500]
        return ""

    def tdm_opt_out(self, path: str) -> str:
        """The entry of tdmrep.json that reserves this path; empty when there is none."""
        return tdm_opt_out(self.tdm, path)


def read_rules(robots: bytes, tdmrep: bytes = b"") -> Rules:
    """The rules in the bytes of a robots.txt and a tdmrep.json, either of which may be empty or rubbish."""
    text = robots[:ROBOTS_LIMIT].decode("utf-8-sig", "replace").replace("\x00", "")
    agents, usage = _groups(text)
    return Rules(Protego.parse(text), agents, usage, tdm_rules(tdmrep))


def _groups(text: str) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The AI crawlers that are named, and the usage lines for us as (path prefix, line); a group of ours wins."""
    named: set[str] = set()
    ours: list[tuple[str, str]] = []
    everyone: list[tuple[str, str]] = []
    group: set[str] = set()
    in_header, own_group = False, False
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        name, _, value = (part.strip() for part in line.partition(":"))
        field = name.lower()
        if field == "user-agent":
            group = group | {value.lower()} if in_header else {value.lower()}
            in_header = True
            named |= {value.lower()} & set(_AI_AGENTS)
            own_group = own_group or value.lower() == AGENT.lower()
            continue
        if not field or field == "sitemap":
            continue
        in_header = False
        if field in {"content-signal", "content-usage"}:
            rule = (_usage_path(value), line[:500])
            if AGENT.lower() in group:
                ours.append(rule)
            elif "*" in group or not group:
                everyone.append(rule)
    return frozenset(named), tuple((ours if own_group else everyone)[:1000])


def _usage_path(value: str) -> str:
    """The path before the preferences of a Content-Usage line ("/pictures/ ai=n"); "/" when there is none."""
    first = value.split(" ", 1)[0]
    return first if first.startswith("/") else "/"
