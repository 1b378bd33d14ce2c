"""The recipe: corpus, tokenizer, vectors, contrastive epochs, folder; each stage is kept and reused."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.code_switching import Lexicon
from index.training.contrastive import PairTokens, Trainer, train_epoch
from index.training.corpus import (
    Folders,
    read_misspelt_pairs,
    read_pairs,
    read_switched_pairs,
    read_text,
    read_translations,
)
from index.training.hard_negatives import find_hard_negatives
from index.training.model_card import render_card
from index.training.model_folder import write_folder
from index.training.rows import (
    common_directions,
    language_directions,
    quantize,
    remove_directions,
    weigh_by_rarity,
)
from index.training.settings import Settings
from index.training.stages import Stages, hash_files, hash_of
from index.training.tokenizer import build_tokenizer
from index.training.tokens import read_lines, read_pair_lines, tokenize, tokenize_pairs
from index.training.word_vectors import build_random_vectors, build_word_vectors

Rows = NDArray[np.float32]


@dataclass(frozen=True)
class Recipe:
    """One run: where the data lie, the settings, and the work folder."""

    folders: Folders
    settings: Settings
    stages: Stages
    progress: Callable[[str, float], None] = lambda stage, share: None
    """Called with a stage and the share of it that is done, 0–1."""

    def run(self, out: Path) -> Path:
        """Make the model, put it at ``out`` in one move and return ``out``; raises TrainingDataError."""
        torch.manual_seed(self.settings.seed)
        pairs, text = self.make_corpus()
        tokenizer = self.make_tokenizer(text)
        vectors = self.make_vectors(text, tokenizer)
        trained = self.make_epochs(vectors, pairs, tokenizer)
        rows = self.finish(trained, text, tokenizer)
        card = render_card(self.settings, count_sources(pairs), rows.shape)
        self.progress("folder", 1.0)
        return write_folder(out, tokenizer, *quantize(rows), card)

    def make_corpus(self) -> tuple[Path, Path]:
        """Return the pairs, three columns split by tabs, and the text, one paragraph a line."""
        s = self.settings
        key = hash_of(s.version, hash_files(self.folders.list_files()), s.seed, s.held_out, s.text_pairs)
        drawn = hash_of(key, s.switched_pairs, s.misspelt_pairs)
        pairs = self.stages.make("pairs", drawn, ".tsv", self._write_pairs)
        key = hash_of(key, s.report_repeats, s.concept_repeats, s.own_repeats, s.switched_text)
        return pairs, self.stages.make("text", key, ".txt", lambda path: self._write_text(path, pairs))

    def make_tokenizer(self, text: Path) -> Path:
        """Return the tokenizer's file."""
        size, nordic = self.settings.vocabulary, self.settings.nordic
        return self.stages.make(
            "tokenizer",
            hash_of(text.name, size, nordic),
            ".json",
            lambda path: build_tokenizer(partial(read_lines, text), size, nordic=nordic).save(str(path)),
        )

    def make_vectors(self, text: Path, tokenizer: Path) -> Path:
        """Return the start of the rows, ``rows`` and token ``counts`` in one file."""
        s = self.settings
        key = hash_of(text.name, tokenizer.name, s.dimensions, s.window, s.smoothing, s.rarity, s.start, s.seed)
        build = partial(self._write_vectors, text=text, tokenizer=tokenizer)
        return self.stages.make("vectors", key, ".npz", build)

    def make_epochs(self, vectors: Path, pairs: Path, tokenizer: Path) -> Path:
        """Return the last epoch's file; a run that was stopped goes on after its last whole epoch."""
        s = self.settings
        numbers = (s.seed, s.epochs, s.batch, s.learning_rate, s.scale, s.longest)
        ways = (s.hard_negatives, s.matryoshka)
        key = hash_of(vectors.name, pairs.name, s.shares, *numbers, *ways)
        files = [self.stages.work / f"epoch-{key}-{n}.pt" for n in range(1, s.epochs + 1)]
        if not files or files[-1].exists():
            self.stages.say("contrastive: reused")
            return files[-1] if files else vectors
        tokens = tokenize_pairs(Tokenizer.from_file(str(tokenizer)), read_pair_lines(pairs), s.longest)
        if s.hard_negatives:
            tokens = replace(tokens, negatives=find_hard_negatives(tokens, s.hard_negatives))
        self._train(Trainer.start(_load_rows(vectors), s.learning_rate), tokens, files)
        return files[-1]

    def finish(self, trained: Path, text: Path, tokenizer: Path) -> Rows:
        """Return the rows of the model: what tells the language and what all texts share is out of them."""
        rows, words = _load_rows(trained), Tokenizer.from_file(str(tokenizer))
        differences = [
            _encode(rows, words, some) - _encode(rows, words, others)
            for some, others in self._translations().values()
        ]
        if differences:
            rows = remove_directions(
                rows, language_directions(differences, self.settings.language_directions)
            )
        lines = islice(read_lines(text), 0, None, self.settings.sample_every)
        sample = _encode(rows, words, lines)
        return remove_directions(rows, common_directions(sample, self.settings.components))

    def _translations(self) -> dict[tuple[str, str], tuple[list[str], list[str]]]:
        """Return the texts and their translations by pair of languages, where there are enough to average."""
        found: dict[tuple[str, str], tuple[list[str], list[str]]] = {}
        for entry in read_translations(self.folders):
            if entry.language != entry.other_language:
                some, others = found.setdefault((entry.language, entry.other_language), ([], []))
                some.append(entry.word)
                others.append(entry.other_word)
        return {key: both for key, both in found.items() if len(both[0]) >= self.settings.fewest_translations}

    def _write_pairs(self, path: Path) -> None:
        plain = list(read_pairs(self.folders, self.settings))
        switched = read_switched_pairs(plain, Lexicon(read_translations(self.folders)), self.settings)
        misspelt = read_misspelt_pairs(plain, self.settings)
        _write_lines(("\t".join(pair) for pair in chain(plain, switched, misspelt)), path)

    def _write_text(self, path: Path, pairs: Path) -> None:
        lexicon = Lexicon(read_translations(self.folders))
        _write_lines(read_text(self.folders, self.settings, read_pair_lines(pairs), lexicon), path)

    def _write_vectors(self, path: Path, text: Path, tokenizer: Path) -> None:
        s = self.settings
        tokens = tokenize(Tokenizer.from_file(str(tokenizer)), read_lines(text))
        size = Tokenizer.from_file(str(tokenizer)).get_vocab_size()
        places = np.repeat(np.arange(len(tokens.starts) - 1, dtype=np.int32), np.diff(tokens.starts))
        if s.start == "word-vectors":
            rows = build_word_vectors(tokens.ids, places, size, s, partial(self.progress, "vectors"))
        else:
            rows = build_random_vectors(size, s)
        counts = np.bincount(tokens.ids, minlength=size)
        with path.open("wb") as file:
            np.savez(file, rows=weigh_by_rarity(rows, counts, s.rarity), counts=counts)

    def _train(self, trainer: Trainer, tokens: PairTokens, files: list[Path]) -> None:
        """Train the epochs that are not kept yet; only the newest is kept."""
        done = max((n for n, path in enumerate(files, start=1) if path.exists()), default=0)
        if done:
            trainer.load(files[done - 1])
            self.stages.say(f"contrastive: going on after {files[done - 1].name}")
        for epoch in range(done, len(files)):
            name = f"epoch {epoch + 1} of {len(files)}"
            loss = train_epoch(trainer, tokens, self.settings, epoch, partial(self.progress, name))
            trainer.save(files[epoch])
            self.stages.say(f"contrastive: {name}, mean loss {loss:.3f}")
            for older in files[:epoch]:
                older.unlink(missing_ok=True)


def count_sources(pairs: Path) -> dict[str, int]:
    """Return how many pairs each source gave."""
    found: dict[str, int] = {}
    for line in read_lines(pairs):
        source = line.split("\t", 1)[0]
        found[source] = found.get(source, 0) + 1
    return found


def _encode(rows: Rows, tokenizer: Tokenizer, texts: Iterable[str]) -> Rows:
    """Return the unit vectors of the texts, ``(n, d)``, reading at most 256 tokens of each."""
    return Trainer.start(rows, 0).encode_all(tokenize(tokenizer, texts, 256))


def _load_rows(path: Path) -> Rows:
    if path.suffix == ".npz":
        return np.asarray(np.load(path)["rows"], dtype=np.float32)
    weight: torch.Tensor = torch.load(path, weights_only=True)["rows"]["weight"]
    return weight.numpy()


def _write_lines(lines: Iterable[str], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
