"""The reader of model answers: an object or a ValueError, whatever it is given, and never two meanings of one text."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iroyin.adapters.models.tolerant import json_of

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(max_size=6), VALUES, min_size=1, max_size=5)


@settings(max_examples=200)
@given(st.text(alphabet='{}[]",:\\0123456789.eE+-ntfaul`json<think>/ \n', max_size=120))
def test_any_text_is_an_object_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(json_of(text), dict)


@given(OBJECTS, st.sampled_from(["{}", "```json\n{}\n```", "Sure: {} Done.", "<think>{{</think>{}"]))
def test_an_object_is_found_in_its_wrapping(value: dict[str, object], wrapping: str) -> None:
    told = json.dumps(value)
    assert value == json_of(wrapping.replace("{{", "[").replace("{}", told))


@given(OBJECTS, st.floats(0, 1))
def test_a_broken_off_object_has_only_keys_of_the_whole(value: dict[str, object], share: float) -> None:
    told = json.dumps(value)
    try:
        found = json_of(told[: int(share * len(told))])
    except ValueError:
        return
    assert set(found) <= set(value)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ({"a": [{"b": 1}]}, '{"a": [{"b": 1}, {"b": '), ({"a": ["x"], "c": [1]}, '{"a": ["x"], "c": [1], "d": "y'),
        ({"a": "}"}, 'text {"a": "}"} text'), ({"a": '\\"'}, json.dumps({"a": '\\"'})),
    ],
)  # fmt: skip
def test_what_was_whole_when_it_broke_off_is_kept(expected: dict[str, object], text: str) -> None:
    assert expected == json_of(text)
