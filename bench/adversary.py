"""A small model against the checks: `python bench/adversary.py [--model FILE.gguf | --url URL --name NAME]`.

A model that says something false in nearly every summary writes about every story of the sample newsroom and about 50
real ones of ../shared/data, through the program's writer with a judge that calls everything supported: what is left
is what code alone lets pass. A model this small cannot follow the program's own question, so it is asked plainly for a
summary, and each of its sentences cites the three source sentences that share most words with it: the best evidence
there is for it. Each survivor is printed with them. How many are false only a reader can tell; what a reader has told
stands in `bench/adversary-read.toml`. Answers are kept in --calls: a question is asked once. Prints shares by finding
code, seconds and memory a story; writes JSON to bench/results.
"""

import argparse
import gzip
import json
import re
import resource
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from iroyin.adapters.exchange import line_through
from iroyin.adapters.models.local import serving
from iroyin.adapters.models.wire import post
from iroyin.adapters.models.writer import FEWEST, SHARE, ModelWriter, Tally
from iroyin.adapters.netguard import Guard, check_url
from iroyin.adapters.store import SqlStore
from iroyin.group.lineage import counts, newsroom_of, text_groups
from iroyin.ingest.article import from_row
from iroyin.languages import split, stems
from iroyin.model import Article, Call, Dossier, EvidenceKind, Question, Sentence, Story, StoryId, short_id
from iroyin.sample.newsroom import outlets, pieces
from iroyin.settings import Settings
from iroyin.verify import gate, objections
from iroyin.write import ExtractiveWriter, build

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
READ = ROOT / "bench" / "adversary-read.toml"
T = TypeVar("T")
_ASK = "Write a short news report of about eight sentences about this news, in your own words."


@dataclass(frozen=True)
class Credulous:
    """The worst judge there can be: everything is supported."""

    id: str = "credulous"

    def ask(self, question: Question, read: Callable[[object], T]) -> T:
        """A yes to every statement."""
        numbers = re.findall(r"^\((\d+)\) Statement", question.user, re.M)
        return read({"verdicts": [{"n": int(n), "supported": True} for n in numbers]})


@dataclass(frozen=True)
class PlainlyAsked:
    """The model behind a question that it understands, without a schema, which makes it say next to nothing."""

    settings: Settings
    calls: SqlStore

    @property
    def id(self) -> str:
        """The model's name."""
        return self.settings.model_name

    def ask(self, question: Question, read: Callable[[object], T]) -> T:
        """A report, cut into sentences, in the shape that was asked for; nothing is written anew."""
        if not question.purpose.startswith("report"):
            return read({"sentences": []})
        shown = {int(n): text for n, text in re.findall(r"^\[(\d+)\] (.*)$", question.user, re.M)}
        text = self._report(question.story_id, "\n".join(shown.values()))
        told = [text[start:end].strip() for start, end in split(text, "en")]
        return read({"headlines": [], "sentences": [{"text": t, "from": _nearest(t, shown)} for t in told]})

    def _report(self, story_id: str, sources: str) -> str:
        """What the model writes about these sources; asked once."""
        key = sha256(f"{self.id}\n{_ASK}\n{sources}".encode()).hexdigest()
        known = self.calls.answered(key)
        if known is not None:
            return known
        guard = Guard((check_url(self.settings.model_url).netloc,))
        line = line_through(guard, connect=5.0, read=300.0)
        body = {"model": self.id, "messages": [{"role": "user", "content": f"{_ASK}\n\n{sources}"}],
                "max_tokens": 240, "temperature": 0.7, "seed": 1, "stream": True}  # fmt: skip
        began = time.monotonic()
        url = f"{self.settings.model_url}/chat/completions"
        said = post(line, url, body, key=self.settings.model_key, seconds=600.0)
        took = time.monotonic() - began
        now = datetime.now(UTC)
        self.calls.keep(Call(key, now, "adversary/2", self.id, story_id, "ok", seconds=took, answer=said.text))
        return said.text


def _nearest(text: str, shown: Mapping[int, str]) -> list[int]:
    mine = stems(text, "en")
    return sorted(shown, key=lambda n: (-len(mine & stems(shown[n], "en")), n))[:3]


def sample_stories() -> Iterator[list[Article]]:
    """Every story of the sample newsroom that has an English article."""
    known = {outlet.slug: outlet for outlet in outlets()}
    stories: dict[str, list[Article]] = defaultdict(list)
    for piece in pieces():
        outlet = known[piece.outlet]
        row = {"id": f"{piece.outlet}/{piece.slug}", "lang": outlet.language, "title": piece.title, "text": piece.text,
               "published_at": piece.published.isoformat(), "source": outlet.name,
               "url": f"https://{piece.outlet}.example{piece.path}"}  # fmt: skip
        if not outlet.hostile:
            stories[piece.story or piece.slug].append(from_row(row, now=datetime(2026, 1, 9, tzinfo=UTC)))
    yield from (told for told in stories.values() if any(a.language == "en" for a in told))


