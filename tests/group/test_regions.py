"""Sets of stories that are looked at together have a bound, but for what editors put together."""

import pytest

from iroyin.group.regions import LARGEST, Regions


def test_what_is_joined_is_one_set_whatever_the_order() -> None:
    regions = Regions()
    for one, other in ((1, 2), (3, 4), (5, 6), (4, 1)):
        regions.join(one, other)

    assert 1 == len({regions.of(row) for row in (1, 2, 3, 4)})
    assert regions.of(5) == regions.of(6) != regions.of(1)


@pytest.mark.parametrize(("bound", "joined"), [(LARGEST, False), (None, True)])
def test_only_without_a_bound_a_set_grows_beyond_it(bound: int | None, joined: bool) -> None:
    regions = Regions()
    assert all(regions.join(0, row) for row in range(1, LARGEST))

    assert joined == regions.join(0, LARGEST, bound=bound)
    assert joined == (regions.of(0) == regions.of(LARGEST))
    assert regions.join(0, 1)
