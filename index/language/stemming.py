"""Stems: one for all the forms of a word, so that brukerne is found by bruker.

A word of the constituent lists is first brought to its base form, so that its forms always meet. What is not there is
left to the Snowball stemmers, with a second step for Norwegian, where they leave many a form apart.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from threading import Lock

import Stemmer

from index.language.compounds import split_compound
from index.language.folding import CACHE_SIZE, fold_word
from index.language.lexicon import find_base, get_lexicon

_SNOWBALL = {"nb": "norwegian", "nn": "norwegian", "sv": "swedish", "da": "danish", "en": "english"}
_ONE_AT_A_TIME = Lock()
"""A stemmer has state of its own, and a server has many threads."""
_LISTS = {"nb": "nb", "nn": "nb", "sv": "sv", "da": "da"}
_NORWEGIAN = ("nb", "nn")
_SWEDISH = str.maketrans({"æ": "ä", "ø": "ö"})
_BEFORE = (
    (re.compile(r"(?<=.)(l?[ei]g)(?:[ae]re|ast|aste|est|este)$"), r"\1"),  # viktig(ere), vanleg(are)
    (re.compile(r"^(u?(?:stor|sterk|svak|rask|lang|tung|klar|lik|bred|åpen|open))t$"), r"\1"),
    (re.compile(r"heit(?=$|a$|ar$|ane$|er$|en$|ene$)"), "het"),            # moglegheit as mulighet
)
_LEFT = (
    (re.compile(r"(?<=.{3})(?:er|ar)$|(?<=.{5})(?:er|ar)n$"), ""),  # rørlegger(e), rørlegger(ne)
    (re.compile(r"itet$"), "it"),                           # aktivitet(en), as the stemmer takes aktivitet
    (re.compile(r"(?<=[gk])j$"), ""),                       # byggje as bygge
    (re.compile(r"(?<=.{2}[aei]l)t$"), ""),                 # kommunal(t), mobil(t), avtal(e) ~ avtalt
    (re.compile(r"(?<=.ern)t$"), ""),                       # intern(t)
    (re.compile(r"(?<=.{2})([bdfgkmpst])\1?el$"), r"\1l"),  # artikkel ~ artikl(er)
    (re.compile(r"(?<=.{3})([mnl])\1$"), r"\1"),            # rom ~ romm(et)
)


@lru_cache(CACHE_SIZE)
def find_stem(folded: str, language: str) -> str:
    """Find the stem of a folded word; that of a compound is the stems of its parts, whatever links them.

    Raises KeyError for a language that is not in `kb.vocabulary.LANGUAGES`.
    """
    if language == "en":
        return _snowball(folded, language)
    own_list = _LISTS[language]
    if parts := split_compound(folded):
        return "".join(find_stem(part, language) for part in parts)
    lexicon = get_lexicon()
    if (name := folded.removesuffix("s")) in lexicon.kept:
        return name
    regular = _replace(folded, _BEFORE) if language in _NORWEGIAN else folded
    base = find_base(folded, own_list) or find_base(regular, own_list) or regular
    base = lexicon.same.get(base, base)
    return base if base in lexicon.kept else _take_endings(base, language)


def _take_endings(word: str, language: str) -> str:
    if language == "sv":
        return fold_word(_snowball(word.translate(_SWEDISH), language))
    stem = _snowball(word, language)
    return _replace(stem, _LEFT) if language in _NORWEGIAN else stem


def _replace(word: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, instead in rules:
        word = pattern.sub(instead, word)
    return word


def _snowball(word: str, language: str) -> str:
    with _ONE_AT_A_TIME:
        return _get_stemmer(language)(word)


@lru_cache(len(_SNOWBALL))
def _get_stemmer(language: str) -> Callable[[str], str]:
    stem: Callable[[str], str] = Stemmer.Stemmer(_SNOWBALL[language], 0).stemWord  # no cache: it is cached here
    return stem
