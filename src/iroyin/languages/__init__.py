"""The one place for language rules: data in `xx.toml`, one file a language, and small modules that read it.

The modules are light; what is heavy (py3langid, sentencex, babel) is imported by the function that needs it, and a
language's file is read the first time it is asked for.
"""

from iroyin.languages.calendar_words import month_names, weekday_names
from iroyin.languages.date_faults import DateFault, date_faults
from iroyin.languages.dates import DateMention, dates
from iroyin.languages.detect import detect
from iroyin.languages.fields import fields_of, says_unknown, tells_of
from iroyin.languages.names import CASED, Name, name_key, names
from iroyin.languages.nations import nation_names, nations
from iroyin.languages.numbers import Number, numbers
from iroyin.languages.orders import ORDERS, spoken_to_a_machine
from iroyin.languages.phrases import Phrase, find_phrases, opens_with
from iroyin.languages.places import places
from iroyin.languages.quotes import QuoteMark, quotes
from iroyin.languages.rules import Rules, canonical, english_name, languages, rules
from iroyin.languages.scripts import direction, script_share, without_spaces
from iroyin.languages.sentences import split
from iroyin.languages.stances import denials, hedges, opposites
from iroyin.languages.stems import stems
from iroyin.languages.subjects import called, subject_name, subject_ranges, subject_section, subjects
from iroyin.languages.tidy import tidy
from iroyin.languages.votes import Vote, vote
from iroyin.languages.words import content_words, count_words, fold, words

__all__ = [
    "CASED",
    "ORDERS",
    "DateFault",
    "DateMention",
    "Name",
    "Number",
    "Phrase",
    "QuoteMark",
    "Rules",
    "Vote",
    "called",
    "canonical",
    "content_words",
    "count_words",
    "date_faults",
    "dates",
    "denials",
    "detect",
    "direction",
    "english_name",
    "fields_of",
    "find_phrases",
    "fold",
    "hedges",
    "languages",
    "month_names",
    "name_key",
    "names",
    "nation_names",
    "nations",
    "numbers",
    "opens_with",
    "opposites",
    "places",
    "quotes",
    "rules",
    "says_unknown",
    "script_share",
    "split",
    "spoken_to_a_machine",
    "stems",
    "subject_name",
    "subject_ranges",
    "subject_section",
    "subjects",
    "tells_of",
    "tidy",
    "vote",
    "weekday_names",
    "without_spaces",
    "words",
]
