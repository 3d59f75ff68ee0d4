import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iroyin.languages import languages, split

# One line a case: the language, then the sentences joined by "|" (a space stands on each side in spaced scripts).
CASES = [
    ("en", "He met Dr. Smith at 3.5 p.m. on Jan. 5.|She left."),
    ("en", "J. K. Rowling said so.|The U.S. President spoke."),
    ("en", "“One. Two. Three.”|He left."),
    ("en", '"Why?" Ana Ruiz asked.|Nobody knew.'),
    ("en", '"We will go!" she said.|They went.'),
    ("en", "Inflation rose 3.2% in the U.K. last year.|Wages did not."),
    ("fr", "« Oui ! Je viens », dit-il.|Il part."),
    ("fr", "M. Dupont et Mme. Durand sont venus.|Ils sont repartis."),
    ("de", "Am 5. Januar kam Dr. Merz.|Es war kalt."),
    ("es", "El Sr. García llegó.|¿Vendrá Ana?|No."),
    ("ru", "А. С. Пушкин родился в 1799 г. в Москве.|Он поэт."),
    ("sw", "Dk. Mwinyi alisema hivyo.|Watu walishangilia."),
    ("yo", "Ààrẹ Tinubu sọ bẹ́ẹ̀.|Àwọn ènìyàn gbọ́."),
    ("ko", "이재명 대통령은 “가겠다. 꼭 가겠다”고 말했다.|회담은 끝났다."),
    ("hi", "यह सच है।|वह गया।"),
    ("am", "ይህ ነው።|ያ ነው።"),
    ("ar", "هل هذا صحيح؟|نعم هو صحيح."),
    ("zh", "他说：“我们会去。我们必须去。”|然后呢？|好！"),
    ("zh", "“我们去！”他说。|雨停了。"),
    ("ja", "彼は「行く。必ず行く」と述べた。|雨が降った。"),
]


@pytest.mark.parametrize(("language", "joined"), CASES)
def test_split(language: str, joined: str) -> None:
    sentences = joined.split("|")
    text = ("" if language in {"zh", "ja"} else " ").join(sentences)

    assert sentences == [text[start:end] for start, end in split(text, language)]


def test_a_newline_always_ends_a_sentence() -> None:
    assert ["Title", "“Body one", "goes on.”"] == [
        "Title\n\n“Body one\ngoes on.”"[a:b] for a, b in split("Title\n\n“Body one\ngoes on.”", "en")
    ]


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.one_of(st.sampled_from(" .!?\n\"“”«»。！？؟።।'’AaBbÉя我ก한א1,"), st.characters()), max_size=80),
    st.sampled_from([*languages(), "und", "xx"]),
)
def test_ranges_are_ordered_disjoint_trimmed_and_cover_everything(text: str, language: str) -> None:
    ranges = split(text, language)

    last = 0
    covered = set()
    for start, end in ranges:
        assert last <= start < end <= len(text)
        assert "\n" not in text[start:end]
        assert text[start:end] == text[start:end].strip()
        covered.update(range(start, end))
        last = end
    assert [i for i, char in enumerate(text) if not char.isspace() and i not in covered] == []
