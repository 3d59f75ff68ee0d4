"""Differences are shown only where two newsrooms tell one matter with other figures."""

from datetime import UTC, datetime, timedelta

import pytest

from iroyin.languages import split
from iroyin.model import Article, ArticleId
from iroyin.write import ExtractiveWriter
from stories_on_file import assembled

DAY = datetime(2026, 3, 10, 8, tzinfo=UTC)
CASES = [
    ("two tolls", "en", "The fire in Oakham killed 9 people on Mill Street.",
     "The fire in Oakham killed 11 people on Mill Street.", True),
    ("the same toll", "en", "The fire in Oakham killed 9 people on Mill Street.",
     "The fire in Oakham killed nine people on Mill Street.", False),
    ("dead and hurt are two matters", "en", "The fire in Oakham killed 9 people on Mill Street.",
     "The fire in Oakham left 31 firemen tired on Mill Street.", False),
    ("two countries", "en", "In Canada 14,000 of the phones were sold by Nurion shops.",
     "In Australia 21,000 of the phones were sold by Nurion shops.", False),
    ("rounding that is said", "en", "More than 214,000 people voted in Oakham on Mill Street.",
     "In Oakham 214,300 people voted on Mill Street.", False),
    ("parts of one whole", "en", "In Oakham two of seven members voted against the plan.",
     "In Oakham five of seven members voted for the plan.", False),
    ("a sentence that has both", "en", "The fire in Oakham killed 11 people, not 9 people as first said.",
     "The fire in Oakham killed 9 people on Mill Street.", False),
    ("the dead in other words", "en", "The fire in Oakham killed 9 people on Mill Street.",
     "Eleven bodies were found after the fire in Oakham, on Mill Street.", True),
    ("dead and hurt in one sentence", "en", "The fire in Oakham on Mill Street killed three people and injured 14.",
     "Three people are dead and 14 injured after the fire in Oakham on Mill Street.", False),
    ("hurt, where both tell of the dead too", "en", "The fire in Oakham on Mill Street killed three and injured 14.",
     "Three are dead and 22 were injured in the fire in Oakham on Mill Street.", True),
    ("a newsroom that has both sides", "en", "After the flood in Oakham 12,000 people were evacuated.",
     "In Oakham officials say 12,000; the union says no fewer than 18,500.", True),
    ("prices", "fr", "Le prix de la tour d'Orsay est de 2,4 milliards de dollars.",
     "La tour d'Orsay va être rachetée pour 2,6 milliards de dollars.", True),
    ("a price and a wage rise", "en", "The port of Oakham will pay 7 per cent more from May.",
     "The port of Oakham was asked to pay 18 per cent more.", False),
    ("hectares in other words", "sw", "Nzige wameharibu hekta 4,200 za mahindi katika kaunti ya Lomwara.",
     "Hekta 5,000 za mazao zimeliwa na nzige katika kaunti ya Lomwara.", True),
    ("the dead in Japanese", "ja", "サンタ港の火事で3人が死亡、41人が負傷した。",
     "サンタ港の火事で死者が5人に達したと病院が発表した。", True),
    ("visitors in Chinese", "zh", "景区管理处统计，开放首日约有6000名游客登桥。",
     "景区首日登桥的游客约4000人，售票记录显示。", True),
    ("magnitudes", "es", "Un sismo de magnitud 6,1 sacudió la localidad de Puerto Quelmar.",
     "Un sismo de magnitud 6,3 sacudió la localidad de Puerto Quelmar.", True),
]  # fmt: skip


def article(number: int, outlet: str, language: str, sentence: str) -> Article:
    title = "Oakham" if language == "en" else "Puerto Quelmar"
    text = f"{title}\n\n{sentence}"
    at = DAY + timedelta(hours=number)
    ranges = ((0, len(title)), *((s + len(title) + 2, e + len(title) + 2) for s, e in split(sentence, language)))
    return Article(ArticleId(f"a{number}"), "", title, text, language, at, at, outlet, outlet, ranges)


@pytest.mark.parametrize(("name", "language", "one", "other", "expected"), CASES, ids=[row[0] for row in CASES])
def test_differences(name: str, language: str, one: str, other: str, expected: bool) -> None:
    pair = [article(0, "First Post", language, one), article(1, "Second Post", language, other)]
    dossier = assembled(pair, language)
    draft = ExtractiveWriter().write(dossier, lambda sentence: (), now=DAY)
    told = [[s.attribution for s in d.statements] for d in draft.differences]

    assert ([["Second Post", "First Post"]] if expected else []) == told
