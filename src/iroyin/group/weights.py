"""The weights of the views, one set for every language and source; they move together and with `BIAS`.

Begun by logistic regression over replayed streams (bench/fit_grouping.py), moved by random search on the
development parts (bench/search_grouping.py), rounded, and at last compared among the distractors of
abp_scale_stream: more weight on a story's mean and less on its nearest member keeps stories from chaining.
`BIAS` lies a little on the careful side: two stories about one event are a lesser fault than one about two.
"""

from types import MappingProxyType

BIAS = -6.3
THRESHOLD = 0.5
BY_VIEW = MappingProxyType(
    {
        "vector": 10.0,
        "nearest": 3.0,
        "words": 10.0,
        "title": 0.2,
        "names": 0.3,
        "numbers apart": -0.5,
        "places": 0.4,
        "places apart": -0.65,
        "gap": -5.0,
        "other language": -0.8,
        "crowd": -1.0,
    }
)
