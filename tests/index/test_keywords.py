from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import Encoder
from index.evaluation.golden import read_golden
from index.facets import Filter
from index.keyword_query import add_spellings, read_groups
from index.keywords import KeywordEntry, Keywords, write_entries
from index.searcher import Searcher
from index.storage.manifest import get_current
from index.storage.snapshot import Snapshot, open_snapshot
from index.thesaurus_words import ThesaurusWords
from kb.settings import PROJECT_ROOT, Settings
from kb.thesaurus import read_thesaurus
from tests.index.conftest import Shelf

WORDS = ("turnus", "sykehjem", "barnehage", "ledelse", "fravær")


def make_entry(key: int, terms: str, filters: tuple[str, ...] = ()) -> KeywordEntry:
    return KeywordEntry(key, f"sak-{key}", terms, "_tur turn", terms, filters)


@pytest.fixture(scope="module")
def snapshot(library: Settings) -> Snapshot:
    return open_snapshot(get_current(library.index_dir))


@pytest.fixture(scope="module")
def thesaurus() -> ThesaurusWords:
    return ThesaurusWords.from_concepts(read_thesaurus(Settings().content_dir).values())


def find(shelf: Shelf, query: str, thesaurus: ThesaurusWords | None = None) -> dict[str, float]:
    """Case → share, by words alone."""
    snapshot = shelf.open()
    found = snapshot.keywords.search(read_groups(query, thesaurus))
    rows, scores = snapshot.find_rows(found)
    ids = [segment.ids[place] for segment, place in map(snapshot.locate, rows.tolist())]
    return dict(zip(ids, scores.tolist(), strict=True))


def publish_bodies(shelf: Shelf, **bodies: str) -> Shelf:
    for case_id, body in bodies.items():
        text = f"## Tiltak\n\n{body}\n"
        shelf.publish(case_id, title="Prøve", summary="Prøve.", themes="[rekruttering]", outcomes=None, body=text)
    shelf.build()
    return shelf


def test_a_compound_finds_its_parts_and_a_part_its_compounds_but_the_whole_word_weighs_most(shelf: Shelf) -> None:
    publish_bodies(shelf, hel="Sykehjemsturnus.", delt="Turnus på et sykehjem.", bare="Bare turnus.", uten="Parkering.")
    whole = find(shelf, "sykehjemsturnus")
    assert whole.keys() == {"hel", "delt"}
    assert whole["hel"] > whole["delt"] > 0
    part = find(shelf, "turnus")
    assert part.keys() == {"hel", "delt", "bare"}


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("sykefravær", "Sykefraværet gikk ned."),
        ("sjukefråvær", "Sjukefråværet gjekk ned."),
        ("arbejdsmiljö", "Arbejdsmiljøet er bedre."),
        ("ARBEIDSMILJØ", "arbeids\u00admiljøet"),
        ("e-læring", "E-læring for alle."),
        ("barnehager", "Barnehagen vår."),
    ],
)
def test_forms_and_spellings_of_a_word_find_each_other(shelf: Shelf, query: str, body: str) -> None:
    publish_bodies(shelf, sak=body, annen="Parkering.")
    assert find(shelf, query).keys() == {"sak"}


def test_other_words_for_a_thing_find_it_across_languages_and_weigh_less(
    shelf: Shelf, thesaurus: ThesaurusWords
) -> None:
    for case, language, body in (
        ("norsk", "nb", "Sykefravær."), ("svensk", "sv", "Sjukfrånvaro."), ("engelsk", "en", "Sickness absence."),
        ("annet", "nb", "Parkering."),
    ):  # fmt: skip
        text = f"## Tiltak\n\n{body}\n"
        shelf.publish(case, title="Prøve", summary="Prøve.", themes="[]", outcomes=None, language=language, body=text)
    shelf.build()
    assert find(shelf, "sykefravær").keys() == {"norsk"}
    for query, own in (("sykefravær", "norsk"), ("sjukfrånvaro", "svensk"), ("sickness absence", "engelsk")):
        found = find(shelf, query, thesaurus)
        assert found.keys() == {"norsk", "svensk", "engelsk"}
        assert all(found[own] > found[other] for other in found.keys() - {own})


@pytest.mark.parametrize("typed", ["Tromsø", "Tromso", "tromso", "TROMSØ"])
def test_a_place_is_found_by_its_name_from_any_keyboard(shelf: Shelf, typed: str) -> None:
    shelf.publish("sak", title="Prøve", municipalities="[Tromsø]")
    shelf.publish("annen", title="Prøve", municipalities="[Larvik]")
    shelf.build()
    assert find(shelf, typed).keys() == {"sak"}


@pytest.mark.parametrize(
    ("typed", "meant"), [("barnehgae", "barnehage"), ("sykehejm", "sykehjem"), ("turnsu", "turnus")]
)
def test_a_misspelt_word_finds_what_was_meant(snapshot: Snapshot, encoder: Encoder, typed: str, meant: str) -> None:
    searcher = Searcher(snapshot, encoder)
    expected = {hit.case for hit in searcher.search(meant, limit=10).hits}
    result = searcher.search(typed, limit=20)
    assert len(expected & {hit.case for hit in result.hits}) >= 5
    assert "spelling" in {mark.why for hit in result.hits for mark in hit.marks}


