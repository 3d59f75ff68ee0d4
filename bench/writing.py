"""What the extractive writer makes of real stories: evidence, sources, repetition, ROUGE, seconds.

50 stories of `../shared/data` in eight languages (gold clusters with full texts; the reports of a day on one crisis),
each written in every language that two of its articles have, else in its first; then ROUGE against human summaries of
the sets that have them, beside lead-3 and the centroid of the same articles, all cut to the same number of words.
Run: `python bench/writing.py [--data FILE.jsonl] [--print N] [quick]`. `--data` takes rows with `cluster`, and
`references` (a list) in any row of a cluster for ROUGE. Prints tables and writes `bench/results/writing.json`.
"""

import argparse
import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean
from typing import Any

from iroyin.copydesk import brief_of
from iroyin.errors import InputError
from iroyin.group.lineage import newsroom_of, text_groups
from iroyin.ingest.article import from_row
from iroyin.languages import count_words, stems
from iroyin.model import Article, ArticleId, Brief, Sentence, Story, StoryId
from iroyin.publish.attribution import attributed, gap
from iroyin.settings import Settings
from iroyin.write import ExtractiveWriter
from rouge import centroid, lead, rouge, words

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SHORTEST, MOST = 400, 12  # characters of body of an article that counts as a full text; articles taken of a story
STATED = {"title": "", "published_at": "2020-01-01T00:00:00Z"}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One real story: its set, its articles and, where the set has them, human summaries."""

    name: str
    articles: tuple[Article, ...]
    references: tuple[str, ...] = ()

    @property
    def languages(self) -> list[str]:
        """Those that two articles have, else the first's."""
        counted = Counter(a.language for a in self.articles)
        return [code for code, count in counted.items() if count > 1] or [self.articles[0].language]


def rows(path: Path) -> list[Row]:
    """The rows of a JSONL file, gzip or not."""
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def articles(found: Sequence[Row]) -> tuple[Article, ...]:
    """The rows as articles, oldest first; rows that are none are left out."""
    made = []
    for row in found[:MOST]:
        try:
            stated = STATED | {"source": "" if row.get("url") else f"outlet {row['id']}"}
            made.append(from_row(stated | {k: v for k, v in row.items() if v}, now=NOW))
        except InputError:
            continue
    return tuple(sorted(made, key=lambda a: (a.published_at, a.id)))


