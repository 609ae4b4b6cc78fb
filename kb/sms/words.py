"""The words that a phone may send alone, in each language of the interface.

Only the word by itself counts (with a number after STATUS and a language after LANG):
somebody who writes "stop erosion" asks something.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from kb.folding import fold
from kb.language import INTERFACE, name_of


class Keyword(StrEnum):
    """What a phone may ask for."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    STATUS = "status"
    LANG = "lang"
    MORE = "more"


_ORDER = tuple(Keyword)
_NAMED = {
    "en": "STOP,UNSUBSCRIBE START,RESUME HELP STATUS LANG,LANGUAGE MORE",
    "fr": "ARRET,ARRETER,DESABONNER DEBUT,REPRENDRE AIDE STATUT,SUIVI LANGUE SUITE",
    "es": "BAJA,ALTO ALTA,EMPEZAR AYUDA ESTADO IDIOMA MÁS,SEGUIR",
    "pt": "PARAR,SAIR COMEÇAR,VOLTAR AJUDA SITUAÇÃO,ESTADO LÍNGUA,IDIOMA MAIS",
    "ar": "توقف,إيقاف,الغاء ابدأ,استئناف مساعدة حالة لغة,اللغة المزيد",
    "sw": "SIMAMA,ACHA,SITISHA ANZA MSAADA HALI LUGHA ZAIDI,ENDELEA",
    "hi": "रोकें,बंद शुरू मदद,सहायता स्थिति भाषा और,आगे",
    "bn": "বন্ধ,থামুন শুরু সাহায্য অবস্থা ভাষা আরও",
    "zh": "停止,退订 开始,恢复 帮助 状态 语言 更多,继续",
    "ru": "СТОП,ОТПИСАТЬСЯ СТАРТ,НАЧАТЬ ПОМОЩЬ,СПРАВКА СТАТУС ЯЗЫК ЕЩЁ,ДАЛЬШЕ",
}
"""Language → its words for each keyword in their order; the first of each is shown."""


@dataclass(frozen=True)
class Said:
    """What a phone asked for."""

    keyword: Keyword
    languages: frozenset[str]
    """In which the word is that."""
    about: str = ""
    """What stands after STATUS, in digits, or the language after LANG."""


def shown(keyword: Keyword, language: str) -> str:
    """Give the word to write, in a language."""
    return words_of(language)[keyword][0]


def words_of(language: str) -> Mapping[Keyword, tuple[str, ...]]:
    """Give the words of a language for each keyword; it is one of the interface."""
    each = (tuple(words.split(",")) for words in _NAMED[language].split(" "))
    return dict(zip(_ORDER, each, strict=True))


def understood(text: str) -> Said | None:
    """Give what a text asks for, if it is nothing but that."""
    plain = _plain(text)
    if plain in _known():
        keyword, languages = _known()[plain]
        return Said(keyword, languages)
    first, _space, rest = plain.partition(" ")
    if not rest or first not in _known():
        return None
    keyword, languages = _known()[first]
    about = ""
    if keyword == Keyword.STATUS and not any(sign.isalpha() for sign in rest):
        about = rest
    if keyword == Keyword.LANG:
        about = _languages().get(rest, "")
    return Said(keyword, languages, about) if about else None


def _plain(text: str) -> str:
    """Fold a text, and leave out what stands around its words."""
    kept = "".join(
        " " if unicodedata.category(sign)[0] in "PZC" else sign for sign in text[:200]
    )
    return " ".join(fold(kept).split()) if len(text) <= 200 else ""


@cache
def _known() -> dict[str, tuple[Keyword, frozenset[str]]]:
    found: dict[str, tuple[Keyword, frozenset[str]]] = {}
    for language in INTERFACE:
        for keyword, words in words_of(language).items():
            for word in map(_plain, words):
                others = found.get(word, (keyword, frozenset()))[1]
                found[word] = keyword, others | {language}
    return found


@cache
def _languages() -> dict[str, str]:
    """Give what a language may be called after LANG: its code, or its own name."""
    names = {code: code for code in INTERFACE}
    return names | {_plain(name_of(code)): code for code in INTERFACE}
