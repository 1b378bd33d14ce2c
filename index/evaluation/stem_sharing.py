"""Telling whether a case has a word of a query, to measure finding by meaning where words do not help."""

from collections.abc import Sequence
from functools import lru_cache

import Stemmer

from index.evaluation.texts import stem_words, whole_text
from kb.document import CaseDocument


class StemSharing:
    """The content stems of each case, by the Norwegian Snowball stemmer as in the keyword baseline."""

    def __init__(self, documents: Sequence[CaseDocument]) -> None:
        self._stem = lru_cache(1 << 16)(Stemmer.Stemmer("norwegian").stemWord)
        self._stems = {document.front.id: self._list(whole_text(document)) for document in documents}

    def share(self, query: str, case_id: str) -> bool:
        """Tell whether they have a content stem in common; a case that is not there shares none."""
        return bool(self._list(query) & self._stems.get(case_id, frozenset()))

    def _list(self, text: str) -> frozenset[str]:
        return frozenset(stem_words(text, lambda words: [self._stem(word) for word in words]))
