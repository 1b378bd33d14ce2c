"""The collection that is shipped: cases, vocabularies, thesaurus and sources that agree with each other."""

import re
from collections import Counter
from pathlib import Path

import pytest

from kb.checks import Reference, check_cases
from kb.document import FrontMatter
from kb.parsing import ParsedCase, parse_bytes
from kb.problems import Severity, render_problem
from kb.settings import Settings
from kb.thesaurus import Concept, read_thesaurus
from kb.vocabulary import LANGUAGES, Term

FIRST_TWELVE = {
    "trust-samhandling",
    "lokta",
    "plo-i-12k",
    "trygghetsnett",
    "kompetansehjulet-i-follo",
    "palliasjon-i-rogaland",
    "etisk-refleksjon-larvik",
    "bodo-langtidsfrisk",
    "molde-forhandlingsturnus",
    "molde-oljeturnus",
    "grue-arbeidslag",
    "halden-spesialundervisning",
}
FROM_KS_2006 = ("Søgne", "Vega", "Løten", "Lavangen", "Kvinesdal", "Levanger", "Kvinnherad", "Halden", "Bømlo", "Lier")
PROGRAMMES = {
    "flink-med-folk",
    "kvalitetskommuneprogrammet",
    "effektiviseringsnettverkene",
    "samarbeid-om-etisk-kompetanseheving",
    "3-2-1-sammen-for-et-godt-arbeidsmiljo",
    "rett-person-pa-rett-plass",
    "ufrivillig-deltid",
    "saman-om-ein-betre-kommune",
}
SLUG = re.compile(r"[a-z0-9-]{3,80}")


@pytest.fixture(scope="module")
def collection() -> list[ParsedCase]:
    paths: list[Path] = sorted((Settings().content_dir / "cases").glob("*.md"))
    return [parse_bytes(path.read_bytes(), str(path)) for path in paths]


@pytest.fixture(scope="module")
def fronts(collection: list[ParsedCase]) -> list[FrontMatter]:
    return [case.document.front for case in collection]


@pytest.fixture(scope="module")
def terms(reference: Reference) -> list[tuple[str, Term]]:
    return [(name, term) for name, found in reference.vocabularies.terms.items() for term in found.values()]


@pytest.fixture(scope="module")
def thesaurus() -> dict[str, Concept]:
    return read_thesaurus(Settings().content_dir)


def test_no_case_has_an_error_or_a_warning(collection: list[ParsedCase], reference: Reference) -> None:
    # Ids unique, related cases there, vocabulary ids known, quotes in the body, lines inside their source.
    problems = check_cases(collection, Reference(reference.vocabularies, reference.register))
    assert [render_problem(p) for p in problems if p.severity != Severity.HINT] == []


def test_the_collection_is_as_large_as_the_sources_tell_of(
    fronts: list[FrontMatter], collection: list[ParsedCase]
) -> None:
    words = [len(case.document.body.split()) for case in collection]
    assert len(fronts) >= 115
    assert sum(count >= 250 for count in words) >= 75
    assert {front.id for front in fronts} >= FIRST_TWELVE


def test_every_municipality_and_programme_that_was_asked_for_has_a_case(
    fronts: list[FrontMatter], reference: Reference
) -> None:
    by_ks = {name for f in fronts if any(s.document == "ks-2006" for s in f.sources) for name in f.municipalities}
    assert set(FROM_KS_2006) <= by_ks
    told = {front.programme for front in fronts if front.programme}
    wider = {reference.vocabularies.terms["programmes"][programme].broader for programme in told}
    assert told | wider >= PROGRAMMES


def test_cases_are_written_in_the_languages_of_those_who_tell_them(fronts: list[FrontMatter]) -> None:
    languages = Counter(front.language for front in fronts)
    assert languages["nb"] > languages["sv"] > 0
    assert languages["nn"] >= 5
    nynorsk = {name for front in fronts if front.language == "nn" for name in front.municipalities}
    assert {"Bømlo", "Kvinnherad", "Odda"} <= nynorsk


def test_halden_has_its_figures(fronts: list[FrontMatter]) -> None:
    (halden,) = [front for front in fronts if front.id == "halden-spesialundervisning"]
    measured = [(o.before.value, o.after.value) for o in halden.outcomes if o.before and o.after]
    assert (8, 5.2) in measured


