"""A cut is a source sentence less whole marked parts, and nothing else."""

import pytest

from iroyin.verify.cuts import dateline_end, is_cut

CUTS = [
    ("bracket", "en", "The mayor (aged 50) resigned.", "The mayor resigned.", True),
    ("comma clause", "en", "The mayor, a former teacher, resigned.", "The mayor resigned.", True),
    ("dateline", "en", "SEOUL, Jan. 5 (Hanbit) -- Lee met Xi.", "Lee met Xi.", True),
    ("dateline with a dash", "en", "LONDON — Prices rose in May.", "Prices rose in May.", True),
    ("byline", "ko", "(서림=한들일보) 박서윤 기자 = 서림시에서 불이 났다.", "서림시에서 불이 났다.", True),
    ("nothing left out is no cut", "en", "The mayor resigned.", "The mayor resigned.", False),
    ("free deletion", "en", "Ana ran half the marathon in 2 hours.", "Ana ran the marathon in 2 hours.", False),
    ("denial in the clause", "en", "Smith, not Jones, won the vote.", "Smith won the vote.", False),
    ("condition in the clause", "en", "He will, if convicted, resign in May.", "He will resign in May.", False),
    ("attribution in the clause", "en", "The dam, police said, will hold.", "The dam will hold.", False),
    ("doubt in the clause", "en", "The dam, which may be cracked, is closed.", "The dam is closed.", False),
    ("thousands comma", "en", "The dam holds 1,200,300 litres now.", "The dam holds 1300 litres now.", False),
    ("end missing", "en", "The mayor resigned after a vote.", "The mayor resigned", False),
    ("the last full stop", "en", "The mayor of Tarn resigned.", "The mayor of Tarn resigned", True),
    ("the last danda", "hi", "दिल्ली में बारिश हुई है।", "दिल्ली में बारिश हुई है", True),
    ("the stop of an abbreviation", "en", "The mayor left the U.S.", "The mayor left the U.S", False),
    ("a question mark", "en", "Did the mayor resign?", "Did the mayor resign", False),
    ("words added", "en", "The mayor (aged 50) resigned.", "The mayor resigned today.", False),
    ("unknown cues", "sw", "Meya, mwalimu wa zamani, alijiuzulu.", "Meya alijiuzulu.", False),
]


@pytest.mark.parametrize(("name", "language", "source", "text", "expected"), CUTS, ids=[row[0] for row in CUTS])
def test_is_cut(name: str, language: str, source: str, text: str, expected: bool) -> None:
    assert expected is is_cut(text, source, language)


def test_trailing_attribution_may_go_only_when_the_page_names_the_source() -> None:
    source, text = "Ten people died in the fire, police said.", "Ten people died in the fire."

    assert not is_cut(text, source, "en")
    assert is_cut(text, source, "en", attributed=True)


def test_outlet_after_a_title() -> None:
    source, text = "Ferry sinks off Tarn - The Tarn Gazette", "Ferry sinks off Tarn"

    assert is_cut(text, source, "en", outlet="The Tarn Gazette")
    assert not is_cut(text, source, "en", outlet="Another Paper")


def test_a_dash_within_a_sentence_is_no_dateline() -> None:
    assert dateline_end("The mayor — a former teacher — resigned.") == 0
