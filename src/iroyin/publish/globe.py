"""A globe seen from above the places of a story: orthographic, drawn from Natural Earth's outlines (public domain).

`outlines.json` holds each country's rings by ISO code as deltas of fifths of a degree; "" holds land without a code.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt

from iroyin.publish.palette import Palette

Vector = tuple[float, float, float]
_STEP = 5  # units of the file in a degree
_FINE = 3.0  # drawn units between two points of an outline


@cache
def _countries() -> dict[str, tuple[tuple[Vector, ...], ...]]:
    """Each country's rings as points on the unit sphere."""
    told = json.loads((files("iroyin.publish") / "outlines.json").read_text("utf-8"))
    return {code: tuple(_ring(deltas) for deltas in rings) for code, rings in told.items()}


def _ring(deltas: Sequence[int]) -> tuple[Vector, ...]:
    points, east, north = [], 0, 0
    for at in range(0, len(deltas), 2):
        east, north = east + deltas[at], north + deltas[at + 1]
        across, up = radians(east / _STEP), radians(north / _STEP)
        points.append((cos(up) * cos(across), cos(up) * sin(across), sin(up)))
    return tuple(points)


def known(code: str) -> bool:
    """Whether the country (ISO code in capitals) is on the globe."""
    return bool(code) and code in _countries()


def middle(code: str) -> Vector:
    """The middle of a country's largest ring, on the unit sphere."""
    ring = _countries()[code][0]
    return _unit(tuple(sum(axis) for axis in zip(*ring, strict=True)))


def _unit(vector: Vector) -> Vector:
    length = sqrt(sum(part * part for part in vector)) or 1.0
    return (vector[0] / length, vector[1] / length, vector[2] / length)


def globe(codes: Sequence[str], colours: Palette, *, across: float, down: float, radius: float) -> str:
    """SVG of the globe with these countries filled and marked, the first in the middle. Raises KeyError."""
    centre = middle(codes[0])
    view = _View(centre, across, down, radius)
    land = [view.path(ring) for code, rings in _countries().items() if code not in codes for ring in rings]
    named = [view.path(ring) for code in codes for ring in _countries()[code]]
    spots = [view.point(middle(code)) for code in codes if view.depth(middle(code)) > 0]
    marks = "".join(
        f'<circle cx="{x:g}" cy="{y:g}" r="11" fill="none" stroke="{colours.ink}" stroke-width="3"/>'
        f'<circle cx="{x:g}" cy="{y:g}" r="4" fill="{colours.ink}"/>'
        for x, y in spots
    )
    return (
        f'<g><circle cx="{across:g}" cy="{down:g}" r="{radius:g}" fill="{colours.second}" fill-opacity=".34"/>'
        f'<path d="{"".join(land)}" fill="{colours.second}"/>'
        f'<path d="{"".join(named)}" fill="{colours.accent}" stroke="{colours.ground}" stroke-width="1"/>{marks}</g>'
    )


class _View:
    """The sphere from far above one point."""

    def __init__(self, centre: Vector, across: float, down: float, radius: float) -> None:
        self._up = centre
        flat = hypot(centre[0], centre[1]) or 1e-9
        self._east: Vector = (-centre[1] / flat, centre[0] / flat, 0.0)
        self._north: Vector = (-centre[2] * centre[0] / flat, -centre[2] * centre[1] / flat, flat)
        self._across, self._down, self._radius = across, down, radius

    def depth(self, point: Vector) -> float:
        """Above zero for a point on the near side."""
        return sum(a * b for a, b in zip(point, self._up, strict=True))

    def point(self, point: Vector) -> tuple[float, float]:
        """Where a point is drawn; one on the far side goes to the rim."""
        x = sum(a * b for a, b in zip(point, self._east, strict=True))
        y = sum(a * b for a, b in zip(point, self._north, strict=True))
        if self.depth(point) < 0:
            far = hypot(x, y) or 1e-9
            x, y = x / far, y / far
        return round(self._across + self._radius * x, 1), round(self._down - self._radius * y, 1)

    def path(self, ring: Sequence[Vector]) -> str:
        """A ring as path data in whole units; nothing when none of it is on the near side."""
        if all(self.depth(point) < 0 for point in ring):
            return ""
        drawn: list[tuple[int, int]] = []
        for point in ring:
            x, y = self.point(point)
            if not drawn or hypot(x - drawn[-1][0], y - drawn[-1][1]) >= _FINE:
                drawn.append((round(x), round(y)))
        if len(drawn) < 3:  # too small to be a shape
            return ""
        steps = (f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(drawn))
        return f"M{drawn[0][0]} {drawn[0][1]}l{' '.join(steps)}z"
