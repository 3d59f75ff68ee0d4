"""What may still be taken: the words left of each newsroom, and what the checks would refuse."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from iroyin.model import Finding, Sentence, Severity, Span
from iroyin.write.candidates import Candidate, without_dateline
from iroyin.write.leaning import leans
from iroyin.write.witnesses import Witness

Objections = Callable[[Sentence], tuple[Finding, ...]]


@dataclass(slots=True)
class Allowance:
    """Keeps count of the words taken from each newsroom and remembers what the checks said of a candidate."""

    objections: Objections
    words_per_source: int
    used: dict[str, int] = field(default_factory=dict)
    taken: set[Span] = field(default_factory=set)
    asked: dict[tuple[Span, str], frozenset[str]] = field(default_factory=dict)

    def faults(self, candidate: Candidate) -> frozenset[str]:
        """The codes of the findings for which the gate would cut the candidate."""
        key = (candidate.span, candidate.text)
        if key not in self.asked:
            found = self.objections(candidate.sentence())
            self.asked[key] = frozenset(f.code for f in found if f.severity is Severity.CUT)
        return self.asked[key]

    def stands_alone(self, candidate: Candidate) -> bool:
        """Whether the candidate can be printed anywhere."""
        return not self.faults(candidate) and not leans(candidate)

    def lets_say(self, candidate: Candidate, speaker: str) -> bool:
        """Whether the candidate can be printed as a quote of this speaker."""
        found = self.objections(replace(candidate.sentence(), speaker=speaker))
        return self.stands_alone(candidate) and not any(f.severity is Severity.CUT for f in found)

    def unsafe(self, candidate: Candidate) -> bool:
        """Whether the candidate holds, or stands beside, what no page may print."""
        return "unsafe" in self.faults(candidate)

    def borne_out(self, candidate: Candidate, witnesses: Sequence[Witness]) -> list[Witness]:
        """Those witnesses of whom the checks find that they say as much as the candidate."""
        if not witnesses or self.faults(candidate) - {"role"}:
            return []
        spans = [span for witness in witnesses for span in witness.spans]
        notes = self.objections(candidate.sentence(support=spans))
        idle = {(note.near, note.text) for note in notes if note.code == "support"}
        return [w for w in witnesses if (w.article.outlet, w.texts[0]) not in idle]

    def leans(self, candidate: Candidate) -> bool:
        """Whether the candidate can be printed, but only right after the sentence before it in its source."""
        return self.faults(candidate) <= {"role"}

    def fits(self, candidate: Candidate, *, keep: int = 0) -> bool:
        """Whether the newsroom has words left for it, `keep` words put by."""
        if candidate.span in self.taken:
            return True
        return self.used.get(candidate.newsroom, 0) + candidate.words + keep <= self.words_per_source

    def take(self, candidate: Candidate) -> None:
        """Count the candidate's words, once."""
        if candidate.span not in self.taken:
            self.taken.add(candidate.span)
            self.used[candidate.newsroom] = self.used.get(candidate.newsroom, 0) + candidate.words

    def trimmed(self, candidate: Candidate) -> Candidate:
        """The candidate without its dateline when the checks prove that cut, else as it is."""
        shorter = without_dateline(candidate) if candidate.index == 1 else None
        return shorter if shorter is not None and self.stands_alone(shorter) else candidate
