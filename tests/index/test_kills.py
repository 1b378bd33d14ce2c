"""Real kills and real readers: whatever happens to a writer, the index in use is whole, and readers see just that."""

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import index.build
from index.build import verify_index
from index.keyword_query import read_groups
from index.searcher import LiveSearcher
from index.source import PublishedCases
from index.storage.changes import hash_content
from index.storage.manifest import BUILDING, find_current, verify_files
from kb.settings import PROJECT_ROOT
from tests.index.conftest import Shelf
from tests.index.encoders import WordCountEncoder

CASES = 24
UPDATES = 50


@pytest.fixture
def filled(shelf: Shelf) -> Shelf:
    for number in range(CASES):
        shelf.publish(f"sak-{number:02d}", title=f"Sak {number}", body=f"## Tiltak\n\nEn ordning nummer{number}.\n")
    shelf.build()
    return shelf


def start(shelf: Shelf, role: str, part: int = 5, most_segments: int = 8) -> subprocess.Popen[str]:
    folders = [str(shelf.settings.data_dir), str(shelf.settings.content_dir)]
    command = [sys.executable, "-m", "tests.index.slow_build", role, *folders, str(part), str(most_segments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=PROJECT_ROOT, **pipes)  # type: ignore[call-overload,no-any-return]


class Doomed:
    """Builds that are killed on the way."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def build(self, fingerprint: str = "words-1", what: str = "step", number: float = 0) -> tuple[int, int]:
        """Give the signal that ended the build, 0 for none, and the steps that were taken."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{fingerprint} {what} {number}\n")
        self._process.stdin.flush()
        ended, steps = self._process.stdout.readline().split()
        return int(ended), int(steps)


@contextmanager
def doom(shelf: Shelf, part: int = 5, most_segments: int = 8) -> Iterator[Doomed]:
    with start(shelf, "build", part, most_segments) as process:
        yield Doomed(process)


def check_good(shelf: Shelf, before: str) -> str:
    """Check that the index in use is whole and of one of two states of the collection; give its content hash."""
    manifest = verify_files(shelf.index_dir)
    now = hash_content(PublishedCases(shelf.engine).list_hashes().items())
    assert manifest.content_hash in (before, now)
    snapshot = shelf.open()
    assert snapshot.keywords.list_keys() == snapshot.keys[snapshot.alive].tolist()
    assert snapshot.case_count == CASES
    searcher = LiveSearcher(shelf.settings, WordCountEncoder(manifest.model_hash)).get()
    assert len(searcher.search("ordning", limit=100).hits) == CASES
    return manifest.content_hash


def list_moments(steps: int, count: int) -> list[tuple[str, float]]:
    """Moments over a build, and every one of its last steps, where a new index is put in use."""
    chance = random.Random(1999)
    anywhere = sorted(chance.sample(range(1, steps - 8), min(count, steps - 9)))
    return [("step", at) for at in (*anywhere, *range(steps - 8, steps + 1))]


@pytest.mark.parametrize("most_segments", [8, 1], ids=["update", "compaction"])
def test_an_update_that_is_killed_leaves_the_last_good_index(filled: Shelf, most_segments: int) -> None:
    good = verify_files(filled.index_dir).content_hash
    with doom(filled, most_segments=most_segments) as doomed:
        filled.publish("sak-03", title="Sak 3", body="## Tiltak\n\nEn ordning først.\n")
        ended, steps = doomed.build()
        assert ended == 0
        good = check_good(filled, good)
        killed = 0
        seconds = [("second", at / 60) for at in range(1, 13)]
        for number, (what, at) in enumerate([*list_moments(steps, 10), *seconds]):
            filled.publish("sak-03", title="Sak 3", body=f"## Tiltak\n\nEn ordning forsok{number}.\n")
            ended, _ = doomed.build(what=what, number=at)
            killed += ended in (signal.SIGKILL, signal.SIGALRM)
            good = check_good(filled, good)
        assert killed > 12
        filled.publish("sak-03", title="Sak 3", body="## Tiltak\n\nEn ordning sist.\n")
        assert doomed.build()[0] == 0
    assert "index whole" in verify_index(filled.settings)
    assert len(filled.open().keywords.search(read_groups("sist")).keys) == 1
    assert not len(filled.open().keywords.search(read_groups("forsok7")).keys)
    assert not list(filled.index_dir.glob(f"{BUILDING}*"))