def real_stories(most: int) -> Iterator[list[Article]]:
    """The first real stories (by the gold's own key) with two articles or more."""
    stories: dict[str, list[Article]] = defaultdict(list)
    with gzip.open(SHARED / "allsides_events" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            stories[str(row["cluster"])].append(row)
    many = (rows for _, rows in sorted(stories.items()) if len(rows) > 1)
    for rows in islice(many, most):
        yield [from_row(row, now=datetime(2026, 1, 9, tzinfo=UTC)) for row in rows]


def dossier_of(articles: Sequence[Article]) -> Dossier:
    """The English dossier as the desk makes it."""
    told = sorted(articles, key=lambda a: (a.published_at, a.id))
    story = Story(StoryId(short_id("s", told[0].id)), 1, tuple(a.id for a in told), told[0].published_at,
                  told[-1].published_at, tuple(dict.fromkeys(a.language for a in told)))  # fmt: skip
    lineage = text_groups(told)
    rooms = newsroom_of(told, lineage)
    return build(
        story, told, language="en", lineage=lineage, newsroom_of=rooms, counts=counts(told, lineage, rooms)
    )


def survivors(writer: ModelWriter, dossier: Dossier) -> tuple[list[Sentence], int]:
    """The model's sentences that pass the checks alone, and how many of them the program would have printed."""
    now = max(a.published_at for a in dossier.articles)
    alone = writer.write(dossier, objections(dossier, now=now), now=now)
    body = [s for part in alone.body for s in part.sentences]
    passed = [s for s in (*alone.lede, *body) if s.kind is EvidenceKind.WRITTEN]
    as_it_runs = replace(writer, fewest=FEWEST, share=SHARE, tally=Tally())
    brief = None
    if len(passed) >= FEWEST:
        draft = as_it_runs.write(dossier, objections(dossier, now=now), now=now)
        brief = gate(draft, dossier, now=now, words_per_source=120)
    printed = brief.all_sentences() if brief else ()
    return passed, sum(s.kind is EvidenceKind.WRITTEN for s in printed)


def proof(text: str) -> str:
    """By what a survivor is known in the file of verdicts, which holds nobody's text."""
    return sha256(text.encode()).hexdigest()[:16]


def told(sentence: Sentence, dossier: Dossier) -> dict[str, Any]:
    """A survivor with its source sentences."""
    sources = [dossier.article(span.article_id).text[span.start : span.end] for span in sentence.spans]
    return {"text": sentence.text, "sources": sources}


def main() -> int:
    """Run and print; 1 when the program would have printed a sentence of this model, or when a survivor is unread."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, help="a GGUF file, run in this process")
    parser.add_argument("--url", default="", help="or the address of a server")
    parser.add_argument("--name", default="smollm2-135m-instruct-q4_1", help="the model's name")
    parser.add_argument("--real", type=int, default=50, help="real stories")
    parser.add_argument("--calls", type=Path, default=ROOT / "var" / "adversary.db", help="where answers are kept")
    asked = parser.parse_args()
    settings = Settings(
        model_url=asked.url, model_file=str(asked.model.name) if asked.model else "", model_name=asked.name,
        model_tokens_per_day=10**12, model_deadline=600.0, model_read=300.0,
    )  # fmt: skip
    tally, seconds = Tally(), []
    found: dict[str, list[dict[str, Any]]] = {"sample": [], "real": []}
    stories, printed = Counter[str](), Counter[str]()
    with ExitStack() as stack:
        if asked.model:
            url, key = stack.enter_context(serving(asked.model))
            settings = replace(settings, model_url=url, model_key=key)
        calls = stack.enter_context(SqlStore(asked.calls))
        writer = ModelWriter(
            PlainlyAsked(settings, calls),
            Credulous(),
            ExtractiveWriter(),
            700,
            300,
            fewest=1,
            share=0.0,
            tally=tally,
        )
        for name, listed in (("sample", sample_stories()), ("real", real_stories(asked.real))):
            for articles in listed:
                began = time.monotonic()
                dossier = dossier_of(articles)
                passed, shown = survivors(writer, dossier)
                seconds.append(time.monotonic() - began)
                stories[name] += 1
                printed[name] += shown
                found[name] += [told(s, dossier) for s in passed]
                print(f"{name} {stories[name]}: {len(passed)} survive, {seconds[-1]:.1f} s", file=sys.stderr)
        spent = calls.spent(since=datetime(2000, 1, 1, tzinfo=UTC))
    return report(asked.name, found, stories, printed, tally, seconds, spent.seconds / max(1, spent.stories))


def report(
    model: str, found: dict[str, list[dict[str, Any]]], stories: Counter[str], printed: Counter[str], tally: Tally,
    seconds: Sequence[float], asked: float,
) -> int:  # fmt: skip
    """Print every survivor and the figures; what was read of them decides."""
    verdicts = tomllib.loads(READ.read_text("utf-8")) if READ.exists() else {}
    texts = [one["text"] for listed in found.values() for one in listed]
    true, false = ({text for text in texts if proof(text) in verdicts.get(name, [])} for name in ("true", "false"))
    for name, listed in found.items():
        for one in listed:
            mark = "true " if one["text"] in true else "FALSE" if one["text"] in false else "unread"
            print(f"{mark} {proof(one['text'])} {name}: {one['text']}")
            for source in one["sources"]:
                print(f"         | {source}")
    figures = {
        "model": model,
        "stories": dict(stories),
        "sentences": tally.proposed + tally.lost,
        "no_whole_sentence": tally.lost,
        "findings": dict(sorted(tally.codes.items(), key=lambda item: -item[1])),
        "repaired": tally.repaired,
        "survive": {name: len(listed) for name, listed in found.items()},
        "share": round(len(texts) / max(1, tally.proposed + tally.lost), 4),
        "printed": {name: printed[name] for name in stories},
        "survivors_false": sum(text in false for text in texts),
        "survivors_unread": sum(text not in true | false for text in texts),
        "model_seconds_per_story": round(asked, 1),
        "seconds_per_story": round(sum(seconds) / max(1, len(seconds)), 1),
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    out = ROOT / "bench" / "results" / "adversary.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({**figures, "survivors": found}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(json.dumps(figures))
    return 1 if printed.total() or figures["survivors_unread"] else 0


if __name__ == "__main__":
    sys.exit(main())
