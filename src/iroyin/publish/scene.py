"""What an image model may be asked to paint for a story, and its picture as the page's illustration.

The words are made by code from the story's tags and section alone: topics and places. Nothing of a source's text goes
to the model, no person is asked for, and no picture is to look like a photograph.
"""

import re
from base64 import b64encode
from collections.abc import Sequence

from iroyin.languages import fold
from iroyin.model import Brief, Figure, TagKind
from iroyin.publish.canvas import HIGH, WIDE, Canvas
from iroyin.publish.drawing import SMALLEST
from iroyin.publish.locale import labels
from iroyin.publish.tags import tag_name
from iroyin.publish.typeset import width

_NAME = re.compile(r"[A-Za-z][A-Za-z .'-]{1,40}")  # as our own tables of places and topics write them
_TOPICS, _PLACES = 2, 2
_SIZE, _PAD, _BAND = SMALLEST, 22, 60  # the label's letters, the room beside them, the height of its band
_MANNER = (
    "A flat cut-paper illustration in few muted colours: landscape, buildings and objects alone. "
    "No people, no faces, no hands, no text, no letters, no numbers, no flags, no logos. "
    "Not a photograph and not photorealistic."
)


def scene(briefs: Sequence[Brief], section: str) -> str:
    """What to paint for a story told in these briefs, in English; "" when their tags name no topic and no place.

    A topic or place that shares a word with a person of the story is left out.
    """
    tags = {tag.key: tag for brief in briefs for tag in brief.tags}.values()
    persons = {
        fold(word)
        for tag in tags
        if tag.kind in {TagKind.PERSON, TagKind.NAME}
        for name in (tag.name, tag_name(tag, "en"))
        for word in name.split()
    }
    topics, places = (
        [name for name in (tag_name(tag, "en") for tag in sorted(tags, key=lambda t: t.key) if tag.kind is kind)
         if _NAME.fullmatch(name) and persons.isdisjoint(map(fold, name.split()))][:most]
        for kind, most in ((TagKind.TOPIC, _TOPICS), (TagKind.PLACE, _PLACES))
    )  # fmt: skip
    if not topics and not places:
        return ""
    subject = " and ".join(topics).lower() or section.replace("-", " ")
    return f"{_MANNER} Subject: {subject}{' in ' + ' and '.join(places) if places else ''}."


def painted(brief: Brief, picture: bytes) -> Figure:
    """The illustration that shows this JPEG, with its label in the brief's language drawn into it."""
    words = labels(brief.language)
    canvas = Canvas(brief.story_id, brief.language)
    label = words.say("figure.ai")
    told = b64encode(picture).decode("ascii")
    canvas.marks.append(f'<image href="data:image/jpeg;base64,{told}" width="{WIDE}" height="{HIGH}"/>')
    canvas.bar(0, HIGH - _BAND, width(label) * _SIZE + 2 * _PAD, _BAND, canvas.colours.ground)
    canvas.text((_PAD, HIGH - _PAD + 2), _SIZE, label)
    title = f"{label}: {brief.headline.text}"
    return Figure(canvas.svg(title), " ".join(title.split()), "", made_by="model", kind="scene", claims=(0,))