def test_a_full_build_that_is_killed_leaves_the_last_good_index_and_is_gone_on_with(filled: Shelf) -> None:
    good = "words-1"
    with doom(filled) as doomed:
        ended, steps = doomed.build("words-whole")
        assert ended == 0
        killed, good, wanted = 0, "words-whole", "words-0"
        seconds = [("second", at / 15) for at in range(1, 7)]
        for number, (what, at) in enumerate([*list_moments(steps, 7), *seconds]):
            ended, _ = doomed.build(wanted, what, at)
            killed += ended in (signal.SIGKILL, signal.SIGALRM)
            manifest = verify_files(filled.index_dir)
            assert manifest.model_hash in (good, wanted)
            check_good(filled, manifest.content_hash)
            if manifest.model_hash == wanted:
                good, wanted = wanted, f"words-{number + 1}"
        assert killed > 9
        assert doomed.build("words-last")[0] == 0
    assert verify_files(filled.index_dir).model_hash == "words-last"
    assert "index whole" in verify_index(filled.settings)
    assert not list(filled.index_dir.glob(f"{BUILDING}*"))


class Stopping(WordCountEncoder):
    """Fails when it is asked for more than a number of texts."""

    def __init__(self, fingerprint: str, most: int) -> None:
        super().__init__(fingerprint)
        self._most = most

    def encode_documents(self, texts):  # type: ignore[no-untyped-def]
        if len(self.asked) + len(texts) > self._most:
            raise ConnectionError("the model is gone")
        return super().encode_documents(texts)


def test_a_stopped_full_build_is_resumed_without_embedding_its_parts_again(
    filled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.build, "PART", 5)
    before = find_current(filled.index_dir)
    first = Stopping("words-2", most=30)
    with pytest.raises(ConnectionError):
        filled.build(first)
    assert find_current(filled.index_dir) == before
    second = WordCountEncoder("words-2")
    filled.build(second)
    assert first.asked
    assert not set(first.asked) & set(second.asked)
    resumed = filled.open()
    assert len(first.asked) + len(second.asked) == resumed.manifest.passages
    assert not list(filled.index_dir.glob(f"{BUILDING}*"))

    for path in filled.index_dir.iterdir():
        if path.is_file():
            path.unlink()
    filled.build(WordCountEncoder("words-2"))
    whole = filled.open()
    own, other = (next(iter(snapshot.segments.values())) for snapshot in (resumed, whole))
    assert list(own.ids) == list(other.ids)
    assert list(own.texts) == list(other.texts)
    assert own.vectors.rows.tolist() == other.vectors.rows.tolist()
    assert resumed.keywords.list_keys() == whole.keywords.list_keys()
    assert resumed.keywords.list_words() == whole.keywords.list_words()
    assert own.facets.count(resumed.alive) == other.facets.count(whole.alive)
    for query in ("ordning", "nummer7", "fraværet"):
        scores = [
            snapshot.keywords.search(read_groups(query)).scores.round(6).tolist() for snapshot in (resumed, whole)
        ]
        assert scores[0] == scores[1]


def test_parts_of_another_collection_or_model_are_not_gone_on_with(
    filled: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.build, "PART", 5)
    with pytest.raises(ConnectionError):
        filled.build(Stopping("words-2", most=30))
    filled.publish("sak-00", title="Sak 0", body="## Tiltak\n\nEn ordning som ble endret.\n")
    encoder = WordCountEncoder("words-2")
    filled.build(encoder)
    assert len(encoder.asked) == filled.open().manifest.passages
    assert "index whole" in verify_index(filled.settings)


def test_readers_see_every_index_whole_while_a_writer_updates(filled: Shelf) -> None:
    with start(filled, "read") as one, start(filled, "read") as two:
        for number in range(UPDATES):
            if number % 3 == 2:
                filled.archive(f"ny-{number - 1}")
            else:
                filled.publish(f"ny-{number}", title=f"Ny {number}", body="## Tiltak\n\nEn ordning.\n")
            assert filled.build().changed
        (filled.settings.data_dir / "stop").touch()
        answers = [process.communicate()[0].split() for process in (one, two)]
        assert (one.returncode, two.returncode) == (0, 0)
    cases = filled.open().case_count
    for seen, last in answers:
        assert int(seen) > 1, "the reader saw no update"
        assert int(last) == cases
