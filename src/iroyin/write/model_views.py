"""What a model is asked about public posts, and its answer: sentences, each with the posts it says it stands on."""

from collections.abc import Sequence
from typing import Any

import msgspec

from iroyin.languages import split, tidy
from iroyin.model import Example, Question
from iroyin.write.model_prompt import TEXT, fenced, harmless, list_of, number_to, object_of
from iroyin.write.model_reply import shaped

_MOST, _LONGEST = 2, 300  # sentences of a group; characters of one


class About(msgspec.Struct, frozen=True):
    """A sentence about a group and the numbers of the posts it stands on."""

    group: int
    text: str
    source: tuple[int, ...] = msgspec.field(name="from")


class Abouts(msgspec.Struct, frozen=True):
    """The answer to a question about views."""

    sentences: tuple[About, ...]


def views_question(
    story_id: str, groups: Sequence[Sequence[Example]], language: str, *, most_tokens: int
) -> Question:
    """One or two sentences about each group of posts; `language` is its English name. Posts are numbered through."""
    lines: list[str] = []
    number = 0
    for group, posts in enumerate(groups, start=1):
        lines.append(f"Group {group}:")
        for one in posts:
            number += 1
            lines.append(f"[{number}] {harmless(one.text)}")
    one_sentence = object_of(group=number_to(len(groups)), **{"from": list_of(number_to(number), 4, 1)}, text=TEXT)
    schema: dict[str, Any] = object_of(sentences=list_of(one_sentence, _MOST * len(groups)))
    data = "\n".join(lines)
    return fenced("views", data, schema, story_id, most_tokens, fence="posts", language=language)


def abouts(
    value: object, groups: Sequence[Sequence[Example]], language: str
) -> list[tuple[int, str, tuple[Example, ...]]]:
    """Group (from 0), sentence and its posts, which must be of that group; the rest is left out. Raises ValueError."""
    first = [sum(len(posts) for posts in groups[:at]) + 1 for at in range(len(groups))]
    found: list[tuple[int, str, tuple[Example, ...]]] = []
    for one in shaped(value, Abouts).sentences:
        at = one.group - 1
        if not 0 <= at < len(groups):
            continue
        own = [n - first[at] for n in dict.fromkeys(one.source)]
        cited = tuple(groups[at][n] for n in own if 0 <= n < len(groups[at]))
        if len(cited) < len(own) or not cited:
            continue
        told = tidy(one.text.replace("\n", " "))
        for start, end in split(told, language):
            text = told[start:end].strip()
            if 0 < len(text) <= _LONGEST and sum(group == at for group, _, _ in found) < _MOST:
                found.append((at, text, cited))
    return found
