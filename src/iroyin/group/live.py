"""The stories of the live window as grouping keeps them in memory: accounts of stories and members, never texts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from iroyin.group.account import Account
from iroyin.model import ArticleId, StoryId

LARGE = 12  # members; a story of more is looked through again when it has changed by one part in so many


@dataclass(slots=True)
class LiveStory:
    """One open story: the accounts of its members in the order of placing, and their sum.

    `opened` counts stories in the order of their opening; `turn` is when its newest member was placed, counted in
    articles; `looked` its size when it was last looked through for members that tell something else.
    """

    id: StoryId
    row: int
    opened: int
    turn: int = 0
    solitary: bool = False
    looked: int = 1
    members: dict[ArticleId, Account] = field(default_factory=dict)
    account: Account | None = None

    @property
    def ripe(self) -> bool:
        """Whether, with nothing else near, it is worth another look through its members: a large one only now and then.

        A look costs the square of the members, and every article of a great story would ask for one.
        """
        size = len(self.members)
        return size < LARGE or abs(size - self.looked) * LARGE >= self.looked

    def add(self, article: ArticleId, told: Account) -> None:
        """One member more."""
        self.members[article] = told
        self.account = self.account.join(told) if self.account else told

    def leave(self, names: Sequence[ArticleId]) -> dict[ArticleId, Account]:
        """Take members out and tell the rest anew."""
        gone = {name: self.members.pop(name) for name in names}
        kept, around, self.members, self.account = self.members, self.told.around, {}, None
        for name, told in kept.items():
            self.add(name, told)
        if self.account:
            self.account.around = around
        return gone

    @property
    def told(self) -> Account:
        """What its members tell, taken together. A live story has members."""
        assert self.account is not None  # noqa: S101
        return self.account
