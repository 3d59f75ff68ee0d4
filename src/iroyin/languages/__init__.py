"""The one place for language rules: data in `xx.toml`, one file a language, and small modules that read it.

The modules are light; what is heavy (py3langid, sentencex, babel) is imported by the function that needs it, and a
language's file is read the first time it is asked for.
"""

from iroyin.languages.detect import detect
from iroyin.languages.rules import Rules, canonical, languages, rules
from iroyin.languages.scripts import direction, script_share, without_spaces
from iroyin.languages.sentences import split
from iroyin.languages.tidy import tidy
from iroyin.languages.words import content_words, count_words, fold, words

__all__ = [
    "Rules",
    "canonical",
    "content_words",
    "count_words",
    "detect",
    "direction",
    "fold",
    "languages",
    "rules",
    "script_share",
    "split",
    "tidy",
    "without_spaces",
    "words",
]
