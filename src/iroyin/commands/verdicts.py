"""`iroyin verify`: claims against source texts, a verdict for each line of a file."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iroyin.commands.console import Bars, tell
from iroyin.commands.rows import LeftOut, line_of, rows, writing
from iroyin.errors import EmbedderError, InputError

if TYPE_CHECKING:
    from iroyin.ports import States

MOST_CLAIM = 20_000  # characters
MOST_SOURCES = 2_000_000  # characters in all
NEEDS = "needs 'claim' (a text) and 'sources' (a list of texts)"
NO_CLAIM = "holds no claim: each line is a JSON object with id, claim and sources (a list of texts)"


def verify_file(file: Path, output: Path) -> None:
    """Each claim against its sources: one line out for each line in that is not empty, whatever stands in it.

    A line that cannot be judged is not supported, with a finding of code "unreadable" that says why.
    """
    left_out = LeftOut(file, "counts as not supported")
    done = supported = 0
    with writing(output) as lines, Bars() as bars:
        for number, row in rows(file):
            if isinstance(row, dict):
                left_out.good()
            try:
                told = _verdict(row)
            except InputError as error:
                left_out.add(number, error.reason)
                finding = {"code": "unreadable", "text": error.reason, "near": ""}
                told = {"supported": False, "score": 0.0, "findings": [finding]}
            own = row.get("id", number) if isinstance(row, dict) else number
            lines.write(line_of({"id": own} | told))
            done += 1
            supported += told["supported"]
            bars.show("checking claims", done)
        left_out.end(NO_CLAIM)
    tell(f"{done} claims checked, {supported} supported, written to {output}")


def _verdict(row: dict[str, Any] | str) -> dict[str, Any]:
    from iroyin.verify import verify_claim

    if isinstance(row, str):
        raise InputError("row", row)
    claim, sources, language = row.get("claim"), row.get("sources"), row.get("lang")
    if isinstance(sources, str):
        sources = [sources]
    if not isinstance(claim, str) or not isinstance(sources, list):
        raise InputError("row", NEEDS)
    texts = [source for source in sources if isinstance(source, str)]
    if len(texts) < len(sources):
        raise InputError("row", NEEDS)
    if len(claim) > MOST_CLAIM or sum(map(len, texts)) > MOST_SOURCES:
        raise InputError("row", f"more than {MOST_CLAIM} characters of claim or {MOST_SOURCES} of sources")
    verdict = verify_claim(claim, texts, _code(language), _states())
    findings = [{"code": f.code, "text": f.text, "near": f.near} for f in verdict.findings]
    return {"supported": verdict.supported, "score": verdict.score, "findings": findings}


@cache
def _states() -> "States | None":
    """The vector model's reading of words in context; without the model the words alone are weighed."""
    from iroyin.adapters.embedders.states import make
    from iroyin.compose import cache_folder

    try:
        return make(cache_folder())
    except (EmbedderError, ImportError) as error:
        tell(f"claims are judged without the vector model: {error}")
        return None


def _code(language: object) -> str:
    """The language's code, or "" for what is none: then it is found in the claim."""
    from iroyin.languages import canonical

    code = canonical(language) if isinstance(language, str) else "und"
    return "" if code == "und" else code
