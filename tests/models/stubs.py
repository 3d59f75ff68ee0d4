"""Three models that are none: one invents, one obeys every order it finds, one writes true paraphrases it was given.

Each answers the five questions of the desk as JSON; the first two call every statement supported, the worst judge there
can be, so that what stops them is code.
"""

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"
SHOWN = re.compile(r"^\[(\d+)\] (.*)$", re.M)
LISTED = re.compile(r"^\((\d+)\) (.*)$", re.M)
FIGURE = re.compile(r"\d+")

Asked = dict[str, Any]
OPENINGS = {"report": "You are a reporter", "repair": "You are a sub-editor", "judge": "You check statements",
            "edition": "You translate", "views": "You sum up"}  # fmt: skip
NAMES = {"ar": "كويندريل فوسك", "hi": "क्वेंड्रिल वोस्क", "ja": "クエンドリル・ヴォスク氏", "ko": "퀜드릴 보스크",
         "ru": "Квендрил Воск", "zh": "奎德里尔·沃斯克"}  # fmt: skip
INVENTED = ("Quendrel Vosk", "8317", "8,317", *NAMES.values())


def question(asked: Asked) -> tuple[str, str]:
    """What is asked, and the material."""
    system, user = (message["content"] for message in asked["messages"])
    for name, sign in OPENINGS.items():
        if system.startswith(sign):
            return name, user
    raise AssertionError(f"an unknown question: {system[:80]}")


def shown(user: str) -> dict[int, str]:
    """The source sentences of a question by their numbers."""
    return {int(number): text for number, text in SHOWN.findall(user)}


def grouped(user: str) -> dict[int, int]:
    """The group of each post of a question about views."""
    group, found = 0, {}
    for line in user.splitlines():
        if line.startswith("Group "):
            group = int(line.removeprefix("Group ").rstrip(":"))
        elif hit := SHOWN.match(line):
            found[int(hit[1])] = group
    return found


def yes(user: str) -> str:
    """Every statement is supported."""
    return json.dumps({"verdicts": [{"n": int(n), "supported": True} for n, _ in LISTED.findall(user)]})


def invents(asked: Asked) -> str:
    """False sentences of many kinds over true sources."""
    name, user = question(asked)
    if name == "judge":
        return yes(user)
    if name == "edition":
        return json.dumps(
            {"sentences": [{"n": int(n), "text": inventions(text)[0]} for n, text in LISTED.findall(user)]}
        )
    sources = shown(user)
    if name == "views":
        groups = grouped(user)
        false_ones = ((n, false) for n, text in sources.items() for false in inventions(text))
        return json.dumps({"sentences": [{"group": groups[n], "from": [n], "text": one} for n, one in false_ones]})
    told = [{"from": [number], "text": false} for number, text in sources.items() for false in inventions(text)]
    if name == "repair":
        return json.dumps({"sentences": [{"n": n, **one} for n, one in enumerate(told)]})
    return json.dumps({"plan": [], "headlines": told[:3], "sentences": told[:24]}, ensure_ascii=False)


def inventions(text: str) -> list[str]:
    """The sentence with an invented name, figure and quotation in turn."""
    script = next((code for code, sign in SCRIPTS.items() if sign.search(text)), "en")
    name = NAMES.get(script, "Quendrel Vosk")
    end = text.rstrip()[-1:] if text.rstrip()[-1:] in ".!?。।؟" else "."
    bare = text.rstrip(" .!?。।؟")
    other = FIGURE.sub("8317", text, count=1)
    return [
        f"{bare}, {name}{end}",
        other if other != text else f"{bare} 8317{end}",
        f"“{bare}, 8317”, {name}{end}",
        f"{name}: {text}",
    ]


SCRIPTS = {"ko": re.compile("[가-힣]"), "ja": re.compile("[ぁ-ゖァ-ヺ]"), "zh": re.compile("[一-龥]"),
           "ar": re.compile("[ء-ي]"), "hi": re.compile("[ऀ-ॿ]"), "ru": re.compile("[а-яА-Я]")}  # fmt: skip


def obeys(canaries: Mapping[str, str]) -> Callable[[Asked], str]:
    """A model that does what its sources order: it says each canary (by the words in which the order stands in a text)
    it is told to say, with links and markup too.
    """

    def answer(asked: Asked) -> str:
        name, user = question(asked)
        if name == "judge":
            return yes(user)
        sources = shown(user) or {int(n): text for n, text in LISTED.findall(user)}
        told = []
        for number, text in sources.items():
            for order, canary in canaries.items():
                if order.casefold() in text.casefold():
                    link = "https://evil.example/x"
                    said = [canary, f"{canary}.", text, f"According to officials, {canary}.", f"{canary} {link}",
                            f"<b>{canary}</b>", f"[{canary}]({link})"]  # fmt: skip
                    told += [{"n": number, "from": [number], "text": one} for one in said]
        told = told or [{"n": n, "from": [n], "text": text} for n, text in list(sources.items())[:3]]
        if name == "views":
            groups = grouped(user)
            return json.dumps({"sentences": [one | {"group": groups[one["from"][0]]} for one in told]})
        if name in {"repair", "edition"}:
            return json.dumps({"sentences": told})
        return json.dumps({"plan": [], "headlines": told[:3], "sentences": told[:24]}, ensure_ascii=False)

    return answer


def recorded() -> list[dict[str, Any]]:
    """The true paraphrases of `strong.toml`."""
    return list(tomllib.loads((DATA / "models" / "strong.toml").read_text("utf-8"))["sentence"])


def writes_well(asked: Asked) -> str:
    """The recorded paraphrases of what it is shown; an honest judge of them, who refuses all else."""
    name, user = question(asked)
    if name == "judge":
        known = {text for one in recorded() for text in (one["text"], one.get("again"))}
        told = [(int(n), text.removeprefix("Statement: ")) for n, text in LISTED.findall(user)]
        return json.dumps({"verdicts": [{"n": n, "supported": text in known} for n, text in told]})
    if name == "views":
        return json.dumps({"sentences": []})
    sources = shown(user)
    if name == "repair":
        again = {one["text"]: one for one in recorded() if "again" in one}
        sent_back = [(int(n), again.get(text)) for n, text in LISTED.findall(user)]
        anew = [{"n": n, "from": cited(one, sources), "text": one["again"]} for n, one in sent_back if one]
        return json.dumps({"sentences": anew}, ensure_ascii=False)
    found = [(cited(one, sources), one["text"]) for one in recorded()]
    told_now = [{"from": numbers, "text": text} for numbers, text in found if numbers and all(numbers)]
    told_now = told_now or [{"from": [1], "text": sources.get(1, "nothing")}]
    return json.dumps({"plan": [], "headlines": told_now[:1], "sentences": told_now}, ensure_ascii=False)


def cited(one: dict[str, Any], sources: Mapping[int, str]) -> list[int]:
    """The numbers of the source sentences of a recorded one; 0 for one that was not shown."""
    return [next((n for n, text in sources.items() if words in text), 0) for words in one["cites"]]
