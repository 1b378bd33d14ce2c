from pathlib import Path

import pytest

from index.language.analysis import read_words
from index.language.stop_words import FOLDED_STOP_WORDS
from index.thesaurus_words import MOST_MEANINGS, ThesaurusWords, list_synonyms
from kb.settings import Settings
from kb.thesaurus import Concept, read_thesaurus
from kb.vocabulary import LANGUAGES


@pytest.fixture(scope="module")
def concepts() -> list[Concept]:
    return list(read_thesaurus(Settings().content_dir).values())


@pytest.fixture(scope="module")
def thesaurus(concepts: list[Concept]) -> ThesaurusWords:
    return ThesaurusWords.from_concepts(concepts)


def fold(text: str) -> list[str]:
    return [word.folded for word in read_words(text) if word.folded not in FOLDED_STOP_WORDS]


def test_every_word_of_the_thesaurus_leads_to_its_concept_or_is_too_vague(
    thesaurus: ThesaurusWords, concepts: list[Concept]
) -> None:
    for concept in concepts:
        for language, texts in concept.words.items():
            for text in texts:
                if 0 < len(fold(text)) <= 4:
                    length, found = thesaurus.find_longest(fold(text), [language])
                    assert length == len(fold(text)), text
                    assert {key: list(value) for key, value in concept.words.items()} in found or not found
                    assert len(found) <= MOST_MEANINGS


def test_the_longest_run_is_taken_and_what_is_not_known_gives_nothing(thesaurus: ThesaurusWords) -> None:
    length, [concept] = thesaurus.find_longest(["sickness", "absence", "in"], ["en"])
    assert (length, concept["nb"][0]) == (2, "sykefravær")
    assert thesaurus.find_longest(["abrakadabra"], LANGUAGES) == (0, [])
    assert thesaurus.find_longest([], LANGUAGES) == (0, [])


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("hvordan få ned sykefraværet", "nb"),
        ("korleis få ned sjukefråværet", "nn"),
        ("hur minskar vi sjukfrånvaron", "sv"),
        ("hvad virker mod sygefravær", "da"),
        ("how to reduce sickness absence", "en"),
    ],
)
def test_the_language_of_a_query_is_among_those_guessed(thesaurus: ThesaurusWords, query: str, language: str) -> None:
    guessed = thesaurus.guess_languages(query)
    assert language in guessed
    assert ("en" in guessed) == (language == "en")


def test_synonyms_are_each_there_once_and_without_the_readers_own_word(thesaurus: ThesaurusWords) -> None:
    _, found = thesaurus.find_longest(["sykefravær"], ["nb"])
    synonyms = list_synonyms(found, "sykefravær")
    texts = [synonym.text.lower() for synonym in synonyms]
    assert "sykefravær" not in texts
    assert len(set(texts)) == len(texts)
    assert {synonym.language for synonym in synonyms} == set(LANGUAGES)


def test_what_was_written_is_read_back(thesaurus: ThesaurusWords, tmp_path: Path) -> None:
    thesaurus.write(tmp_path)
    read = ThesaurusWords.read(tmp_path)
    assert (read._concepts, read._stems) == (thesaurus._concepts, thesaurus._stems)
    assert read.knows("sickness")
    assert not read.knows("abrakadabra")
