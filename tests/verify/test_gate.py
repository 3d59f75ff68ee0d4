"""The gate: nothing a check refused is printed, and the counts it prints are true."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from iroyin.model import Difference, Dossier, Draft, EvidenceKind, Section, Sentence, Span, Tag, TagKind
from iroyin.verify import CHECKS, gate, objections
from stories_on_file import STORIES, dossier


@pytest.fixture
def ferry() -> tuple[Dossier, object]:
    return dossier(STORIES / "ferry.toml")


def cite(story: Dossier, article_id: str, text: str, /, **changes: object) -> Sentence:
    """A verbatim sentence of an article, found by its text."""
    article = next(a for a in story.articles if a.id == article_id)
    start = article.text.index(text)
    span = article.span(start, start + len(text))
    return replace(Sentence(text, article.language, EvidenceKind.VERBATIM, (span,)), **changes)


def draft(story: Dossier, *lede: Sentence, **parts: object) -> Draft:
    heads = (cite(story, "a4", "Arden mourns as ferry disaster kills 11"),)
    return Draft(**{"headlines": heads, "lede": lede, "body": (), "writer": "test", **parts})


LOSS = "Transport Minister Lena Marsh ordered an inquiry into the loss of the ferry."
SEARCH = "Divers searched the hull until nightfall."
MOURNING = "Residents of Tarn gathered at the pier and waited for news."


def test_what_stands_is_printed_with_its_checks(ferry) -> None:
    story, now = ferry
    brief = gate(draft(story, cite(story, "a1", LOSS)), story, now=now, words_per_source=120)

    assert (LOSS,) == tuple(s.text for s in brief.lede)
    assert tuple(check.code for check in CHECKS) == brief.checks
    assert ("a4", "a1") == brief.sources
    assert () == brief.cut


def test_one_newsroom_alone_is_named(ferry) -> None:
    story, now = ferry
    lede = (cite(story, "a3", SEARCH), cite(story, "a3", MOURNING), cite(story, "a1", LOSS))
    brief = gate(draft(story, *lede), story, now=now, words_per_source=120)

    assert ("The Tarn Gazette", "", "Harbour Wire") == tuple(s.attribution for s in brief.lede)


def test_two_newsrooms_need_no_name_and_are_counted(ferry) -> None:
    story, now = ferry
    other = cite(
        story, "a3", "Transport Minister Lena Marsh ordered an inquiry and promised a first report within 30 days."
    )
    said = cite(story, "a1", LOSS)
    both = replace(said, spans=(*said.spans, *other.spans), newsrooms=2)
    brief = gate(draft(story, both), story, now=now, words_per_source=120)

    assert (2, "") == (brief.lede[0].newsrooms, brief.lede[0].attribution)


def test_a_second_span_that_says_something_else_lends_no_support(ferry) -> None:
    story, now = ferry
    said, other = cite(story, "a1", LOSS), cite(story, "a3", SEARCH)
    padded = replace(said, spans=(*said.spans, *other.spans), newsrooms=2)
    brief = gate(draft(story, padded), story, now=now, words_per_source=120)

    assert (1, "Harbour Wire", 1) == (
        brief.lede[0].newsrooms, brief.lede[0].attribution, len(brief.lede[0].spans)
    )  # fmt: skip


def test_copies_and_ai_outlets_corroborate_nothing(ferry) -> None:
    story, now = ferry
    text = "Rescue boats pulled 96 passengers from the water before dawn."
    said, copied = cite(story, "a1", text), cite(story, "a2", text)
    doubled = replace(said, spans=(*said.spans, *copied.spans), newsrooms=2)
    brief = gate(draft(story, doubled), story, now=now, words_per_source=120)

    assert (1, "Harbour Wire") == (brief.lede[0].newsrooms, brief.lede[0].attribution)


@pytest.mark.parametrize(
    ("code", "broken"),
    [
        ("unsupported", {"text": "Lena Marsh ordered an inquiry into the loss of the ferry and resigned."}),
        ("unsupported", {"spans": (Span("a1", 3, 9, "0" * 64),)}),
        ("unsupported", {"spans": (Span("zz", 0, 9, "0" * 64),)}),
        ("unsupported", {"spans": ()}),
        ("unsupported", {"kind": EvidenceKind.WRITTEN}),
        ("unsupported", {"kind": EvidenceKind.BUILT, "text": "Lena Marsh sank the ferry."}),
        ("language", {"language": "fr"}),
        ("attribution", {"attribution": "The Tarn Gazette"}),
    ],
)
def test_a_broken_sentence_never_reaches_the_page(ferry, code: str, broken: dict) -> None:
    story, now = ferry
    good, bad = cite(story, "a3", SEARCH), cite(story, "a1", LOSS, **broken)
    brief = gate(draft(story, good, bad), story, now=now, words_per_source=120)

    assert (SEARCH,) == tuple(s.text for s in brief.lede)
    assert code in {finding.code for finding in brief.cut}


def test_a_stale_source_text_breaks_its_spans(ferry) -> None:
    story, now = ferry
    sentence = cite(story, "a1", LOSS)
    articles = tuple(replace(a, text=a.text.replace("Marsh", "Holt")) for a in story.articles)
    changed = replace(story, articles=articles)

    assert gate(draft(story, sentence), changed, now=now, words_per_source=120) is None


def test_a_foreign_sentence_is_refused(ferry) -> None:
    story, now = ferry
    foreign = cite(story, "a6", "« C'est le pire jour de notre côte », a déclaré la Première ministre Ana Teller.")
    brief = gate(
        draft(story, cite(story, "a1", LOSS), replace(foreign, language="en")),
        story,
        now=now,
        words_per_source=120,
    )

    assert (LOSS,) == tuple(s.text for s in brief.lede)


def test_the_cap_of_one_newsroom_holds_over_the_whole_page(ferry) -> None:
    story, now = ferry
    lede = (cite(story, "a3", SEARCH), cite(story, "a3", MOURNING))
    brief = gate(draft(story, *lede), story, now=now, words_per_source=10)

    assert (SEARCH,) == tuple(s.text for s in brief.lede)
    assert ["copy"] == [finding.code for finding in brief.cut]


def test_a_pronoun_stands_only_behind_its_own_sentence(ferry) -> None:
    story, now = ferry
    opener = cite(story, "a4", "Selwyn Lines said it would pay for the funerals.")
    follower = cite(story, "a4", "It has run the Tarn route since 2011.")
    right = gate(draft(story, opener, follower), story, now=now, words_per_source=120)
    wrong = gate(draft(story, cite(story, "a1", LOSS), follower), story, now=now, words_per_source=120)

    assert 2 == len(right.lede)
    assert (1, ["role"]) == (len(wrong.lede), [finding.code for finding in wrong.cut])


def test_yesterday_and_an_old_weekday_are_refused(ferry) -> None:
    story, now = ferry
    old = cite(story, "a4", "Yesterday the weather office had warned of waves of four metres.")
    weekday = cite(story, "a3", "The ferry Morning Star capsized off Port Selwyn on Tuesday with 140 people aboard, "
                   "and 11 people are known to have died, the harbour master said.")  # fmt: skip
    fresh = gate(draft(story, weekday, old), story, now=now, words_per_source=120)
    late = gate(
        draft(story, weekday, cite(story, "a1", LOSS)), story, now=now + timedelta(days=9), words_per_source=120
    )

    assert 1 == len(fresh.lede)
    assert "date" in {finding.code for finding in fresh.cut}
    assert (LOSS,) == tuple(s.text for s in late.lede)


def test_a_failing_headline_gives_way_to_the_next(ferry) -> None:
    story, now = ferry
    bad = cite(story, "a1", LOSS, text="Minister resigns after ferry loss")
    good = cite(story, "a3", "Morning Star ferry sinks off Port Selwyn with 140 people aboard - The Tarn Gazette")
    brief = gate(
        draft(story, cite(story, "a1", LOSS), headlines=(bad, good)), story, now=now, words_per_source=120
    )

    assert good.text == brief.headline.text


def test_held_without_headline_or_without_a_sentence(ferry) -> None:
    story, now = ferry
    sentence = cite(story, "a1", LOSS)

    assert gate(draft(story, sentence, headlines=()), story, now=now, words_per_source=120) is None
    assert gate(draft(story), story, now=now, words_per_source=120) is None


def test_body_fills_an_empty_lede_and_free_subheads_go(ferry) -> None:
    story, now = ferry
    sections = (Section((cite(story, "a1", LOSS), cite(story, "a3", SEARCH)), subhead="A nation weeps"),)
    brief = gate(draft(story, body=sections), story, now=now, words_per_source=120)

    assert (LOSS,) == tuple(s.text for s in brief.lede)
    assert ((SEARCH,), "") == (tuple(s.text for s in brief.body[0].sentences), brief.body[0].subhead)


def test_a_difference_needs_two_newsrooms_and_tags_need_a_source(ferry) -> None:
    story, now = ferry
    one = cite(story, "a3", SEARCH, attribution="The Tarn Gazette")
    two = cite(story, "a1", LOSS, attribution="Harbour Wire")
    parts = {
        "differences": (Difference("hull", (one, two)), Difference("", (one,))),
        "tags": tuple(Tag(f"name-{name.lower()}", TagKind.NAME, name) for name in ("Tarn", "Atlantis")),
    }
    brief = gate(draft(story, cite(story, "a3", MOURNING), **parts), story, now=now, words_per_source=120)

    assert ["hull"] == [difference.label for difference in brief.differences]
    assert ["name-tarn"] == [tag.key for tag in brief.tags]


def test_objections_leave_the_rest_of_the_page_to_the_gate(ferry) -> None:
    story, now = ferry
    ask = objections(story, now=now)

    assert () == ask(cite(story, "a1", LOSS))
    assert ("role",) == tuple(f.code for f in ask(cite(story, "a4", "It has run the Tarn route since 2011.")))
    assert "unsupported" in {f.code for f in ask(cite(story, "a1", LOSS, text="Marsh resigned."))}


@pytest.mark.parametrize("path", sorted(STORIES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_writer_that_invents_gets_nothing_onto_the_page(path: Path) -> None:
    """An obedient, inventing writer: each sentence of every source is altered or claimed as written."""
    story, now = dossier(path)
    spans = [(a, a.span(*place)) for a in story.native() for place in a.sentences]
    heads = tuple(
        Sentence(a.text[s.start : s.end] + " !", a.language, EvidenceKind.VERBATIM, (s,)) for a, s in spans
    )
    free = tuple(Sentence(a.text[s.start : s.end], a.language, EvidenceKind.WRITTEN, (s,)) for a, s in spans)
    honest = tuple(Sentence(a.text[s.start : s.end], a.language, EvidenceKind.VERBATIM, (s,)) for a, s in spans)
    invented = gate(Draft(heads + free, free, (), writer="stub"), story, now=now, words_per_source=10**6)
    mixed = gate(Draft(honest, heads + free + honest, ()), story, now=now, words_per_source=10**6)

    assert invented is None
    assert {s.text for s in honest} >= {s.text for s in mixed.all_sentences()}


@pytest.mark.parametrize(
    "wrong",
    [
        Tag("place-ke", TagKind.PLACE, "Kenya"),  # no source names it
        Tag("topic-accident", TagKind.TOPIC, "Harbour news"),  # not what the topic is called
        Tag("name-tarn", TagKind.PERSON, "Tarn"),  # key and kind are at odds
        Tag("name-../admin", TagKind.NAME, "Tarn"),
        Tag("name", TagKind.NAME, "Tarn"),
    ],
)
def test_a_tag_that_the_sources_do_not_bear_is_dropped(ferry, wrong: Tag) -> None:
    story, now = ferry
    right = Tag("topic-accident", TagKind.TOPIC, "Accidents")
    brief = gate(
        draft(story, cite(story, "a3", MOURNING), tags=(wrong, right)), story, now=now, words_per_source=120
    )

    assert (right,) == brief.tags