def test_a_likely_spelling_weighs_less_than_the_word_itself(shelf: Shelf) -> None:
    publish_bodies(shelf, en="Turnus.", to="Parkering.")
    keywords = shelf.open().keywords
    own = keywords.search(read_groups("turnus")).scores[0]
    meant = keywords.search(add_spellings(read_groups("turnsu"), {"turnsu": ["turnus"]})).scores[0]
    assert 0 < meant < own


def test_scores_are_shares_of_what_could_be_had(snapshot: Snapshot, thesaurus: ThesaurusWords) -> None:
    queries = [query.text for query in read_golden(PROJECT_ROOT / "tests" / "relevance" / "golden.yaml")]
    for query in queries:
        own = snapshot.keywords.search(read_groups(query)).scores
        widened = snapshot.keywords.search(read_groups(query, thesaurus)).scores
        for scores in (own, widened):
            assert not len(scores) or (0 <= scores.min() <= scores.max() <= 1), query
            assert (scores[:-1] >= scores[1:]).all()
    # Not because they are cut there: one word, however often it stands, gives nearly all that it could.
    assert 0.5 < snapshot.keywords.search(read_groups("oljeturnus")).scores[0] < 1


FILTERS: list[Filter] = [("language", "nb"), ("theme", "sykefravaer"), ("outcome", "better"), ("status", "unknown")]


@pytest.mark.parametrize("chosen", [FILTERS[:1], FILTERS[1:2], FILTERS[2:], [("theme", "finnes-ikke")]])
@pytest.mark.parametrize("query", ["sykefravær på sykehjem", "ledelse", "samarbeid mellom kommuner"])
def test_a_filter_never_changes_a_score(snapshot: Snapshot, query: str, chosen: list[Filter]) -> None:
    groups, mask = read_groups(query), snapshot.find_mask(chosen)
    for search in (
        lambda filters: snapshot.keywords.search(groups, filters),
        lambda filters: snapshot.keywords.search_grams(["_syk", "kommu"[:4], "ledel"[:4]], filters),
    ):
        free, kept = search(()), search(chosen)
        rows, scores = snapshot.find_rows(free)
        expected = {row: score for row, score in zip(rows.tolist(), scores.tolist(), strict=True) if mask[row]}
        rows, scores = snapshot.find_rows(kept)
        assert dict(zip(rows.tolist(), scores.tolist(), strict=True)) == pytest.approx(expected, abs=1e-6)


@given(
    st.lists(st.tuples(st.sets(st.sampled_from(WORDS)), st.booleans()), min_size=1, max_size=8), st.sampled_from(WORDS)
)
def test_a_search_finds_just_the_cases_with_the_word_and_the_filter(
    cases: list[tuple[set[str], bool]], word: str
) -> None:
    entries = [
        make_entry(key, " ".join(term for one in sorted(words) for term in [one]), ("language:nb",) * norwegian)
        for key, (words, norwegian) in enumerate(cases)
    ]
    keywords = Keywords.from_entries(entries)
    groups = read_groups(word)
    terms = {term for group in groups for term in group.alternatives[0].words[0]}
    having = [key for key, (words, _) in enumerate(cases) if terms & words]
    assert sorted(keywords.search(groups).keys.tolist()) == having
    kept = sorted(keywords.search(groups, [("language", "nb")]).keys.tolist())
    assert kept == [key for key in having if cases[key][1]]


def test_nothing_asked_and_nothing_held_find_nothing() -> None:
    empty, full = Keywords.from_entries([]), Keywords.from_entries([make_entry(0, "turnus")])
    assert (len(empty), empty.list_keys(), empty.list_words()) == (0, [], {})
    for keywords, groups in ((empty, read_groups("turnus")), (full, []), (full, read_groups("parkering"))):
        assert not len(keywords.search(groups).keys)
    assert not len(full.search_grams([]).keys)


def test_an_entry_is_replaced_in_one_step_and_the_files_of_before_are_not_written_to(tmp_path: Path) -> None:
    write_entries(tmp_path, [make_entry(0, "turnus"), make_entry(1, "ledelse")])
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix not in (".lock", ".json")}
    old = Keywords.open(tmp_path)
    write_entries(tmp_path, [KeywordEntry(2, "sak-0", "parkering", "", "", ())], removed=["sak-0"])
    new = Keywords.open(tmp_path)
    assert (old.list_keys(), new.list_keys()) == ([0, 1], [1, 2])
    assert {
        name: (tmp_path / name).read_bytes() for name in before if (tmp_path / name).exists()
    }.items() <= before.items()


def test_an_index_that_is_no_index_raises(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Failed to open"):
        Keywords.open(tmp_path / "nowhere")
