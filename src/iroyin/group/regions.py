"""Stories that are looked at together: connected sets of rows, none larger than a bound (Tarjan's union-find)."""

LARGEST = 512  # stories; in a stream about one great topic everything is near everything


class Regions:
    """Each row begins as a set of its own."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}
        self._size: dict[int, int] = {}

    def of(self, row: int) -> int:
        """The row that stands for this row's set."""
        parent = self._parent
        while parent.setdefault(row, row) != row:
            parent[row] = parent[parent[row]]
            row = parent[row]
        return row

    def join(self, row: int, other: int, *, bound: int | None = LARGEST) -> bool:
        """Make one set of both; whether they are one now: not when it would be larger than the bound."""
        one, two = self.of(row), self.of(other)
        if one == two:
            return True
        together = self._size.get(one, 1) + self._size.get(two, 1)
        if bound is not None and together > bound:
            return False
        self._parent[two], self._size[one] = one, together
        return True
