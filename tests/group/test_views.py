"""The views of all pairs at once are the views of each pair, and no pair that a veto refuses is passed over."""

import numpy as np
from made_articles import article, direction

from iroyin.group.account import Account, Scratch
from iroyin.group.features import features
from iroyin.group.rarity import Rarity
from iroyin.group.veto import elsewhere, elsewhere_perhaps, nothing_shared, nothing_shared_perhaps
from iroyin.group.views import views, views_of_all

TOLD = [
    ("Quake kills 40 in Peru", "A quake of 6.1 hit Arequipa on Monday, said Ana Quispe.", "en"),
    ("Quake kills 31 in Chile", "A quake of 5.8 hit Copiapó on Sunday, said Luis Rojas.", "en"),
    ("Peru quake: 40 dead", "", "en"),
    ("Terremoto en Perú: 40 muertos", "Un sismo de 6,1 sacudió Arequipa el lunes.", "es"),
    ("Harbour Rovers win the cup", "They beat Mill Town 3-1.", "en"),
    ("Nothing at all", "", "en"),
    ("12th package agreed", "The European Union agreed its 12th package.", "en"),
    ("13th package agreed", "The European Union agreed its 13th package.", "en"),
]


def told() -> list[Account]:
    """Each article alone, and stories of two, three and six of them."""
    rarity = Rarity()
    found = [
        features(article(f"a{n}", title, body, language=language, hours=7.0 * n))
        for n, (title, body, language) in enumerate(TOLD)
    ]
    for one in found:
        rarity.count(one)
    alone = [rarity.account(one, direction(f"topic {n % 3}", str(n))) for n, one in enumerate(found)]
    for n, one in enumerate(alone):
        one.meet(0.1 * n, 3)
    two, three = alone[0].join(alone[2]), alone[3].join(alone[4]).join(alone[5])
    return [*alone, two, three, two.join(three).join(alone[6])]


def all_pairs(accounts: list[Account]) -> np.ndarray:
    return np.concatenate([seen for _, seen in views_of_all(accounts)])


def test_all_pairs_at_once_are_seen_as_one_by_one() -> None:
    accounts = told()
    found = all_pairs(accounts)

    for at, one in enumerate(accounts[:-1]):
        expected = views(one, accounts[at + 1 :], Scratch())
        np.testing.assert_allclose(expected, found[at, at + 1 :], atol=1e-5)


def test_no_pair_that_a_veto_refuses_is_passed_over() -> None:
    accounts = told()
    found = all_pairs(accounts)

    for refuse, perhaps in ((elsewhere, elsewhere_perhaps), (nothing_shared, nothing_shared_perhaps)):
        pairs = [(a, b) for a in range(len(accounts)) for b in range(a + 1, len(accounts))]
        refused = {(a, b) for a, b in pairs if refuse(accounts[a], accounts[b])}
        assert refused
        assert refused <= {(int(a), int(b)) for a, b in np.argwhere(perhaps(found))}
