"""What people say about a story, from the posts that were found: pure.

Story ─▶ profile ─▶ queries ─▶ (sources) ─▶ posts ─▶ choose ─▶ stances ─▶ tally ─▶ Reaction
"""

from iroyin.reaction.choose import Found, choose
from iroyin.reaction.hostile import gives_orders
from iroyin.reaction.positions import Ends, Position, positions
from iroyin.reaction.profile import Profile, profile
from iroyin.reaction.query import FEW, next_query, queries
from iroyin.reaction.react import react
from iroyin.reaction.relevance import is_relevant
from iroyin.reaction.told import fault, shown

__all__ = [
    "FEW",
    "Ends",
    "Found",
    "Position",
    "Profile",
    "choose",
    "fault",
    "gives_orders",
    "is_relevant",
    "next_query",
    "positions",
    "profile",
    "queries",
    "react",
    "shown",
]
