"""What changed on a page, in the reader's words: versions with their reasons, and the list of corrections."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from iroyin.model import Amendment, AmendmentKind, Page, Reason
from iroyin.publish.document import Head, html_page, page_of, quoted
from iroyin.publish.listing import Passage, editions
from iroyin.publish.locale import Labels, labels, tag
from iroyin.publish.syndicate import Channel, Notice, desk_tag, notices_atom, notices_json
from iroyin.publish.typeset import printable
from iroyin.publish.views import BriefVersion, Correction, IndexView, SiteView

_VERSIONS = 8  # on a story's page, the first one beside them
_WHOLE = {AmendmentKind.RETRACTED: "retracted.title", AmendmentKind.RESTORED: "restored.title"}


def versions(first: tuple[int, datetime] | None, made: Sequence[Amendment]) -> tuple[BriefVersion, ...]:
    """The first version and the newest that changed something, oldest first."""
    found = [BriefVersion(n, max(a.at for a in run), tuple(run)) for n, run in _by_version(made)]
    start = [BriefVersion(*first)] if first else []
    return (*start, *found[-_VERSIONS:])


def _by_version(made: Iterable[Amendment]) -> Iterable[tuple[int, list[Amendment]]]:
    told = [one for one in made if not one.kind.is_whole]
    return [(number, list(run)) for number, run in groupby(told, key=lambda one: one.version)]


def summary(words: Labels, version: BriefVersion) -> str:
    """How many sentences were added, changed and withdrawn, and the reasons, each once; empty for a first version."""
    if not version.amendments:
        return ""
    counted = [
        words.count(f"page.{kind}", number)
        for kind in (AmendmentKind.ADDED, AmendmentKind.CHANGED, AmendmentKind.WITHDRAWN)
        if (number := sum(one.kind is kind for one in version.amendments))
    ]
    why = dict.fromkeys(words.say(f"reason.{one.reason}") for one in version.amendments)
    return words.say("related.by", relation=words.list(tuple(counted)), names=words.list(tuple(why)))


def shown(version: BriefVersion) -> tuple[Amendment, ...]:
    """What a reader who read the page before should know: what was put right, and what no longer stands."""
    return tuple(
        one
        for one in version.amendments
        if one.reason is Reason.EDITOR or (one.before and one.reason is not Reason.CHOSEN)
    )


def because(words: Labels, one: Amendment) -> str:
    """The reason in words, with the check that refused or what the editor said."""
    named = words.say("retracted.why" if one.kind.is_whole else f"reason.{one.reason}")
    key = f"check.{one.detail}"
    detail = words.say(key) if one.reason is Reason.REFUSED and words.has(key) else one.detail
    return words.say("related.by", relation=named, names=detail) if detail else named


def corrections_pages(view: IndexView, site: SiteView, operator: object) -> list[Page]:
    """The page of corrections, `corrections.json` and the two feeds."""
    folder, words = f"/{view.language}/corrections", labels(view.language)
    feed = f"{folder}/feed"
    told = [Passage("", words.say("corrections.text"))]
    if not view.corrections:
        told.append(Passage("", words.say("corrections.none")))
    head = Head(
        folder, words.say("nav.corrections"), told[0].text[:200], editions(site, "/corrections"), feed=feed
    )
    ways = [(f"{feed}.atom", "Atom"), (f"{feed}.json", "JSON"), (f"{folder}.json", "corrections.json")]
    page = html_page(
        "corrections.html", head, view.language, site, sections=told, operator=operator, ways=ways,
        corrections=view.corrections, title_of=lambda one: title(words, one),
        because=lambda one: because(words, one),
    )  # fmt: skip
    notices = [_notice(words, one, site) for one in view.corrections]
    channel = Channel(f"{site.name}: {head.title}", site.absolute(folder), site.absolute(feed), view.language)
    about = (channel, told[0].text, notices, site)
    return [
        page,
        page_of(f"{folder}.json", "application/json; charset=utf-8", _list(view, site)),
        page_of(f"{feed}.atom", "application/atom+xml; charset=utf-8", notices_atom(*about)),
        page_of(f"{feed}.json", "application/feed+json; charset=utf-8", notices_json(*about)),
    ]


def title(words: Labels, one: Correction) -> str:
    """What a correction is headed with: what happened to the whole story, else the story's headline."""
    whole = next((_WHOLE[a.kind] for a in one.amendments if a.kind in _WHOLE), "")
    return words.say(whole) if whole else one.headline


def _id(one: Correction, site: SiteView) -> str:
    first = one.amendments[0]
    what = first.kind if first.kind.is_whole else "corrected"
    return f"{desk_tag(site)}:{first.story_id}/{tag(first.language)}/{first.version}/{what}"


def _notice(words: Labels, one: Correction, site: SiteView) -> Notice:
    whole = any(a.kind.is_whole for a in one.amendments)
    lines = []
    for a in one.amendments:
        said = f"{a.before} → {a.after}" if a.before and a.after else a.before or a.after
        lines.append(f"{because(words, a)}. {said}".rstrip(". ") + ("" if said else "."))
    heading = title(words, one)
    if not whole:
        state = "corrected" if any(a.is_correction for a in one.amendments) else "updated"
        heading = words.say("related.by", relation=words.say(f"state.{state}"), names=heading)
    address = site.absolute(quoted(one.href)) if one.href else site.absolute(f"/{words.language}/corrections")
    return Notice(_id(one, site), heading, tuple(lines), address, one.at, max(a.at for a in one.amendments))


def _list(view: IndexView, site: SiteView) -> bytes:
    words = labels(view.language)
    document: dict[str, Any] = {
        "format": "iroyin-corrections/1",
        "publisher": site.name,
        "language": tag(view.language),
        "url": site.absolute(f"/{view.language}/corrections"),
        "sample": site.sample,
        "corrections": [
            {
                "id": f"{_id(one, site)}/{a.id}",
                "story": a.story_id,
                "url": site.absolute(quoted(one.href)) if one.href else None,
                **amended(a),
                "why": printable(because(words, a)),
            }
            for one in view.corrections
            for a in one.amendments
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


def amended(one: Amendment) -> dict[str, Any]:
    """An amendment for machines."""
    return {
        "version": one.version,
        "at": one.at.isoformat(),
        "kind": str(one.kind),
        "reason": str(one.reason),
        "detail": one.detail,
        "before": one.before,
        "after": one.after,
        "of_substance": one.of_substance,
        "is_correction": one.is_correction,
    }
