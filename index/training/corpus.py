"""Read the training data into two plain files: the text, one paragraph a line, and the pairs."""

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from index.training.code_switching import Entry, Lexicon
from index.training.errors import DataMissing
from index.training.misspelling import misspell
from index.training.own_texts import list_cases, list_written, read_case_pairs, read_written_pairs
from index.training.reports import Paragraph, parse_report, split_sentences
from index.training.settings import Settings
from index.training.thesaurus import (
    list_vocabularies,
    read_concept_entries,
    read_concept_pairs,
    read_label_pairs,
)

TRANSLATIONS = frozenset({"nav-parallel", "los", "wordnet-lemmas", "osm-labels"})
SWEDISH = frozenset({"sfs", "interpellations", "sfs-sections", "riksdag-interpellations", "text-sv"})


class Pair(NamedTuple):
    """Two texts that should lie close."""

    source: str
    """The file or the way of drawing it comes from."""
    query: str
    """The short side, where there is one."""
    passage: str
    """The other side."""


@dataclass(frozen=True)
class Folders:
    """Where the data lie."""

    data: Path
    """Has ``text/*.txt.xz`` and ``pairs/*.tsv.xz``."""
    seeds: Path
    """Has reports as ``*.txt``."""
    content: Path | None = None
    """Has vocabularies as ``*.yaml``, at any depth, and ``cases/*.md``; may be missing."""
    written: Path | None = None
    """Has pairs of our own as ``*.jsonl``; may be missing."""

    def list_files(self) -> list[Path]:
        """Return every file that is read, in a fixed order; raises DataMissing."""
        files = [*self.data.glob("text/*.txt.xz"), *self.data.glob("pairs/*.tsv.xz")]
        if not files:
            raise DataMissing(self.data, "text/*.txt.xz and pairs/*.tsv.xz", "--data")
        reports = list(self.seeds.glob("*.txt"))
        if not reports:
            raise DataMissing(self.seeds, "reports as *.txt", "--seeds")
        ours = [*list_vocabularies(self.content), *list_cases(self.content)] if self.content else []
        written = list_written(self.written) if self.written else []
        return sorted(files) + sorted(reports) + ours + written


def read_pairs(folders: Folders, settings: Settings) -> Iterator[Pair]:
    """Yield all pairs: the pair files, neighbours in the text and the reports, and the vocabularies."""
    for path in sorted(folders.data.glob("pairs/*.tsv.xz")):
        source = _source(path)
        for line in _lines(path, settings.held_out.get(source, 0), header=1):
            columns = line.split("\t")
            if len(columns) == 4:
                yield Pair(source, columns[1], columns[3])
    for path in sorted(folders.data.glob("text/*.txt.xz")):
        source = _source(path)
        lines = _lines(path, settings.held_out.get(source, 0))
        yield from _draw_neighbours(lines, f"text-{language_of(source)}", settings)
    for path in sorted(folders.seeds.glob("*.txt")):
        yield from _report_pairs(path)
    if folders.content:
        yield from (Pair("concepts", *pair) for pair in read_concept_pairs(folders.content))
        yield from (Pair("labels", *pair) for pair in read_label_pairs(folders.content))
        yield from (Pair("cases", *pair) for pair in read_case_pairs(folders.content))
    if folders.written:
        for pair in read_written_pairs(folders.written):
            yield Pair(f"written-{pair.passage_language}", pair.query, pair.passage)


def read_switched_pairs(pairs: Iterable[Pair], lexicon: Lexicon, settings: Settings) -> Iterator[Pair]:
    """Yield monolingual pairs whose query is put into another language word by word, as far as known."""
    random = _start_random(settings)
    for pair in pairs:
        if (share := settings.switched_pairs.get(pair.source, 0.0)) and random.random() < share:
            query = lexicon.switch(pair.query, language_of(pair.source), 1.0, random)
            if query:
                yield Pair(f"switched-{language_of(pair.source)}", query, pair.passage)


