"""Which language a mail is in: a hint, so that it is not put to the wrong desk.

The address it went to says most (``help+fr@…``), then its script, then its small words,
then what its program says.
"""

import unicodedata
from collections import Counter

from kb.feedback.choices import LANGUAGES
from kb.search.stopwords import STOP_WORDS

UNKNOWN = "und"
OF_SCRIPT = {
    "ARABIC": "ar",
    "BENGALI": "bn",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "DEVANAGARI": "hi",
    "ETHIOPIC": "am",
    "KHMER": "km",
    "MYANMAR": "my",
    "THAI": "th",
}
"""Script → the language of ours that is written in it."""
LOOKED_AT = 2000
"""Signs."""
LEAST_WORDS, MARGIN = 2, 1.3
"""Small words that must be found, and how many more than of the next language."""


def language_of(text: str, *, tag: str = "", said: str = "") -> str:
    """Give the language of a mail, ``und`` if it is not known.

    :param tag: a language that stands in the address.
    :param said: what the mail says of itself.

    >>> language_of("Comment faire du compost dans la cour ?")
    'fr'
    """
    if tag in LANGUAGES:
        return tag
    found = _by_script(text[:LOOKED_AT]) or _by_words(text[:LOOKED_AT])
    return found or (said if said in LANGUAGES else UNKNOWN)


def _by_script(text: str) -> str:
    scripts = Counter(
        unicodedata.name(sign, "").partition(" ")[0]
        for sign in text
        if sign.isalpha() and not sign.isascii()
    )
    letters = sum(sign.isalpha() for sign in text)
    for script, many in scripts.most_common(1):
        if 2 * many > letters:
            return OF_SCRIPT.get(script.partition("-")[0], "")
    return ""


def _by_words(text: str) -> str:
    words = "".join(x if x.isalpha() else " " for x in text.casefold()).split()
    plain = ["".join(c for c in unicodedata.normalize("NFD", w) if c.isalpha())
        for w in words]  # fmt: skip
    found = Counter(
        {
            language: sum(word in small for word in plain)
            for language, small in STOP_WORDS.items()
            if language in LANGUAGES
        }
    ).most_common(2)
    (best, many), next_ = found[0], found[1][1] if len(found) > 1 else 0
    return best if many >= LEAST_WORDS and many >= MARGIN * next_ else ""
