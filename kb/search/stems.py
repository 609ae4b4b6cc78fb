"""What is left of a word without its endings: by stemmer, or by a few light rules."""

import re
from functools import lru_cache
from threading import Lock

from Stemmer import Stemmer

from kb.search.letters import bare

STEMMERS = {
    "en": "english",
    "fr": "french",
    "es": "spanish",
    "pt": "portuguese",
    "ar": "arabic",
    "hi": "hindi",
    "ru": "russian",
    "de": "german",
    "it": "italian",
}

_ONE_STEMS = Lock()
"""A stemmer keeps state while it works; threads share it."""

_BRITISH = re.compile("(?<=[a-z]{3})is(?=(?:e|es|ed|er|ers|ing|ation|ations)$)")
"""Fertiliser and fertilizer."""

_ARTICLE = re.compile(
    "^[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=..)"
)
"""The Arabic article, with what is written together with it: and, in, like, for."""

_SWAHILI_PREFIXES = [
    (re.compile("^vy(?=[aeiou].)"), "ch"),  # vyakula, chakula
    (re.compile("^vi(?=[^y])(?=.{2})"), "ki"),  # vikundi, kikundi
    (re.compile("^(?:mi|wa)(?=[aei].{2})"), "mw"),  # miezi, mwezi
    (re.compile("^mi(?=[^aeiou].)|^wa(?=[^aeiouvy].)"), "m"),  # miti, mti
    (re.compile("^mu(?=h)"), "m"),  # muhogo, mhogo
    (re.compile("^ma(?=[^aeiou].*[aeiou])(?=.{3})"), ""),  # mashamba, shamba
    (re.compile("^ku(?=[^aeiouw].{3})"), ""),  # kupanda, panda
]
"""The plural of a noun as its singular; a verb without "to". The first that fits."""
_SWAHILI_PLACE = re.compile("(?<=.{4})ni$")
_SWAHILI_WHOLE = {
    *("bustani", "jirani", "milioni", "misri", "mita", "thamani"),
    *("vita", "wakati", "wanga", "zamani"),
}
"""Words that only look as if they had a prefix or an ending."""

_BENGALI_ENDINGS = re.compile(
    "(?:(?:\u0997\u09c1\u09b2\u09cb|\u0997\u09c1\u09b2\u09bf|\u0997\u09c1\u09b2\u09be)"
    "(?:\u09b0|\u0995\u09c7|\u09a4\u09c7)?"  # plural, with its case
    "|\u09a6\u09c7\u09b0|[\u098f\u09c7]\u09b0"  # of
    "|(?<=[\u09bf-\u09c4\u09cb])\u09b0"
    "|\u0995\u09c7|(?<=[\u09be-\u09cc])\u09a4\u09c7|\u09c7)$"  # to, in
)
_BENGALI_LETTER = re.compile("[\u0985-\u09b9\u09dc-\u09df]")


def stem(word: str, language: str) -> str:
    """Give the stem of a word, folded.

    Languages without a stemmer keep the whole word with its accents: what is typed with
    them comes before what merely looks alike without.

    :param word: in small letters, accents kept.
    """
    stemmer = _stemmer(language)
    if stemmer is not None:
        word = _prepared(word, language)
        with _ONE_STEMS:
            word = stemmer.stemWord(word)
        return bare(word, "")
    if language == "sw":
        return _swahili(bare(word, language))
    return _bengali(word) if language == "bn" else word


@lru_cache(maxsize=64)
def _stemmer(language: str) -> Stemmer | None:
    name = STEMMERS.get(language)
    return Stemmer(name, 0) if name else None


def _prepared(word: str, language: str) -> str:
    """Do what the stemmer does not."""
    if language == "ar":
        return _ARTICLE.sub("", word)
    return _BRITISH.sub("iz", word) if language == "en" else word


def _swahili(word: str) -> str:
    """Bring plural and singular together, the field and what is in it."""
    if word in _SWAHILI_WHOLE:
        return word
    for prefix, instead in _SWAHILI_PREFIXES:
        word, found = prefix.subn(instead, word, count=1)
        if found:
            break
    return _SWAHILI_PLACE.sub("", word)


def _bengali(word: str) -> str:
    """Take one case ending off, if two letters are left."""
    left = _BENGALI_ENDINGS.sub("", word)
    return left if len(_BENGALI_LETTER.findall(left)) > 1 else word
