"""`iroyin brief findings`: every sentence that was proposed for a story, and what the checks made of it."""

import json
from collections.abc import Iterator
from pathlib import Path

from iroyin.adapters.store import SqlStore
from iroyin.commands.console import say, settings_of, table, tell
from iroyin.commands.edits import live_story
from iroyin.commands.found import found_store
from iroyin.errors import InputError
from iroyin.languages import canonical
from iroyin.model import Finding, Proof, StoryId

HEAD = ("sentence", "place", "outcome", "code", "what is wrong", "nearest source", "outlet", "text")


def findings(config: Path | None, name: str, *, language: str, as_json: bool) -> None:
    """Print them, a line for each finding, or a JSON object for each sentence."""
    with found_store(settings_of(config)) as store:
        story = live_story(store, name)
        found = store.proofs(story.id)
        code = canonical(language) if language else ""
        if code and code not in found:
            known = ", ".join(found) or "none yet"
            raise InputError(language, f"is no language in which {story.id} was written; they are: {known}")
        shown = {one: kept for one, kept in found.items() if code in {"", one}}
        rows = [
            (one, version, number, proof)
            for one, (version, proofs) in shown.items()
            for number, proof in _numbered(store, story.id, one, proofs)
        ]
    if as_json:
        for row in rows:
            say(json.dumps(_row(*row), ensure_ascii=False))
        return
    if not rows:
        tell("Nothing has been written of this story since findings are kept; `iroyin once` reports what is due")
    for one, (version, _) in shown.items():
        say(f"{story.id} in {one}, version {version}")
        table(HEAD, [line for row in rows if row[0] == one for line in _lines(row[2], row[3])])


def _numbered(
    store: SqlStore, story_id: StoryId, language: str, proofs: tuple[Proof, ...]
) -> Iterator[tuple[int | None, Proof]]:
    """Each proof with the number of its sentence on the page, if it is printed there."""
    told = next((one for one in store.briefs(story_id) if one.language == language), None)
    numbers = {s.text: n for n, s in reversed(list(enumerate(told.all_sentences())))} if told else {}
    for proof in proofs:
        yield (numbers.get(proof.text) if proof.outcome in {"printed", "softened"} else None), proof


def _lines(number: int | None, proof: Proof) -> Iterator[tuple[str, ...]]:
    for finding in proof.findings or (Finding("-", "-"),):
        near = finding.near or (proof.source if finding.code != "-" else "-")
        shown = "-" if number is None else str(number)
        yield shown, proof.place, proof.outcome, finding.code, finding.text, near, proof.outlet, proof.text


def _row(language: str, version: int, number: int | None, proof: Proof) -> dict[str, object]:
    return {
        "language": language,
        "version": version,
        "n": number,
        "place": proof.place,
        "outcome": str(proof.outcome),
        "text": proof.text,
        "source": proof.source,
        "outlet": proof.outlet,
        "findings": [
            {"code": f.code, "severity": str(f.severity), "text": f.text, "near": f.near or proof.source}
            for f in proof.findings
        ],
    }
