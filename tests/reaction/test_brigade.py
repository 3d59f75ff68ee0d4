"""Brigading moves no share by two points: one loud account, copies, and accounts made for the occasion."""

from dataclasses import replace
from datetime import timedelta

import pytest
from made_posts import NOW, SAYINGS, SUBJECTS, account, crowd, post, summary

from iroyin.model import Drop, Post, Reaction, Stance

HONEST = crowd(120)
OBJECTION = SAYINGS[1]


def shares(reaction: Reaction) -> dict[Stance, float]:
    found = dict.fromkeys(Stance, 0.0)
    return found | {view.stance: 100 * view.share for view in reaction.views}


def loud() -> list[Post]:
    who = account("loud")
    return [
        post(f"loud{n}", OBJECTION.format(f"{SUBJECTS[n % 10]} {n * n} {n + 5}", n), who, hours=3 + n * n * 1e-6)
        for n in range(1000)
    ]


def copies() -> list[Post]:
    text = OBJECTION.format("trade of the whole northern harbour", 1)
    return [
        post(f"copy{n}", f"RT @first: {text}" if n % 2 else f"{text} https://x.example/{n}", account(f"copier{n}"))
        for n in range(200)
    ]


def machines() -> list[Post]:
    young = NOW - timedelta(days=8)
    return crowd(300, prefix="bot", start=5000, say=1, created_at=young, posts=4)


ATTACKS = {"one account": loud, "copies": copies, "new accounts": machines}


@pytest.mark.parametrize("attack", [*ATTACKS, "all at once"])
def test_an_attack_moves_no_share_by_two_points(attack: str) -> None:
    wanted = ATTACKS if attack == "all at once" else {attack: ATTACKS[attack]}
    before = shares(summary(HONEST))
    after = shares(summary(HONEST + [one for make in wanted.values() for one in make()]))

    assert {stance for stance, share in before.items() if share > 5} >= {Stance.FOR, Stance.AGAINST, Stance.ASKS}
    for stance in Stance:
        assert abs(after[stance] - before[stance]) < 2.0, (stance, before, after)


def test_without_the_defences_the_same_attack_would_win() -> None:
    aged = [replace(one, account=replace(one.account, created_at=NOW - timedelta(days=700))) for one in machines()]

    assert shares(summary(HONEST + aged))[Stance.AGAINST] - shares(summary(HONEST))[Stance.AGAINST] > 20


def test_what_was_dropped_is_counted_with_its_reason() -> None:
    found = dict(summary(HONEST + loud() + copies() + machines()).dropped)

    assert found[Drop.NEW_ACCOUNT] == 300
    assert found[Drop.COPY] >= 199
    assert found[Drop.CAP] + found[Drop.COPY] >= 1000 - 3 + 199
