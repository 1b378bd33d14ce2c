"""Building and updating: what is reused, what leaves no trace, and that any history ends where a fresh build begins."""

import random
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from filelock import FileLock

import index.build
from index.build import build_index, verify_index
from index.keyword_query import read_groups
from index.passages import cut_passages
from index.searcher import Searcher
from index.source import PublishedCases
from index.storage.manifest import find_current, get_current, read_manifest, verify_files
from index.storage.snapshot import open_snapshot
from kb.document import CaseDocument
from kb.errors import CaseNotFound, DatabaseMissing, IndexBusy, IndexDamaged, IndexMissing
from kb.parsing import parse_document
from kb.settings import Settings
from tests.cases import case_text
from tests.index.conftest import Shelf
from tests.index.encoders import WordCountEncoder

OTHER = {"title": "En annen tittel", "body": "## Tiltak\n\nAnnet.\n"}


@pytest.fixture
def two(shelf: Shelf) -> Shelf:
    shelf.publish("en-sak")
    shelf.publish("to-saker", **OTHER)
    return shelf


@pytest.fixture
def many(shelf: Shelf) -> Shelf:
    for number in range(60):
        shelf.publish(f"sak-{number:02d}", title=f"Sak {number}", body=f"## Tiltak\n\nOrdning nummer{number}.\n")
    shelf.build()
    return shelf


