"""A model's sentences about what people say: one question a story and language, each sentence checked and judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from iroyin.languages import english_name
from iroyin.model import Example, Stance, StoryId, Told
from iroyin.ports import Chat
from iroyin.ports_reaction import Fault
from iroyin.write.model_prompt import judge_question, prompt
from iroyin.write.model_reply import supported
from iroyin.write.model_views import abouts, views_question


@dataclass(frozen=True, slots=True)
class ViewTeller:
    """Implements `ports_reaction.Teller`."""

    chat: Chat
    judge: Chat
    tokens: int = 1500

    @property
    def id(self) -> str:
        """See `Teller`."""
        return f"{self.chat.id} ({prompt('views')[0]})"

    def tell(
        self, story_id: StoryId, views: Mapping[Stance, Sequence[Example]], language: str, fault: Fault
    ) -> tuple[Mapping[Stance, tuple[Told, ...]], int]:
        """See `Teller`."""
        stances, groups = list(views), list(views.values())
        question = views_question(story_id, groups, english_name(language), most_tokens=self.tokens)
        proposed = self.chat.ask(question, lambda value: abouts(value, groups, language))
        passing = {n: one for n, one in enumerate(proposed, start=1) if not fault(one[1], language, one[2])}
        yes: frozenset[int] = frozenset()
        if passing:
            told = [(n, text, [post.text for post in posts]) for n, (_, text, posts) in passing.items()]
            yes = self.judge.ask(judge_question(story_id, told, most_tokens=self.tokens), supported)
        found: dict[Stance, tuple[Told, ...]] = {}
        for n, (group, text, posts) in passing.items():
            if n in yes:
                one = Told(text, language, tuple(post.url for post in posts))
                found[stances[group]] = (*found.get(stances[group], ()), one)
        return found, len(proposed) - sum(map(len, found.values()))
