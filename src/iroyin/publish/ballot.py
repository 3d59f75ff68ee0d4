"""The result of a vote that a proved sentence states: each dot is one vote, and the sentence stands below.

Sides are named only where the sentence names them ("in favour", "against").
"""

from math import ceil

from iroyin.languages import Vote, vote
from iroyin.model import Brief
from iroyin.publish.attribution import attributed
from iroyin.publish.canvas import Canvas
from iroyin.publish.drawing import ACROSS, BOLD, EDGE, SMALLEST, Drawing, outlets_of, say, told
from iroyin.publish.evidence import Articles
from iroyin.publish.locale import Labels
from iroyin.publish.typeset import width

_LONGEST = 110  # ems of the sentence that still fit below the dots
_LARGEST = 128  # size of the two numbers
_WIDEST, _FINEST = 34.0, 7.0  # from one dot to the next
_HIGH = 118  # of the field of dots
_SIZES = (36, 34, 32, SMALLEST)


def ballot(brief: Brief, articles: Articles, words: Labels) -> Drawing | None:
    """The first vote of lede and body; None when there is none, or its sentence is too long to stand with it."""
    for number, sentence in told(brief):
        found = vote(sentence.text, sentence.language) if width(sentence.text) <= _LONGEST else None
        if found is None:
            continue
        outlets = outlets_of(sentence, articles, words)

        def paint(canvas: Canvas, result: Vote = found, claim: int = number, outlets: str = outlets) -> None:
            with canvas.claim(claim):
                down = _numbers(canvas, result, words)
                _dots(canvas, result, down)
                say(canvas, brief.all_sentences()[claim], outlets, top=down + _HIGH + 18, sizes=_SIZES)

        note = words.say("figure.vote.dots") if _pitch(found) else ""
        return Drawing("vote", (number,), attributed(sentence), paint, note)
    return None


def _numbers(canvas: Canvas, result: Vote, words: Labels) -> float:
    """The two numbers at both ends, named where the sentence names them; where the dots begin."""
    far = EDGE + ACROSS
    one, other = words.number(result.one), words.number(result.other)
    size = min(_LARGEST, int((ACROSS - 60) / BOLD / (width(one) + width(other))))
    base = 62 + size * 0.72
    canvas.text((EDGE - 4, base), size, one, colour=canvas.colours.accent, weight=700)
    canvas.text((far + 4, base), size, other, weight=700, end=True)
    if not result.named:
        return base + 26
    canvas.text(
        (EDGE, base + 42), SMALLEST, words.say("figure.vote.for"), colour=canvas.colours.accent, weight=700
    )
    canvas.text((far, base + 42), SMALLEST, words.say("figure.vote.against"), weight=700, end=True)
    if result.abstained:
        label = words.say("figure.vote.abstained", n=words.number(result.abstained))
        canvas.text((EDGE + ACROSS / 2, base + 42), SMALLEST, label, middle=True)
    return base + 60


def _dots(canvas: Canvas, result: Vote, top: float) -> None:
    """A field of dots from each end; two bars where there are too many votes for dots."""
    pitch = _pitch(result)
    if not pitch:
        share = (ACROSS - 12) * result.one / (result.one + result.other)
        canvas.bar(EDGE, top, share, _HIGH * 0.6, canvas.colours.accent)
        canvas.bar(EDGE + share + 12, top, ACROSS - 12 - share, _HIGH * 0.6, canvas.colours.ink)
        return
    rows = int(_HIGH // pitch)
    for count, colour, near in (
        (result.one, canvas.colours.accent, True),
        (result.other, canvas.colours.ink, False),
    ):
        steps = ((at // rows * pitch + pitch / 2, top + at % rows * pitch + pitch / 2) for at in range(count))
        places = ((EDGE + step if near else EDGE + ACROSS - step, down) for step, down in steps)
        canvas.dots(tuple(places), pitch * 0.74, colour)


def _pitch(result: Vote) -> float:
    """From one dot to the next, as wide as both fields fit; 0 when there are too many votes for dots."""
    pitch = _WIDEST
    while pitch >= _FINEST:
        rows = int(_HIGH // pitch)
        if ceil(result.one / rows) + ceil(result.other / rows) + 1 <= ACROSS / pitch:
            return pitch
        pitch -= 0.5
    return 0.0