def list_inodes(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*") if path.is_file()}


def list_found(searcher: Searcher, query: str) -> list[str]:
    """Everything that either leg finds, by id."""
    snapshot = searcher.snapshot
    return [segment.ids[place] for segment, place in map(snapshot.locate, searcher.rank(query)[0].rows.tolist())]


def test_the_manifest_is_a_passport_of_what_was_built(two: Shelf) -> None:
    built = two.build()
    manifest = read_manifest(two.index_dir)
    assert (manifest.cases, manifest.passages, manifest.dimension) == (2, 5, 64)
    assert (manifest.model, manifest.model_hash) == ("words", "words-1")
    assert {"faiss-cpu", "python", "sentence-transformers", "tantivy"} <= set(manifest.versions)
    assert manifest.passages == sum(len(segment.texts) for segment in two.open().segments.values())
    assert "2 cases" in built.sentence
    assert "index whole" in verify_index(two.settings)


def test_an_index_that_is_up_to_date_is_left_as_it_is(two: Shelf) -> None:
    two.build()
    before, again = find_current(two.index_dir), WordCountEncoder()
    assert not two.build(again).changed
    assert again.asked == []
    assert find_current(two.index_dir) == before


def test_only_new_texts_are_embedded_and_the_same_text_never_twice(two: Shelf) -> None:
    first = WordCountEncoder()
    two.build(first)
    assert len(first.asked) == len(set(first.asked))
    two.publish("to-saker", title="En annen tittel", body="## Tiltak\n\nAnnet.\n\n## Læring\n\nNytt.\n")
    second = WordCountEncoder()
    built = two.build(second)
    assert second.asked == ["En annen tittel. Nytt."]
    assert (built.embedded, built.manifest.passages) == (1, 6)


def test_vectors_that_were_reused_are_the_same_as_new_ones(two: Shelf) -> None:
    two.build()
    two.publish("en-sak", body="## Tiltak\n\nHelt annet.\n\n## Læring\n\nNytt.\n")
    two.build()
    snapshot = two.open()
    for case in ("en-sak", "to-saker"):
        segment, places = snapshot.list_passages(snapshot.get_row(case))
        with_title = [f"{segment.titles[segment.case_of_passage[place]]}. {segment.texts[place]}" for place in places]
        expected = WordCountEncoder().encode_documents([" ".join(text.split()) for text in with_title])
        np.testing.assert_array_equal(segment.vectors.rows[places.start : places.stop], expected)


def test_another_model_embeds_everything_anew(two: Shelf) -> None:
    two.build(WordCountEncoder("words-1"))
    other = WordCountEncoder("words-2")
    assert two.build(other).embedded == len(other.asked) > 0


def test_an_empty_collection_has_an_index_too_and_grows_from_it(shelf: Shelf) -> None:
    assert shelf.build().manifest.passages == 0
    assert "0 cases" in verify_index(shelf.settings)
    assert shelf.search().search("noe nytt").total == 0
    shelf.publish("en-sak")
    shelf.build()
    assert [hit.case for hit in shelf.search().search("noe nytt").hits] == ["en-sak"]
    shelf.archive("en-sak")
    shelf.build()
    assert "0 cases" in verify_index(shelf.settings)
    assert shelf.search().search("noe nytt").nearest == []


def test_two_builds_at_once_are_refused(two: Shelf) -> None:
    two.index_dir.mkdir(parents=True)
    with FileLock(two.index_dir / ".lock"), pytest.raises(IndexBusy):
        two.build()


def test_old_snapshots_and_half_built_ones_are_removed(two: Shelf) -> None:
    for number in range(4):
        two.build(WordCountEncoder(f"words-{number}"))
    (two.index_dir / ".building-old").mkdir()
    two.build(WordCountEncoder("words-9"))
    folders = [path for path in two.index_dir.iterdir() if path.is_dir()]
    assert len(folders) == 2
    assert find_current(two.index_dir) in folders


def test_what_is_missing_is_an_error_by_name(settings: Settings) -> None:
    with pytest.raises(IndexMissing, match="kb index build"):
        read_manifest(settings.index_dir)
    with pytest.raises(DatabaseMissing):
        build_index(settings, WordCountEncoder())


@pytest.mark.parametrize(
    ("change", "embedded"),
    [
        (lambda shelf: shelf.publish("ny-sak", title="Ny", body="## Tiltak\n\nPoteter.\n"), 2),
        (lambda shelf: shelf.publish("sak-07", title="Sak 7", body="## Tiltak\n\nPoteter.\n"), 1),
        (lambda shelf: shelf.archive("sak-07"), 0),
    ],
    ids=["publish", "edit", "archive"],
)
def test_a_change_costs_what_has_changed_and_the_rest_is_shared(
    many: Shelf, change: Callable[[Shelf], None], embedded: int
) -> None:
    before = many.folder
    held, inodes = many.open(), list_inodes(before)
    old = Searcher(held, WordCountEncoder()).search("nummer7", limit=100)
    change(many)
    encoder = WordCountEncoder()
    assert many.build(encoder).embedded == len(encoder.asked) == embedded
    after = list_inodes(many.folder)
    shared = {name for name, inode in after.items() if inodes.get(name) == inode}
    segment = next(iter(held.segments))
    assert {name for name in inodes if name.startswith(f"{segment}/")} <= shared
    assert "thesaurus.json" in shared
    assert any(name.startswith("keywords/") for name in shared)
    # The former snapshot is as it was, for readers that have it open and for those that open it now.
    assert list_inodes(before) == inodes
    for snapshot in (held, open_snapshot(before)):
        assert Searcher(snapshot, WordCountEncoder()).search("nummer7", limit=100) == old


def test_publishing_editing_and_archiving_reach_words_vectors_and_facets_in_one_step(many: Shelf) -> None:
    many.publish("ny-sak", title="Ny", body="## Tiltak\n\nPoteter.\n", themes="[rekruttering]")
    many.publish("sak-07", title="Sak 7", body="## Tiltak\n\nGulrøtter.\n", themes="[rekruttering]")
    many.archive("sak-08")
    many.build()
    searcher = many.search()
    snapshot = searcher.snapshot
    assert snapshot.facets.count(snapshot.alive)["theme"]["rekruttering"] == 2
    for word, case in (("poteter", "ny-sak"), ("gulrøtter", "sak-07")):
        keys = snapshot.keywords.search(read_groups(word)).keys.tolist()
        assert keys == [snapshot.keys[snapshot.get_row(case)]]
        assert searcher.search(word).hits[0].case == case
    assert "index whole" in verify_index(many.settings)


def test_the_words_of_a_removed_case_find_it_no_longer_in_either_leg(many: Shelf) -> None:
    many.publish("sak-07", title="Sak 7", body="## Tiltak\n\nGulrøtter.\n")
    many.archive("sak-08")
    many.build()
    searcher = many.search()
    for word in ("nummer7", "nummer8"):
        assert not len(searcher.snapshot.keywords.search(read_groups(word)).keys)
        assert "sak-08" not in list_found(searcher, word)
    passages = [
        text
        for row in np.flatnonzero(searcher.snapshot.alive).tolist()
        for segment, places in [searcher.snapshot.list_passages(row)]
        for text in map(segment.texts.__getitem__, places)
    ]
    assert not [text for text in passages if "nummer7." in text or "nummer8." in text]
    with pytest.raises(CaseNotFound, match="sak-08"):
        searcher.find_similar("sak-08")
    similar = searcher.find_similar("sak-09", limit=100)
    assert "sak-08" not in {hit.case for hit in similar.hits}
    assert len(similar.hits) == similar.total == 58


WORDS = ("barnehage", "sykehjem", "turnus", "lederskap", "renhold", "budsjett", "mobbing", "samarbeid", "oljeturnus")
THEMES = ("sykefravaer", "rekruttering", "brukermedvirkning")


def make_text(chance: random.Random) -> dict[str, str]:
    sections = ("Tiltak", "Bakgrunn", "Resultater")[: chance.randint(1, 3)]
    body = "\n\n".join(f"## {name}\n\n{' '.join(chance.choices(WORDS, k=chance.randint(1, 12)))}." for name in sections)
    return {
        "title": " ".join(chance.choices(WORDS, k=3)).capitalize(),
        "summary": " ".join(chance.choices(WORDS, k=4)).capitalize() + ".",
        "body": body + "\n",
        "themes": f"[{chance.choice(THEMES)}]",
        "language": chance.choice(("nb", "sv", "en")),
    }


def live(shelf: Shelf, chance: random.Random, steps: int) -> Iterator[int]:
    """Publish, edit, archive and bring back at random; yields after each update of the index."""
    alive: set[str] = set()
    for step in range(steps):
        for _ in range(chance.choice((1, 1, 1, 2, 3))):
            kind = chance.choice(("new", "new", "edit", "archive", "back")) if alive else "new"
            case = chance.choice(sorted(alive)) if kind in ("edit", "archive") else f"sak-{chance.randrange(40):02d}"
            if kind == "archive":
                shelf.archive(case)
                alive.discard(case)
            else:
                shelf.publish(case, **make_text(chance))
                alive.add(case)
        shelf.build()
        yield step


def picture(searcher: Searcher) -> Mapping[str, object]:
    """All that an index says, but for scores of words: tantivy counts removed cases in them until it merges."""
    snapshot = searcher.snapshot
    ids = {int(snapshot.keys[row]): case for case, row in snapshot.rows_by_id.items()}
    cosines, words, grams = {}, {}, {}
    for query in (*WORDS, "leder", "samarbeid om turnus"):
        ranked, _ = searcher.rank(query)
        found = [ids[int(snapshot.keys[row])] for row in ranked.rows]
        cosines[query] = {case: round(cosine, 5) for case, cosine in zip(found, ranked.cosines, strict=True)}
        words[query] = {ids[key] for key in snapshot.keywords.search(read_groups(query)).keys.tolist()}
        grams[query] = {ids[key] for key in snapshot.keywords.search_grams([f"_{query[:3]}"]).keys.tolist()}
    filters = {
        (facet, value): {ids[int(snapshot.keys[row])] for row in np.flatnonzero(snapshot.find_mask([(facet, value)]))}
        for facet, values in snapshot.facets.count(snapshot.alive).items()
        for value in values
    }
    counts = {facet: dict(sorted(values.items())) for facet, values in snapshot.facets.count(snapshot.alive).items()}
    return {
        "cases": sorted(ids.values()), "cosines": cosines, "words": words, "grams": grams, "filters": filters,
        "counts": counts, "sizes": (snapshot.manifest.cases, snapshot.manifest.passages),
    }  # fmt: skip


def test_after_any_history_the_index_is_what_a_fresh_build_would_be(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that updates are many and compactions come, though the collection is small.
    monkeypatch.setattr(index.build, "FEW_CHANGES", 1.0)
    segments = []
    for step in live(shelf, random.Random(3), 32):
        assert "index whole" in verify_index(shelf.settings)
        segments.append(len(shelf.open().segments))
        if step % 16 == 15:
            assert picture(shelf.search()) == picture(shelf.build_elsewhere(tmp_path / f"fresh-{step}"))
    assert any(later < sooner for sooner, later in pairwise(segments)), "nothing was compacted"
    assert max(segments) > 1, "nothing was updated"


def test_a_reader_goes_on_answering_from_a_snapshot_that_has_been_removed(many: Shelf) -> None:
    folder = many.folder
    searcher = many.search()
    before = searcher.search("ordning nummer7", limit=100)
    for number in range(3):
        many.publish(f"ny-{number}", title=f"Ny {number}", body="## Tiltak\n\nPoteter.\n")
        many.build()
    assert not folder.exists()
    assert searcher.search("ordning nummer7", limit=100) == before
    assert searcher.search("sak 59").hits[0].case == "sak-59"
    assert searcher.find_similar("sak-07").hits


def test_a_case_edited_while_the_index_is_built_is_taken_up_by_the_next_build(two: Shelf) -> None:
    class Hasty(PublishedCases):
        def read_documents(self, ids: object) -> Iterator[CaseDocument]:
            two.publish("en-sak", title="Skrevet om")
            return super().read_documents(ids)  # type: ignore[arg-type]

    build_index(two.settings, WordCountEncoder(), reference=two.reference, source=Hasty(two.engine))
    two.publish("en-sak")
    # The text is as it was when the hashes were listed, and the index holds another.
    with pytest.raises(IndexDamaged, match="en-sak"):
        verify_index(two.settings)
    two.build()
    assert "index whole" in verify_index(two.settings)
    assert two.search().search("prøvde noe nytt").hits[0].title == "Larvik prøvde noe nytt"


def test_a_case_archived_while_the_index_is_built_leaves_it_whole(two: Shelf) -> None:
    class Hasty(PublishedCases):
        def read_documents(self, ids: object) -> Iterator[CaseDocument]:
            two.archive("en-sak")
            return super().read_documents(ids)  # type: ignore[arg-type]

    build_index(two.settings, WordCountEncoder(), reference=two.reference, source=Hasty(two.engine))
    assert two.open().case_count == 1
    two.build()
    assert "1 cases" in verify_index(two.settings)


def test_verify_names_new_changed_and_gone_cases(many: Shelf) -> None:
    many.publish("ny-sak", title="Ny")
    many.publish("sak-07", title="Endret")
    many.archive("sak-08")
    with pytest.raises(IndexDamaged) as caught:
        verify_index(many.settings)
    message = str(caught.value)
    assert "1 not in the index (ny-sak)" in message
    assert "1 in it in an older text (sak-07)" in message
    assert "1 in it though not published (sak-08)" in message


def test_verify_sees_words_and_vectors_out_of_step(many: Shelf) -> None:
    folder, other = many.folder, many.folder.parent / "other"
    many.publish("sak-07", title="Endret")
    many.build()
    # As many cases, but other ones: the words of before with the vectors of now.
    manifest = read_manifest(many.index_dir)
    (many.folder / "keywords").rename(other)
    (folder / "keywords").rename(many.folder / "keywords")
    files = {
        path.relative_to(many.folder).as_posix(): index.storage.manifest._hash_file(path)
        for path in many.folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and path.name != "manifest.json"
    }
    text = manifest.model_copy(update={"files": files}).model_dump_json()
    (many.folder / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(IndexDamaged, match="keywords and vectors are not of the same cases"):
        verify_index(many.settings)


def test_a_changed_byte_in_any_file_is_discovered_and_mended_by_a_build_that_verifies(many: Shelf) -> None:
    many.publish("sak-07", title="Endret")
    many.archive("sak-08")
    many.build()
    names = sorted(read_manifest(many.index_dir).files)
    assert {"removed.npy", "thesaurus.json", "keywords/meta.json"} <= set(names)
    for name in names:
        path = many.folder / name
        whole = path.read_bytes()
        spoilt = bytearray(whole or b"x")
        spoilt[len(spoilt) // 2] ^= 1
        path.write_bytes(spoilt)
        with pytest.raises(IndexDamaged, match="kb index build") as caught:
            verify_files(many.index_dir)
        assert name in str(caught.value)
        path.write_bytes(whole)
    verify_files(many.index_dir)
    path = many.folder / f"{next(iter(many.open().segments))}/vectors.npy"
    path.write_bytes(path.read_bytes()[:-9] + b"123456789")
    assert many.build(verify=True).changed
    assert "index whole" in verify_index(many.settings)


@pytest.mark.parametrize("damage", ["remove", "change", "empty"])
def test_a_spoilt_manifest_is_discovered_and_mended_by_any_build(two: Shelf, damage: str) -> None:
    two.build()
    path = get_current(two.index_dir) / "manifest.json"
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else path.read_bytes()[:-9] + b"123456789")
    with pytest.raises(IndexDamaged, match="kb index build"):
        verify_files(two.index_dir)
    two.build()
    assert "index whole" in verify_index(two.settings)


@pytest.mark.parametrize("name", ["vectors.npy", "ids-utf8.npy", "texts-ends.npy", "facets.json", "first.npy"])
@pytest.mark.parametrize("damage", ["remove", "empty", "cut"])
def test_a_file_that_cannot_be_read_is_an_error_by_name_and_mended_by_any_build(
    two: Shelf, name: str, damage: str
) -> None:
    two.build()
    path = two.folder / next(iter(two.open().segments)) / name
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else path.read_bytes()[:-9])
    with pytest.raises(IndexDamaged, match="kb index build"):
        two.open()
    two.build()
    assert "index whole" in verify_index(two.settings)


def test_passages_are_those_that_the_document_is_cut_into(two: Shelf) -> None:
    two.build()
    snapshot = two.open()
    document = parse_document(case_text(id="en-sak", factors=None)).document
    segment, places = snapshot.list_passages(snapshot.get_row("en-sak"))
    kept = [(segment.sections[at], int(segment.starts[at]), int(segment.stops[at]), segment.texts[at]) for at in places]
    assert kept == [(one.section, one.start, one.end, one.text) for one in cut_passages(document)]
