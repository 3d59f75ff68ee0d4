"""Who speaks: people, officials and organisations apart, and what is likely to be a machine, with the reason.

The marks of automation are those that can be read from an account alone and explained to its owner: what it says of
itself, its age, how much it writes, and the beat of its posts. Coordinated accounts are mostly young (Ferrara 2017).
"""

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from statistics import mean, pstdev

from iroyin.languages.subjects import called
from iroyin.languages.words import fold
from iroyin.model import Account, Drop, Post, Standing, TagKind, Verified
from iroyin.reaction.profile import squeezed

YOUNG = timedelta(days=14)  # an account that speaks within these of its beginning is not counted
OFTEN = 150.0  # posts a day over the whole life of the account: more than one every ten minutes, day and night
BEAT = 5  # posts of one account whose intervals are looked at
STEADY = 0.02  # of the mean interval: no hand keeps such time
_OFFICE = re.compile(
    r"\b(?:ministry of|ministere|ministerio|government of|gouvernement|gobierno|embassy|ambassade|embajada|wizara|"
    r"official account of the|compte officiel d|cuenta oficial d|prime minister|president of|senator|congress(?:man|"
    r"woman)|member of parliament|mayor of|spokesperson)|министерств|посольств|официальный аккаунт|правительств"
    r"|외교부|대사관|정부 공식|대통령실|청와대|外交部|大使馆|政府|外務省|大使館|وزارة|سفارة|الحساب الرسمي"
    r"|मंत्रालय|दूतावास|ile-ise ijoba"
)
_BODY = re.compile(
    r"\b(?:news|newspaper|breaking news|newsroom|journal|media|radio|tv|agency|agence|agencia|official account|ngo|"
    r"foundation|institute|university|company|inc|ltd|llc|think tank)\b|новости|агентство|뉴스|신문|방송|通讯社|新闻"
    r"|ニュース|通信社|新聞|أخبار|وكالة|समाचार"
)
_OFFICE_HOST = re.compile(r"\.(?:gov|mil|gouv|gob|go|govt)(?:\.[a-z]{2})?$")
_TELLS_OF_ONE = re.compile(r"\b(?:i|i'm|my|me|je|mon|yo|mi|mimi)\b|나는|제가|我|私|أنا|मैं|\bя\b")


def standing(account: Account, outlets: frozenset[str], language: str) -> Standing:
    """Who speaks. `outlets` are the squeezed names of the outlets that reported the story."""
    if account.verified is Verified.GOVERNMENT or _OFFICE_HOST.search(account.handle.lower()):
        return Standing.OFFICIAL
    if account.verified is Verified.ORGANISATION:
        return Standing.ORGANISATION
    name, bio = fold(account.name), fold(account.bio)
    if _TELLS_OF_ONE.search(bio):
        return Standing.PERSON
    if _OFFICE.search(bio) or _OFFICE.search(name):
        return Standing.OFFICIAL
    known = called(account.name, language).startswith(f"{TagKind.ORGANISATION}-") if account.name else False
    if known or squeezed(account.name) in outlets or _BODY.search(name):
        return Standing.ORGANISATION
    return Standing.PERSON


def automation(account: Account, own: Sequence[Post]) -> Drop | None:
    """Why an account is likely a machine or made for the occasion; None for all others. `own` are its posts here."""
    if account.automated:
        return Drop.SAYS_AUTOMATED
    first = min(post.created_at for post in own)
    if account.created_at is not None:
        age = first - account.created_at
        if age < YOUNG:
            return Drop.NEW_ACCOUNT
        if account.posts is not None and account.posts / max(age / timedelta(days=1), 1.0) > OFTEN:
            return Drop.TOO_OFTEN
    return Drop.RHYTHM if _keeps_time(own) else None


def _keeps_time(own: Sequence[Post]) -> bool:
    if len(own) < BEAT:
        return False
    times = sorted(post.created_at.timestamp() for post in own)
    gaps = [later - sooner for sooner, later in pairwise(times)]
    return mean(gaps) > 0 and pstdev(gaps) <= STEADY * mean(gaps)