def test_every_claim_can_be_traced_to_a_place_in_a_source(collection: list[ParsedCase]) -> None:
    for case in collection:
        assert all(reference.lines or reference.locator for reference in case.document.front.sources), case.path


def test_a_collection_of_only_good_outcomes_fails(
    fronts: list[FrontMatter], capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = [outcome for front in fronts for outcome in front.outcomes]
    directions, evidence = (Counter(getattr(o, key) for o in outcomes) for key in ("direction", "evidence"))
    with capsys.disabled():
        print(f"\n{len(fronts)} cases, {len(outcomes)} outcomes")  # noqa: T201
        for name, counts in (("direction", directions), ("evidence", evidence)):
            shares = ", ".join(f"{word} {count / counts.total():.0%}" for word, count in counts.most_common())
            print(f"  {name}: {shares}")  # noqa: T201
    assert directions["better"] < 0.7 * directions.total()
    for direction in ("worse", "mixed", "unchanged", "unknown"):
        assert directions[direction] > 0, direction


def test_no_case_shows_a_person_to_the_world(collection: list[ParsedCase]) -> None:
    named = [c.path for c in collection for contact in c.document.front.contacts if contact.name or contact.email]
    assert named == []


def test_every_term_has_an_id_five_labels_and_a_definition(terms: list[tuple[str, Term]]) -> None:
    for vocabulary, term in terms:
        assert SLUG.fullmatch(term.id), (vocabulary, term.id)
        assert all(term.label[language].strip() for language in LANGUAGES), (vocabulary, term.id)
        assert len(term.definition) > 20, (vocabulary, term.id)


def test_every_use_of_a_term_lies_inside_its_source(terms: list[tuple[str, Term]], reference: Reference) -> None:
    for vocabulary, term in terms:
        for use in term.more.get("uses") or []:
            limit = reference.vocabularies.sources[use["document"]].line_count
            numbers = [int(number) for number in re.findall(r"\d+", str(use["lines"]))]
            assert limit is not None
            assert numbers and 0 < min(numbers) <= max(numbers) <= limit, (vocabulary, term.id, use)


@pytest.mark.parametrize(("vocabulary", "least"), [("factors", 30), ("measures", 60), ("themes", 35), ("sectors", 30)])
def test_the_vocabularies_are_wide_enough(reference: Reference, vocabulary: str, least: int) -> None:
    assert len(reference.vocabularies.terms[vocabulary]) >= least


def test_factors_say_when_to_use_them_and_when_not(reference: Reference) -> None:
    factors = reference.vocabularies.terms["factors"]
    for factor in factors.values():
        assert all(factor.more.get(key) for key in ("use_when", "not_when", "example")), factor.id
    assert factors["ildsjel"].more["warning"]
    assert factors["politisk-forankring"].broader == "forankring"


def test_the_thesaurus_covers_municipal_practice_in_five_languages(thesaurus: dict[str, Concept]) -> None:
    assert len(thesaurus) >= 1500
    for concept in thesaurus.values():
        assert SLUG.fullmatch(concept.id)
        for language in LANGUAGES:
            words = concept.words[language]
            assert words and all(word.strip() for word in words), (concept.id, language)
            assert len(set(words)) == len(words), (concept.id, language)


def test_the_thesaurus_knows_everyday_words_official_words_and_abbreviations(thesaurus: dict[str, Concept]) -> None:
    words = {word.casefold() for concept in thesaurus.values() for listed in concept.words.values() for word in listed}
    assert {"sykefravær", "sjukefråvær", "sjukfrånvaro", "sygefravær", "sick leave"} <= words
    assert {"plo", "nav", "sfo", "bpa", "kostra", "iplos", "rop"} <= words


def test_no_concept_is_broader_than_itself(thesaurus: dict[str, Concept]) -> None:
    for concept in thesaurus.values():
        seen, above = set(), set(concept.broader)
        while above:
            assert concept.id not in above, concept.id
            seen |= above
            above = {up for one in above for up in thesaurus[one].broader} - seen


def test_the_five_sources_are_described(reference: Reference) -> None:
    sources = reference.vocabularies.sources
    assert set(sources) == {"ks-2006", "rka-2006", "fafo-2013", "kvalitetskommuner-2006", "nibr-2009"}
    assert all(source.title and source.year and source.line_count for source in sources.values())
    assert sources["fafo-2013"].isbn