def read_misspelt_pairs(pairs: Iterable[Pair], settings: Settings) -> Iterator[Pair]:
    """Yield pairs whose query has slips of the keyboard in it."""
    random = _start_random(settings)
    for pair in pairs:
        share = settings.misspelt_pairs.get(pair.source, 0.0)
        if share and random.random() < share and (query := misspell(pair.query, random)):
            yield Pair("misspelt", query, pair.passage)


def read_translations(folders: Folders) -> Iterator[Entry]:
    """Yield the translations of the pair files and the thesaurus, with their languages."""
    for path in sorted(folders.data.glob("pairs/*.tsv.xz")):
        if _source(path) in TRANSLATIONS:
            columns = (line.split("\t") for line in _lines(path, 0, header=1))
            yield from (Entry(*four) for four in columns if len(four) == 4)
    if folders.content:
        yield from (Entry(*four) for four in read_concept_entries(folders.content))


def language_of(source: str) -> str:
    """Return the language most of a source is in: ``sv`` or ``nb``."""
    return "sv" if source in SWEDISH else "nb"


def read_text(folders: Folders, settings: Settings, pairs: Iterable[Pair], lexicon: Lexicon) -> Iterator[str]:
    """Yield the text that tokens and word vectors are learnt from; what is rare but ours is repeated."""
    random = _start_random(settings)
    for path in sorted(folders.data.glob("text/*.txt.xz")):
        source = _source(path)
        lines = _lines(path, settings.held_out.get(source, 0))
        share = 0.0 if source == "nav" else settings.switched_text
        yield from lexicon.switch_some(lines, language_of(source), share, random)
    for path in sorted(folders.seeds.glob("*.txt")):
        texts = [f"{paragraph.heading} {paragraph.text}" for paragraph in _read_report(path)]
        repeated = (text for text in texts for _ in range(settings.report_repeats))
        yield from lexicon.switch_some(repeated, "nb", settings.switched_text, random)
    for pair in pairs:
        if pair.source in TRANSLATIONS:
            yield f"{pair.query} {pair.passage}"
        elif pair.source in {"concepts", "labels"}:
            yield from [f"{pair.query} {pair.passage}"] * settings.concept_repeats
        elif pair.source == "cases" or pair.source.startswith("written-"):
            yield from [f"{pair.query} {pair.passage}"] * settings.own_repeats


def _report_pairs(path: Path) -> Iterator[Pair]:
    """Yield heading → paragraph, sentence → rest of its paragraph, paragraph → next under its heading."""
    before: Paragraph | None = None
    for paragraph in _read_report(path):
        if paragraph.heading:
            yield Pair("reports", paragraph.heading, paragraph.text)
        sentences = split_sentences(paragraph.text)
        for place, sentence in enumerate(sentences):
            if rest := " ".join(sentences[:place] + sentences[place + 1 :]):
                yield Pair("reports", sentence, rest)
        if before and before.heading == paragraph.heading:
            yield Pair("reports", before.text, paragraph.text)
        before = paragraph


def _draw_neighbours(lines: Iterator[str], name: str, settings: Settings) -> Iterator[Pair]:
    """Yield at most ``settings.text_pairs`` pairs of sentences that follow each other within a line."""
    pairs = []
    for line in lines:
        sentences = split_sentences(line)
        pairs += [Pair(name, *two) for two in pairwise(sentences)]
    if len(pairs) > settings.text_pairs:
        pairs = _start_random(settings).sample(pairs, settings.text_pairs)
    yield from pairs


def _read_report(path: Path) -> Iterator[Paragraph]:
    return parse_report(path.read_text(encoding="utf-8"))


def _lines(path: Path, held_out: int, header: int = 0) -> Iterator[str]:
    """Yield the lines of an xz file without its header and without its last ``held_out`` lines."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        lines = file.read().rstrip("\n").split("\n")
    yield from lines[header : len(lines) - held_out]


def _source(path: Path) -> str:
    return path.name.split(".")[0]


def _start_random(settings: Settings) -> Random:
    return Random(settings.seed)  # noqa: S311 - repeatable choice of rows, nothing secret
