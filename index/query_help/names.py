"""Names in a query that are filters too: of municipalities at all times, of themes, measures, programmes, networks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.facets import VOCABULARY_OF
from index.language.analysis import Word, list_terms, read_words, to_ascii
from index.query_help.known_words import Phrases
from index.query_help.places import Gazetteer, fold_phrase
from kb.checks import Reference
from kb.register import Register
from kb.vocabulary import LANGUAGES, Term, Vocabularies

Counts = Mapping[str, Mapping[str, int]]
"""Facet → value → published cases that have it."""

TERM_FACETS = ("theme", "sector", "measure", "programme", "network")
"""Facets whose terms are recognised, in the order in which they are offered."""
LONGEST, MOST_WORDS = 10, 200
"""How many words a name has at most, and how many of a query are looked at: a whole plan names everything."""
ORDINARY = frozenset("""
    ale ange aure berg boden bø donna eid eide fet fjell fjord flora flå gran grane grue hamar heim hof hol hole hvaler
    kil kinn klepp klippan køping leka lier lom lomma loppa lund luster lyngen mala mark marker mora moss nes nesset
    nora nome osen rade rana rost rygge råde røst sala salem sande sel selje skara ski skien sogne sola stad strand
    stranda sula sund sunne sæter time tinn torsken trosa trust træna vaga vale valle vang vara vega vik volda ydre øyer
    ørland åre ånge
""".split())
"""Names that are also words; they are names when written with a capital, alone, or before the word municipality."""
_MUNICIPALITY = frozenset("kommune kommunen kommunes kommunar kommuner kommun kommunens kommuns municipality".split())
SHORT = 3
"""Names of so few letters are taken for ordinary words too, and stems for too little to go by."""

_STEMMED = {"nb": "nb", "nn": "nb", "sv": "sv", "da": "da", "en": "en"}
"""Language → the language that its words are stemmed as."""
_WAYS = ("name", "ascii", "id", *dict.fromkeys(_STEMMED.values()))

Key = tuple[str, tuple[str, ...]]
"""One of `_WAYS` to write words, and the words."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A filter that a stretch of the query names: ``query[start:end]``."""

    facet: str
    value: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Named:
    """A filter, and what it is called in each language."""

    facet: str
    value: str
    labels: Mapping[str, str] = field(compare=False)


class Names:
    """The names of the filters that have cases."""

    def __init__(
        self, reference: Reference, counts: Counts, thesaurus: Mapping[str, Phrases]
    ) -> None:
        """Take the cases with each value, by facet; values without cases are not offered.

        `thesaurus` has concepts by id: the words of one that has the id of a theme, sector or measure name that too.
        """
        self._named: dict[Key, dict[_Named, None]] = defaultdict(dict)
        for words, named in _list_places(reference.register, counts):
            self._add("name", words, named)
            self._add("ascii", [to_ascii(word) for word in words], named)
        for facet, term in _list_filed_terms(reference.vocabularies, counts):
            named = _Named(facet, term.id, term.label)
            self._add("id", _write_all(fold_phrase(term.id), "id"), named)
            synonyms = thesaurus.get(term.id, {}) if facet in ("theme", "sector", "measure") else {}
            for language, way in _STEMMED.items():
                for text in (*_list_labels(facet, term.label[language]), *synonyms.get(language, ())):
                    self._add(way, _write_all(fold_phrase(text), way), named)

    def list_recognised(self, query: str, language: str = "nb") -> list[Recognised]:
        """List the filters that a query names, by place, with labels in a language of `kb.vocabulary.LANGUAGES`.

        The longest name counts, and none that overlaps with it; a name that several filters have gives them all.
        """
        words = read_words(query)[:MOST_WORDS]
        ways = {way: _write_all([word.folded for word in words], way) for way in _WAYS}
        taken: set[int] = set()
        found: list[Recognised] = []
        for length in range(min(LONGEST, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                span = range(start, start + length)
                if taken.isdisjoint(span) and (named := self._find(query, words, ways, span)):
                    taken.update(span)
                    at = words[start].start, words[span[-1]].end
                    found += [Recognised(one.facet, one.value, one.labels[language], *at) for one in named]
        return sorted(found, key=lambda one: one.start)

    def _add(self, way: str, words: Iterable[str], named: _Named) -> None:
        if key := tuple(words):
            self._named[way, key][named] = None

    def _find(self, query: str, words: Sequence[Word], ways: Mapping[str, list[str]], span: range) -> list[_Named]:
        found: dict[_Named, None] = {}
        for way, written in ways.items():
            key = tuple(written[span.start : span.stop])
            is_name = way in ("name", "ascii")
            if is_name and (way, key) not in self._named:
                key = (*key[:-1], key[-1].removesuffix("s"))
            ordinary = len(key) == 1 and (key[0] in ORDINARY or (is_name and len(key[0]) <= SHORT))
            if not ordinary or _is_meant_as_name(query, words, span):
                found |= self._named.get((way, key), {})
        return list(found)


def _is_meant_as_name(query: str, words: Sequence[Word], span: range) -> bool:
    """Tell whether a word that may be an ordinary one is written as a name."""
    following = words[span.stop].folded if span.stop < len(words) else ""
    return query[words[span.start].start].isupper() or len(words) == 1 or following in _MUNICIPALITY


def _list_places(register: Register, counts: Counts) -> Iterator[tuple[tuple[str, ...], _Named]]:
    """Yield the words of a name with each filter that it stands for.

    A municipality without cases of its own stands for those that it went into, or else was made of.
    """
    gazetteer, filed = Gazetteer(register), counts.get("municipality", {})
    for place in gazetteer.places:
        for one in gazetteer.list_filed(place, filed) or gazetteer.list_related(place, filed):
            yield place.words, _Named("municipality", one.value, dict.fromkeys(LANGUAGES, one.label))
    for county in (value for value, cases in counts.get("county", {}).items() if cases):
        words = fold_phrase(county.partition("-")[2])
        if not gazetteer.has_name(words):  # Oslo is the municipality
            yield words, _Named("county", county, dict.fromkeys(LANGUAGES, county.partition("-")[2]))


def _list_filed_terms(vocabularies: Vocabularies, counts: Counts) -> Iterator[tuple[str, Term]]:
    for facet in TERM_FACETS:
        filed = counts.get(facet, {})
        yield from ((facet, term) for term in vocabularies.terms[VOCABULARY_OF[facet]].values() if filed.get(term.id))


def _list_labels(facet: str, label: str) -> list[str]:
    """List the ways a label is written: without what stands in brackets or after a dash, and a programme's own name."""
    plain, _, bracketed = label.partition(" (")
    return [plain, plain.partition(" – ")[0], *([bracketed.rstrip(")")] if facet == "programme" else [])]


def _write_all(folded: Iterable[str], way: str) -> list[str]:
    if way == "name":
        return list(folded)
    if way in ("ascii", "id"):
        return [to_ascii(word) for word in folded]
    stems = [(word, list_terms(word, way)[0]) for word in folded]
    return [stem if len(stem) > SHORT else word for word, stem in stems]
