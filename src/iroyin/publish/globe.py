"""A globe seen from above the places of a story: orthographic, drawn from Natural Earth's outlines (public domain).

`outlines.json` holds each country's rings by ISO code as deltas of fifths of a degree; "" holds land without a code.
"""

import json
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from math import hypot

import numpy as np
from numpy.typing import NDArray

from iroyin.publish.palette import Palette

Points = NDArray[np.float64]
_STEP = 5  # units of the file in a degree
_FINE = 3.0  # drawn units between two points of an outline


@cache
def outlines() -> dict[str, tuple[Points, ...]]:
    """Each country's rings as points on the unit sphere, one a row."""
    told = json.loads((files("iroyin.publish") / "outlines.json").read_text("utf-8"))
    return {code: tuple(_ring(deltas) for deltas in rings) for code, rings in told.items()}


def _ring(deltas: Sequence[int]) -> Points:
    east, north = np.radians(np.cumsum(np.array(deltas, float).reshape(-1, 2), axis=0) / _STEP).T
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)


def known(code: str) -> bool:
    """Whether the country (ISO code in capitals) is on the globe."""
    return bool(code) and code in outlines()


def middle(code: str) -> Points:
    """The middle of a country's largest ring, on the unit sphere."""
    total = outlines()[code][0].sum(axis=0)
    return np.asarray(total / np.linalg.norm(total))


def globe(codes: tuple[str, ...], colours: Palette, *, across: float, down: float, radius: float) -> str:
    """SVG of the globe with these countries filled and marked, the first in the middle. Raises KeyError."""
    land, named, spots = _drawn(codes, across, down, radius)
    marks = "".join(
        f'<circle cx="{x:g}" cy="{y:g}" r="11" fill="none" stroke="{colours.ink}" stroke-width="3"/>'
        f'<circle cx="{x:g}" cy="{y:g}" r="4" fill="{colours.ink}"/>'
        for x, y in spots
    )
    return (
        f'<g><circle cx="{across:g}" cy="{down:g}" r="{radius:g}" fill="{colours.second}" fill-opacity=".34"/>'
        f'<path d="{land}" fill="{colours.second}"/>'
        f'<path d="{named}" fill="{colours.accent}" stroke="{colours.ground}" stroke-width="1"/>{marks}</g>'
    )


def _drawn(
    codes: tuple[str, ...], across: float, down: float, radius: float
) -> tuple[str, str, tuple[tuple[float, float], ...]]:
    """The paths of all other land and of these countries, and where their marks are."""
    paths, view = _paths(codes[0], across, down, radius), _View(middle(codes[0]), across, down, radius)
    land = "".join(path for code, path in paths.items() if code not in codes)
    seen = (view.seen(middle(code)[None, :]) for code in codes)
    spots = tuple((float(x), float(y)) for (x, y), depth in (_first(one) for one in seen) if depth > 0)
    return land, "".join(paths[code] for code in codes), spots


@lru_cache(maxsize=256)
def _paths(code: str, across: float, down: float, radius: float) -> dict[str, str]:
    """The path of each country, seen from above this one; the same for every story there."""
    view = _View(middle(code), across, down, radius)
    return {one: "".join(map(view.path, rings)) for one, rings in outlines().items()}


def _first(seen: tuple[Points, Points]) -> tuple[Points, float]:
    return seen[0][0], float(seen[1][0])


class _View:
    """The sphere from far above one point."""

    def __init__(self, centre: Points, across: float, down: float, radius: float) -> None:
        flat = hypot(centre[0], centre[1]) or 1e-9
        east = np.array([-centre[1] / flat, centre[0] / flat, 0.0])
        self._axes = np.stack([east, np.cross(centre, east), centre])
        self._at, self._scale = np.array([across, down]), np.array([radius, -radius])

    def seen(self, points: Points) -> tuple[Points, Points]:
        """Where points are drawn, and how far on the near side; those on the far side go to the rim."""
        turned = points @ self._axes.T
        flat, depth = turned[:, :2], turned[:, 2]
        rim = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
        return np.round(self._at + self._scale * np.where(depth[:, None] < 0, rim, flat), 1), depth

    def path(self, ring: Points) -> str:
        """A ring as path data in whole units; nothing when none of it is on the near side."""
        places, depth = self.seen(ring)
        if (depth < 0).all():
            return ""
        drawn: list[tuple[int, int]] = []
        for x, y in places.tolist():
            if not drawn or hypot(x - drawn[-1][0], y - drawn[-1][1]) >= _FINE:
                drawn.append((round(x), round(y)))
        if len(drawn) < 3:  # too small to be a shape
            return ""
        steps = (f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(drawn))
        return f"M{drawn[0][0]} {drawn[0][1]}l{' '.join(steps)}z"
