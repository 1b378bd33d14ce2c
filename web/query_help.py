"""What helps beside the search, in step with the index: names in queries, completions, and what a plan mentions."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from index.encoder import Encoder
from index.plan.mentions import Mentions
from index.query_help.completions import Completer, Titles
from index.query_help.names import Names
from index.storage.snapshot import Snapshot
from kb.checks import Reference
from kb.settings import Settings
from kb.thesaurus import Concept, read_thesaurus


class QueryHelp:
    """Makes each when it is first asked for, and those that depend on a snapshot anew when another is in use."""

    def __init__(self, settings: Settings, reference: Reference) -> None:
        self._content_dir, self._reference = settings.content_dir, reference
        self._names: tuple[Snapshot, Names] | None = None
        self._completer: tuple[Snapshot, Completer] | None = None
        self._titles: dict[str, Titles] = {}
        """By segment."""
        self._mentions: Mentions | None = None

    def get_names(self, snapshot: Snapshot) -> Names:
        """Get the names of the filters that have cases in a snapshot."""
        made = self._names
        if made is None or made[0] is not snapshot:
            phrases = {concept.id: concept.words for concept in self._concepts.values()}
            made = snapshot, Names(self._reference, snapshot.facets.count(snapshot.alive), phrases)
            self._names = made
        return made[1]

    def get_completer(self, snapshot: Snapshot) -> Completer:
        """Get the completer of what can be found in a snapshot."""
        made = self._completer
        if made is None or made[0] is not snapshot:
            self._titles = {name: self._titles.get(name) or Titles(part.ids, part.titles)
                            for name, part in snapshot.segments.items()}
            first, titles = 0, []
            for name, part in snapshot.segments.items():
                titles.append((self._titles[name], snapshot.alive[first : first + len(part)]))
                first += len(part)
            made = snapshot, Completer(self._reference, snapshot.facets.count(snapshot.alive), titles)
            self._completer = made
        return made[1]

    def get_mentions(self, encoder: Encoder) -> Mentions:
        """Get what tells which measures and factors a plan mentions."""
        self._mentions = self._mentions or Mentions(self._reference.vocabularies, self._concepts, encoder)
        return self._mentions

    @property
    def _concepts(self) -> Mapping[str, Concept]:
        return _read_concepts(self._content_dir)


@cache
def _read_concepts(content_dir: Path) -> Mapping[str, Concept]:
    """Read the thesaurus; once in a process, since it takes seconds."""
    return read_thesaurus(content_dir)
