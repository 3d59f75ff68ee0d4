"""`iroyin brief withdraw|restore`: an editor takes one sentence of a page back, or lets it stand again."""

from pathlib import Path

from iroyin.adapters.store import SqlStore
from iroyin.commands.console import say, settings_of, tell
from iroyin.commands.edits import TOLD, live_story, reason_of, word_of
from iroyin.commands.found import found_store
from iroyin.errors import InputError
from iroyin.languages import canonical
from iroyin.model import Brief, Event, LogLine, Withdrawal


def withdraw(
    config: Path | None, story: str, language: str, number: int, *, why: str, by: str, printed: bool
) -> None:
    """One sentence of a page goes and does not come back."""
    settings = settings_of(config)
    with found_store(settings) as store:
        word = word_of(settings, reason_of(why), by)
        one = live_story(store, story)
        sentences = told_in(store, one.id, language).all_sentences()
        if number >= len(sentences):
            last = len(sentences) - 1
            raise InputError(str(number), f"is no sentence of this page: 0 is the headline, {last} the last")
        said = sentences[number]
        kept = Withdrawal(
            one.id, canonical(language), said.text, said.spans, word.by, word.at, word.why, printed
        )  # fmt: skip
        about = tuple(dict.fromkeys(span.article_id for span in said.spans))
        line = LogLine(one.id, word.at, Event.WITHDRAWN, word.by, word.why, None, about)
        found = store.commit_withdrawal(kept, line)
    say(f"withdrawal {found}: “{said.text}” is printed no more; {TOLD}")
    tell(f"to undo: iroyin brief restore {found} --reason REASON")


def restore(config: Path | None, number: int, *, why: str, by: str) -> None:
    """A withdrawal no longer stands."""
    settings = settings_of(config)
    with found_store(settings) as store:
        word = word_of(settings, reason_of(why), by)
        kept = next((one for one in store.withdrawals() if one.id == number), None)
        if kept is None:
            raise InputError(
                str(number), "is not a withdrawal that stands; `iroyin story show ID` lists those of a story"
            )
        end = store.end_of(kept.story_id)
        about = tuple(dict.fromkeys(span.article_id for span in kept.spans))
        store.take_back_withdrawal(number, LogLine(end, word.at, Event.RESTORED, word.by, word.why, None, about))
    say(f"withdrawal {number} taken back: the sentence may be printed again where it passes; {TOLD}")


def told_in(store: SqlStore, story_id: str, language: str) -> Brief:
    """What is told of the story in this language now. Raises InputError when nothing is."""
    briefs = {one.language: one for one in store.briefs(live_story(store, story_id).id)}
    code = canonical(language)
    if code not in briefs:
        known = f"it is told in {', '.join(briefs)}" if briefs else "it is told in no language now"
        raise InputError(language, f"is no language in which {story_id} is told; {known}")
    return briefs[code]
