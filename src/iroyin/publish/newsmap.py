"""Where the newsrooms are that reported a story: a map of their countries and a dot for each outlet."""

from functools import lru_cache
from itertools import pairwise
from math import hypot, pi, sqrt

import numpy as np

from iroyin.languages import rules
from iroyin.model import Brief
from iroyin.publish.canvas import WIDE, Canvas
from iroyin.publish.drawing import BOLD, EDGE, SMALLEST, Drawing
from iroyin.publish.evidence import Articles
from iroyin.publish.globe import Points, known, middle, outlines
from iroyin.publish.locale import Labels
from iroyin.publish.typeset import fit, wrap

_FEWEST, _FEWEST_OUTLETS = 3, 4
_ROWS, _DOTS = 6, 5  # countries in the list, and dots in a row before a number must do
_LIST = 352  # units across for the list
_ROW, _CLOSE = 55, 47  # from one line to the next, and where a last one says how many more there are
_STEP = 24  # from one dot to the next
_CENTRE, _MIDDLE, _SCALE = 822.0, 306.0, 150.0  # of the map
_FINE = 2.0  # drawn units between two points of an outline
_EQUAL_EARTH = (1.340264, -0.081106, 0.000893, 0.003796)  # Savric, Patterson and Jenny 2018


def newsmap(_brief: Brief, articles: Articles, words: Labels) -> Drawing | None:
    """The outlets of a story by country; None when they are of fewer than three countries."""
    outlets: dict[str, set[str]] = {}
    for article in articles.values():
        if article.country:
            outlets.setdefault(article.country.upper(), set()).add(article.outlet)
    counts = sorted(((code, len(names)) for code, names in outlets.items()), key=lambda pair: (-pair[1], pair[0]))
    if len(counts) < _FEWEST or sum(count for _, count in counts) < _FEWEST_OUTLETS:
        return None
    title = words.count("count.countries", len(counts))
    rows = tuple((words.country(code), count) for code, count in counts[:_ROWS])
    left = len(counts) - len(rows)
    rest = f"+ {words.count('count.countries', left)}" if left else ""
    each = words.list((*(f"{name} ({words.number(count)})" for name, count in rows), *filter(None, (rest,))))

    def paint(canvas: Canvas) -> None:
        with canvas.part("coverage"):
            _map(canvas, tuple(counts))
            _list(canvas, title, rows, rest, words)

    stop = "." if rules(words.language).spaces else "。"
    return Drawing("coverage", (), f"{title}: {each}{stop}", paint, words.say("figure.outlets"), edge=False)


def _list(canvas: Canvas, title: str, rows: tuple[tuple[str, int], ...], rest: str, words: Labels) -> None:
    """The countries in lines with a rule between them; dots stand at the far end, a number where they are many.

    The last line says how many more there are.
    """
    size, lines = fit(title, _LIST / BOLD, 1, (62, 54, 48, 42, 36))
    canvas.lines((EDGE, 116), size, lines, weight=700)
    most = max(count for _, count in rows)
    room = min(most, _DOTS) * _STEP
    row = _CLOSE if rest else _ROW
    for at, (name, count) in enumerate(rows):
        base = 186 + at * row
        canvas.rule(EDGE, EDGE + _LIST, base - row * 0.7)
        canvas.lines((EDGE, base), SMALLEST, wrap(name, (_LIST - room - 14) / SMALLEST, 1))
        if count > _DOTS:
            canvas.text(
                (EDGE + _LIST, base),
                SMALLEST,
                words.number(count),
                colour=canvas.colours.accent,
                weight=700,
                end=True,
            )
            continue
        places = tuple((EDGE + _LIST - 9 - one * _STEP, base - 9) for one in range(count))
        canvas.dots(places, 17, canvas.colours.accent)
    if rest:
        base = 186 + len(rows) * row
        canvas.rule(EDGE, EDGE + _LIST, base - row * 0.7)
        canvas.lines((EDGE, base), SMALLEST, wrap(rest, _LIST / SMALLEST, 1))


def _map(canvas: Canvas, counts: tuple[tuple[str, int], ...]) -> None:
    centre, colours = canvas.x(_CENTRE), canvas.colours
    codes = tuple(code for code, _ in counts if known(code))
    land, named = _drawn(codes, centre)
    canvas.marks.append(
        f'<path d="{land}" fill="{colours.second}" stroke="{colours.second}" opacity=".75"/>'
        f'<path d="{named}" fill="{colours.accent}" stroke="{colours.ground}" stroke-width="1"/>'
    )
    for code, count in counts:
        if known(code):
            ((x, y),) = _flat(middle(code)[None, :], centre).tolist()
            canvas.marks.append(
                f'<circle cx="{x:g}" cy="{y:g}" r="{round(5 + 4 * sqrt(count), 1):g}" fill="none" '
                f'stroke="{colours.ink}" stroke-width="2.5"/>'
            )


def _drawn(codes: tuple[str, ...], centre: float) -> tuple[str, str]:
    """The paths of all other land and of these countries."""
    paths = _paths(centre)
    land = "".join(path for code, path in paths.items() if code not in codes and code != "AQ")
    return land, "".join(paths[code] for code in codes)


@lru_cache(maxsize=8)
def _paths(centre: float) -> dict[str, str]:
    """The path of each country on a map with this centre."""
    return {code: "".join(_path(ring, centre) for ring in rings) for code, rings in outlines().items()}


def _flat(points: Points, centre: float) -> Points:
    """Points of a ring on the Equal Earth projection, areas kept; what crosses the date line goes on to the east."""
    a1, a2, a3, a4 = _EQUAL_EARTH
    east, north = np.unwrap(np.arctan2(points[:, 1], points[:, 0])), np.arcsin(np.clip(points[:, 2], -1, 1))
    east = east + 2 * pi * (east.mean() < -pi) - 2 * pi * (east.mean() > pi)
    turned = np.arcsin(sqrt(3) / 2 * np.sin(north))
    square = turned**2
    sixth = square**3
    across = (
        2 * sqrt(3) / 3 * east * np.cos(turned) / (9 * a4 * sixth * square + 7 * a3 * sixth + 3 * a2 * square + a1)
    )
    up = turned * (a4 * sixth * square + a3 * sixth + a2 * square + a1)
    return np.round(np.stack([centre + _SCALE * across, _MIDDLE - _SCALE * up], axis=1), 1)


def _path(ring: Points, centre: float) -> str:
    """A ring as path data in whole units; nothing when it is too small to be seen."""
    drawn: list[tuple[int, int]] = []
    for x, y in _flat(ring, centre).tolist():
        if not drawn or hypot(x - drawn[-1][0], y - drawn[-1][1]) >= _FINE:
            drawn.append((round(min(max(x, 0), WIDE)), round(y)))
    if len(drawn) < 3:
        return ""
    steps = (f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(drawn))
    return f"M{drawn[0][0]} {drawn[0][1]}l{' '.join(steps)}z"