def grouped(found: Sequence[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """The rows with a full text by cluster."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        if key(row) and len(_body(row)) >= SHORTEST:
            groups[key(row)].append(row)
    return {name: groups[name] for name in sorted(groups) if len(groups[name]) > 1}


def _body(row: Row) -> str:
    """The text below the title, which is the first line where the row states none."""
    text = row.get("text") or ""
    return text if row.get("title") else str(text).partition("\n")[2].strip()


def _cluster(row: Row) -> str:
    machine = (row.get("meta") or {}).get("machine_translated")
    return "" if machine else str(row.get("cluster") or "")


def _day(row: Row) -> str:
    return f"{row['cluster']} {row['published_at'][:10]}"


SETS: tuple[tuple[str, str, int, Callable[[Row], str] | None], ...] = (
    ("allsides_events", "allsides_events/articles.jsonl.gz", 14, _cluster),
    ("ecbplus", "ecbplus/articles.jsonl.gz", 8, _cluster),
    ("semeval2022_t8", "semeval2022_t8/articles.jsonl.gz", 7, _cluster),
    ("ml_crisis", "ml_crisis/articles.jsonl.gz", 12, _day),
    ("tg_pairs", "tg_pairs/articles.jsonl.gz", 9, None),
)


def stories(*, quick: bool = False) -> Iterator[Told]:
    """The fifty real stories: evenly spaced over each set, in SemEval evenly over its languages."""
    for name, path, count, key in SETS:
        found = grouped(rows(DATA / path), key or _paired(DATA / path))
        several = name == "semeval2022_t8"
        named = _in_turn(found) if several else list(found)
        step = 1 if several else max(1, len(named) // count)
        for cluster in named[::step][: max(1, count // 4) if quick else count]:
            yield Told(f"{name} {cluster}", articles(found[cluster]))


def _paired(path: Path) -> Callable[[Row], str]:
    """For a set of pairs: the pair of one story that an article stands in first."""
    pairs = rows(path.with_name("pairs.jsonl.gz"))
    home: dict[str, str] = {}
    for pair in (p for p in pairs if p["quality"] == "OK" and not {p["id1"], p["id2"]} & home.keys()):
        home |= {pair[end]: f"{pair['id1']} {pair['id2']}" for end in ("id1", "id2")}
    return lambda row: home.get(row["id"], "")


def _in_turn(found: dict[str, list[Row]]) -> list[str]:
    """The clusters so that each set of languages comes in turn."""
    shelves: dict[str, list[str]] = defaultdict(list)
    for name, members in found.items():
        shelves["".join(sorted({row["lang"] for row in members}))].append(name)
    deepest = max(map(len, shelves.values()), default=0)
    return [shelf[at] for at in range(deepest) for shelf in shelves.values() if at < len(shelf)]


def summarised(*, quick: bool = False) -> Iterator[tuple[str, int, list[Told]]]:
    """Each set with human summaries: its name, the words its texts are cut to, and its stories."""
    found = rows(DATA / "allsides_roundups" / "events.jsonl.gz")
    for split in ("dev", "test")[: 1 if quick else 2]:
        kept = [_roundup(row) for row in found if row["split"] == split]
        yield f"allsides_roundups {split}", 50, kept[: 40 if quick else None]
    if not quick:
        yield "multinews_leval", 120, [_multinews(row) for row in rows(DATA / "mds" / "multinews_leval.jsonl.gz")]


def _roundup(row: Row) -> Told:
    documents = [
        {"id": f"{row['id']}-{n}", "lang": "en", "source": f"outlet {n}", **{k: d[k] for k in ("title", "text")}}
        for n, d in enumerate(row["docs"])
    ]
    return Told(row["id"], articles(documents), (row["summary"],))


def _multinews(row: Row) -> Told:
    """All sources of an item stand in one text, which has no title: its first words must do."""
    body = " ".join(row["docs"])
    document = {"id": row["id"], "lang": "en", "title": row["id"], "text": body, "source": "all of them"}
    return Told(row["id"], articles([document]), tuple(row["references"]))


def written(told: Told, language: str) -> tuple[Brief | None, float]:
    """The brief as the desk makes it, and the seconds it took."""
    known = told.articles
    story = Story(
        StoryId("s0"), 1, tuple(a.id for a in known), known[0].published_at, known[-1].published_at,
        tuple(dict.fromkeys(a.language for a in known)),
    )  # fmt: skip
    settings, begun = Settings(), time.perf_counter()
    writer = ExtractiveWriter(settings.write_words_per_source, settings.write_lede, settings.write_body)
    brief = brief_of(story, known, language, writer, settings, now=known[-1].published_at)
    return brief, time.perf_counter() - begun


def running(brief: Brief) -> list[Sentence]:
    """The sentences of the running text: lede and body."""
    return [*brief.lede, *(s for part in brief.body for s in part.sentences)]


def repetition(sentences: Sequence[Sentence]) -> float:
    """Mean share of a sentence's stems that one sentence printed before it has too."""
    stemmed = [stems(s.text, s.language) for s in sentences]
    shares = [
        max(len(one & other) for other in stemmed[:at]) / len(one) for at, one in enumerate(stemmed) if at and one
    ]
    return mean(shares) if shares else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One brief: figures of its evidence, its sources and its cost."""

    sentences: int
    proved: int
    coverage: float
    newsrooms: int
    newsrooms_there: int
    most_words: int
    words: int
    repetition: float
    seconds: float
    cut: tuple[str, ...]


def measure(told: Told, brief: Brief, language: str, seconds: float) -> Measured:
    """What the bench says of a brief; `coverage` is of the different texts in the brief's language."""
    known = {a.id: a for a in told.articles}
    groups = text_groups(told.articles)
    rooms = newsroom_of(told.articles, groups)
    every = brief.all_sentences()
    native = {groups[a.id] for a in told.articles if a.language == language}
    cited = {span.article_id for s in every for span in s.spans}
    taken: Counter[str] = Counter()
    for sentence in {s.spans[0]: s for s in every}.values():
        taken[rooms[sentence.spans[0].article_id]] += count_words(sentence.text, language)
    return Measured(
        sentences=len(every),
        proved=sum(_is_proved(s, known) for s in every),
        coverage=len({groups[i] for i in cited} & native) / len(native),
        newsrooms=len({rooms[i] for i in cited}),
        newsrooms_there=len(set(rooms.values())),
        most_words=max(taken.values()),
        words=sum(count_words(s.text, language) for s in running(brief)),
        repetition=repetition(running(brief)),
        seconds=seconds,
        cut=tuple(finding.code for finding in brief.cut),
    )


def _is_proved(sentence: Sentence, known: dict[ArticleId, Article]) -> bool:
    return bool(sentence.spans) and all(known[span.article_id].proves(span) for span in sentence.spans)


def summary(found: Sequence[Measured], held: int) -> dict[str, Any]:
    """The means over all briefs."""
    sentences = sum(m.sentences for m in found)
    return {
        "briefs": len(found),
        "held": held,
        "sentences": sentences,
        "evidence": sum(m.proved for m in found) / max(1, sentences),
        "cut": dict(sorted(Counter(code for m in found for code in m.cut).items())),
        "source_coverage": round(mean(m.coverage for m in found), 3),
        "newsrooms": round(mean(m.newsrooms for m in found), 2),
        "newsrooms_there": round(mean(m.newsrooms_there for m in found), 2),
        "words": round(mean(m.words for m in found), 1),
        "most_words_of_a_source": max(m.most_words for m in found),
        "repetition": round(mean(m.repetition for m in found), 3),
        "seconds": round(mean(m.seconds for m in found), 3),
        "seconds_longest": round(max(m.seconds for m in found), 3),
    }


def against(told: Sequence[Told], most: int) -> dict[str, Any]:
    """Mean ROUGE-1/2/L F1 (per cent) of ours and of both baselines over the same stories; a held brief counts 0."""
    scores: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for one in told:
        brief, _ = written(one, one.languages[0])
        made = {
            "iroyin": " ".join(s.text for s in running(brief)) if brief else "",
            "lead-3": lead(one.articles),
            "centroid": centroid(one.articles),
        }
        for name, text in made.items():
            scores[name].append(rouge(text, one.references, most=most))
            scores[f"{name} words"].append((len(words(text, most)), 0.0, 0.0))
    found: dict[str, Any] = {"stories": len(told), "cut_to_words": most}
    for name in ("iroyin", "lead-3", "centroid"):
        found[name] = [round(100 * mean(column), 2) for column in zip(*scores[name], strict=True)]
        found[f"{name} words"] = round(mean(s[0] for s in scores[f"{name} words"]), 1)
    best = max((found["lead-3"], found["centroid"]), key=sum)
    found["ratio"] = [round(a / b, 3) if b else 0.0 for a, b in zip(found["iroyin"], best, strict=True)]
    return found


def given(path: Path) -> list[Told]:
    """The stories of a file by its own clusters."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for number, row in enumerate(rows(path)):
        groups[str(row.get("cluster") or f"row {number}")].append(row)
    made = []
    for name, members in groups.items():
        references = tuple(str(r) for row in members for r in row.get("references") or ())
        told = Told(f"{path.name} {name}", articles(members), references)
        made += [told] if told.articles else []
    return made


def printed(told: Told, brief: Brief) -> str:
    """The brief as a reader meets it, without its notes."""
    space = gap(brief.language)
    lines = [f"== {told.name} [{brief.language}] {brief.counts.articles} articles", brief.headline.text, ""]
    lines += [space.join(attributed(s) for s in brief.lede), ""]
    lines += [space.join(attributed(s) for s in part.sentences) + "\n" for part in brief.body]
    lines += [f"  > {s.text} ({s.speaker})" for s in brief.quotes]
    lines += [f"  ≠ {d.label}: " + " | ".join(s.text for s in d.statements) for d in brief.differences]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Measure, print, write; 1 when a sentence is without evidence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quick", nargs="?", choices=["quick"], help="a quarter of the stories")
    parser.add_argument("--data", type=Path, help="JSONL with rows of articles by cluster, in place of our own")
    parser.add_argument("--print", type=int, default=0, help="print this many articles and measure nothing")
    asked = parser.parse_args()
    chosen = given(asked.data) if asked.data else list(stories(quick=bool(asked.quick)))
    if asked.print:
        step = max(1, len(chosen) // asked.print)
        for told in chosen[::step][: asked.print]:
            brief, _ = written(told, told.languages[0])
            print(printed(told, brief) if brief else f"== {told.name}: held\n")
        return 0
    result: dict[str, Any] = {"stories": len(chosen), "languages": {}}
    found, held = [], 0
    tongues: Counter[str] = Counter()
    for told in chosen:
        for language in told.languages:
            brief, seconds = written(told, language)
            held += brief is None
            if brief:
                tongues[language] += 1
                found.append(measure(told, brief, language, seconds))
    result |= {"languages": dict(sorted(tongues.items())), **summary(found, held)}
    print(json.dumps(result))
    if asked.data:
        sets = [(asked.data.name, 120, [told for told in chosen if told.references])]
    else:
        sets = list(summarised(quick=bool(asked.quick)))
    result["rouge"] = {}
    for name, most, told_with in sets:
        if told_with:
            result["rouge"][name] = against(told_with, most)
            print(name, json.dumps(result["rouge"][name]))
    (ROOT / "bench" / "results").mkdir(exist_ok=True)
    (ROOT / "bench" / "results" / "writing.json").write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    return 0 if result["evidence"] == 1 else 1


if __name__ == "__main__":
    sys.exit(main())
