"""Telling which measures and factors a text mentions: by name, by what plans say when they mean them, or by meaning."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from index.encoder import Encoder
from index.plan.cues import Key, read_cues
from index.plan.reading import Phrase, Reading, read_name
from kb.thesaurus import Concept
from kb.vocabulary import Term, Vocabularies, list_broader

VOCABULARIES = ("measures", "factors")
"""Those whose terms are looked for."""
NEAR = 0.45
"""A sentence whose cosine to a term's label and definition reaches this mentions the term. At 0.50 fewer of the
measures that the collection's cases are filed under are seen in their text (0.67 of them, not 0.71); at 0.40 hardly
more (0.74), while the wrong ones in the eight plans of the golden queries grow from 10 to 16."""
SHORTEST = 5
"""Words of a sentence that has a meaning of its own."""
_ALTERNATIVES = frozenset("og och and eller or".split())
_SAME_LABELS = 2
"""Languages in which a concept's preferred word must be the term's label, for the two to be the same thing."""
_OTHER_MATTER = {("factors", "frivillighet")}
"""Terms that have their id in common with a concept, and nothing else."""


class Mentions:
    """The measures and factors of the vocabularies, ready to be found in texts; made once."""

    def __init__(self, vocabularies: Vocabularies, concepts: Mapping[str, Concept], encoder: Encoder) -> None:
        self._terms = {(name, term.id): term for name in VOCABULARIES for term in vocabularies.terms[name].values()}
        self._vocabularies = vocabularies
        self._names = _list_names(self._terms, concepts)
        self._encoder = encoder
        texts = [f"{term.label['nb']}. {term.definition}" for term in self._terms.values()]
        self._vectors = encoder.encode_documents(texts)

    def list_mentioned(self, reading: Reading) -> set[Key]:
        """List the terms that a text mentions, and what is broader than they."""
        cues = read_cues()
        found = {key for key, names in self._names.items() if any(map(reading.find_phrase, names))}
        found |= {key for key, rules in cues.mentions.items() if cues.find_sentences(reading, rules)}
        found |= self._list_near(reading)
        return found.union(*map(self.list_broader, found))

    def _list_near(self, reading: Reading) -> set[Key]:
        sentences = [reading.text[start:end] for start, end in reading.sentences]
        telling = [sentence for sentence in sentences if len(sentence.split()) >= SHORTEST]
        if not telling:
            return set()
        nearness = (self._encoder.encode_documents(telling) @ self._vectors.T).max(axis=0)
        return {key for key, score in zip(self._terms, nearness.tolist(), strict=True) if score >= NEAR}

    def list_broader(self, key: Key) -> list[Key]:
        """List the terms above a term, the nearest first; none for a term that the vocabulary does not have."""
        vocabulary, term_id = key
        return [(vocabulary, above) for above in list_broader(term_id, self._vocabularies.terms[vocabulary])]


def _list_names(terms: Mapping[Key, Term], concepts: Mapping[str, Concept]) -> dict[Key, tuple[Phrase, ...]]:
    """List what each term is called: its labels, and the words of concepts that are the same thing."""
    preferred: dict[tuple[str, str], list[str]] = defaultdict(list)
    for concept in concepts.values():
        for language, words in concept.words.items():
            preferred[language, words[0].casefold()].append(concept.id)
    weak = read_cues().weak_labels
    return {key: () if key in weak else _read_names(key, term, concepts, preferred) for key, term in terms.items()}


def _read_names(
    key: Key, term: Term, concepts: Mapping[str, Concept], preferred: Mapping[tuple[str, str], list[str]]
) -> tuple[Phrase, ...]:
    named = [(name, language) for language, label in term.label.items() for name in _split_alternatives(label)]
    labels = ((language, label.casefold()) for language, label in term.label.items())
    shared = Counter(concept for label in labels for concept in preferred.get(label, ()))
    same = {concept for concept, languages in shared.items() if languages >= _SAME_LABELS}
    if term.id in concepts and key not in _OTHER_MATTER:
        same.add(term.id)
    for concept in sorted(same):
        named += [(word, language) for language, words in concepts[concept].words.items() for word in words]
    return tuple(dict.fromkeys(phrase for name, language in named if (phrase := read_name(name, language))))


def _split_alternatives(label: str) -> list[str]:
    """Give «Kurs og opplæring» as two names, and «Lese- og skriveopplæring» as its whole word; others as they are."""
    words = label.split()
    if len(words) != 3 or words[1] not in _ALTERNATIVES:
        return [label]
    return [words[2]] if words[0].endswith("-") else [words[0], words[2]]
