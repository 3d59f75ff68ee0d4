"""What a story of this kind normally tells and none of its sources does: an absence that was looked for in each."""

from collections.abc import Collection

from iroyin.languages import fields_of, subjects, tells_of, tidy
from iroyin.model import Article, ArticleId, Dossier, Gap, Sentence
from iroyin.verify.reading import numbers_of

_FEWEST = 2  # articles, below which that a thing is not told says little


def gaps(dossier: Dossier, headline: Sentence, tainted: Collection[ArticleId] = ()) -> tuple[Gap, ...]:
    """The fields that no article has; none where the words of an article's language are not known to us.

    The kind of story is the topic that its headline names. A fire that struck nobody is not asked for its dead.
    """
    topics = {key for key in subjects(headline.text, headline.language) if key.startswith("topic-")}
    read = [one for one in dossier.articles if one.id not in tainted]
    if len(read) < _FEWEST or not fields_of(topics) or not any(map(_struck, read)):
        return ()
    found = []
    for field in fields_of(topics):
        said = {tells_of(one.text, one.language, field) for one in read}
        if said == {False}:
            found.append(Gap(field, tuple(one.id for one in read)))
    return tuple(found)


def _struck(article: Article) -> bool:
    """Whether a sentence of the article counts people who were killed, hurt or lost."""
    texts = (article.text[start:end] for start, end in article.sentences)
    return any(
        tells_of(text, article.language, "struck") and numbers_of(tidy(text), article.language) for text in texts
    )
