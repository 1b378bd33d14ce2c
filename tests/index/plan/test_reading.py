import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.analysis import read_words
from index.plan.reading import Reading, read_name, read_phrase
from tests.index.plan.plans import ALL


def has(text: str, words: str, language: str = "nb") -> bool:
    return bool(Reading(text).find_phrase(read_phrase(words, language)))


def names(text: str, name: str, language: str = "nb") -> bool:
    phrase = read_name(name, language)
    assert phrase is not None
    return bool(Reading(text).find_phrase(phrase))


def test_a_phrase_is_found_in_any_of_its_forms_and_only_in_a_row() -> None:
    assert has("Planen følges opp hvert år.", "følge opp")
    assert not has("Vi følger med, og opp går det.", "følge opp")
    assert not has("Vi følger.\n\nOpp skal det.", "følge opp")


def test_the_very_words_can_be_asked_for_where_stems_would_mix_things_up() -> None:
    assert has("De vil dele erfaringer.", "=dele")
    assert has("Den andre delen.", "dele")
    assert not has("Den andre delen.", "=dele")


def test_a_name_is_found_across_function_words_but_not_as_the_first_part_of_a_compound() -> None:
    assert names("Oppfølging av de som er sykmeldte.", "oppfølging av sykmeldte")
    assert names("Ledermøtet tar det opp.", "møte")
    assert not names("Ledermøtet tar det opp.", "leder")
    assert read_name("og av til", "nb") is None


def test_nynorsk_swedish_danish_and_english_words_are_found_in_their_own_texts() -> None:
    assert names("Vi lagar refleksjonsgrupper.", "refleksjonsgruppe", "nn")
    assert names("Vi startar reflektionsgrupper.", "reflektionsgrupp", "sv")
    assert names("Vi opretter refleksionsgrupper.", "refleksionsgruppe", "da")
    assert names("We set up reflection groups.", "reflection group", "en")


def test_only_the_stretches_asked_for_are_read() -> None:
    text = "## Evaluering\n\nVi spør etterpå."
    reading = Reading(text, [(15, len(text))])
    assert not reading.find_phrase(read_phrase("evaluering", "nb"))
    assert [text[start:end] for start, end in reading.sentences] == ["Vi spør etterpå."]


def test_words_of_two_statements_in_one_sentence_are_far_apart() -> None:
    reading = Reading("Alle får vite det, og lederne samarbeider om resten.")
    (first,), (second,) = (reading.find_phrase(read_phrase(word, "nb")) for word in ("vite", "leder"))
    assert second - first > 50
    assert reading.sentence_at[first] == reading.sentence_at[second]


def test_a_phrase_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match=r"\?"):
        read_phrase("?", "nb")


@given(st.one_of(st.text(max_size=200), st.sampled_from(ALL)))
def test_sentences_lie_in_order_and_hold_every_word(text: str) -> None:
    reading = Reading(text)
    edges = [0, *(edge for span in reading.sentences for edge in span), len(text)]
    assert edges == sorted(edges)
    assert len(reading.sentence_at) == len(read_words(text))
    between = [text[end:start] for end, start in zip(edges[::2], edges[1::2], strict=True)]
    assert not any(read_words(gap) for gap in between)
