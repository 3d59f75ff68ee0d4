"""What editors are shown: the outcome of every proposed sentence, with what is wrong and the nearest source text."""

from dataclasses import replace

import pytest
from test_gate import LOSS, MOURNING, SEARCH, cite, draft, ferry  # noqa: F401

from iroyin.model import Difference, Dossier, Draft, Outcome, Proof
from iroyin.verify import proofread


def proofs(story: Dossier, made: Draft, now: object) -> dict[str, Proof]:
    brief, found = proofread(made, story, now=now, words_per_source=120)  # type: ignore[arg-type]
    proposed = (*made.headlines, *made.lede, *(s for d in made.differences for s in d.statements))
    assert brief is None or {s.text for s in brief.all_sentences()} == {
        one.text for one in found if one.outcome in {Outcome.PRINTED, Outcome.SOFTENED}
    }
    assert {one.text for one in found} <= {s.text for s in proposed}
    return {one.text: one for one in found}


def test_printed_softened_and_cut(ferry) -> None:  # noqa: F811
    story, now = ferry
    wrong = cite(story, "a1", LOSS, text=LOSS.replace(".", " again."))
    made = draft(story, cite(story, "a3", SEARCH), cite(story, "a1", LOSS), wrong)

    found = proofs(story, made, now)

    assert (Outcome.SOFTENED, ("attribution",)) == (
        found[SEARCH].outcome, tuple(f.code for f in found[SEARCH].findings)
    )  # fmt: skip
    assert Outcome.SOFTENED is found[LOSS].outcome
    cut = found[wrong.text]
    assert (Outcome.CUT, "lede", LOSS, "Harbour Wire") == (cut.outcome, cut.place, cut.source, cut.outlet)
    assert "unsupported" in {f.code for f in cut.findings}


def test_a_headline_that_fails_is_replaced(ferry) -> None:  # noqa: F811
    story, now = ferry
    made = draft(story, cite(story, "a1", LOSS))
    bad = replace(made.headlines[0], text="Ferry sinks again")

    found = proofs(story, replace(made, headlines=(bad, *made.headlines)), now)

    assert (Outcome.REPLACED, Outcome.PRINTED) == (found[bad.text].outcome, found[made.headlines[0].text].outcome)


@pytest.mark.parametrize("headlines", [(), None], ids=["no headline", "no sentence"])
def test_a_page_that_is_held(ferry, headlines: tuple[()] | None) -> None:  # noqa: F811
    story, now = ferry
    made = draft(story, cite(story, "a1", LOSS))
    made = replace(made, headlines=()) if headlines == () else replace(made, lede=())

    assert {Outcome.HELD} == {one.outcome for one in proofs(story, made, now).values()}


def test_what_falls_with_its_difference_is_cut(ferry) -> None:  # noqa: F811
    story, now = ferry
    alone = Difference("", (cite(story, "a3", MOURNING),))

    found = proofs(story, replace(draft(story, cite(story, "a1", LOSS)), differences=(alone,)), now)

    assert (Outcome.CUT, "alone") == (found[MOURNING].outcome, found[MOURNING].findings[0].code)
