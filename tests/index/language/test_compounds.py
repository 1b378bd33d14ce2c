import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.analysis import read_words
from index.language.compounds import split_compound
from index.language.folding import fold_word
from index.language.lexicon import LANGUAGES, WHOLE, find_base, get_lexicon
from kb.settings import Settings
from kb.thesaurus import read_thesaurus

LEADING = sorted(get_lexicon().leading)
CLOSING = sorted(set.union(*(set(get_lexicon().bases[language]) for language in LANGUAGES)))


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("brukertilfredshet", "bruker tilfredshet"),
        ("pårørendestøtte", "pårørende støtte"),
        ("sykefraværsoppfølging", "sykefravær oppfølging"),
        ("hjemmetjeneste", "hjem tjeneste"),
        ("heimetenestene", "heim teneste"),
        ("eldreomsorg", "eldre omsorg"),
        ("äldreomsorg", "äldre omsorg"),
        ("ældrepleje", "ældre pleje"),
        ("arbeidstidsordning", "arbeidstid ordning"),
        ("personalansvar", "personal ansvar"),
        ("barnehageplass", "barnehage plass"),
        ("kommunesammenslåing", "kommune sammenslåing"),
        ("sjukfrånvaro", "sjuk frånvaro"),
        ("arbetsmiljöarbete", "arbetsmiljö arbete"),
        ("medarbejdersamtale", "medarbejder samtale"),
        ("lederutvikling", "leder utvikling"),
        ("sykehjemmene", "syk hjem"),
        ("trafikkontroll", "trafikk kontroll"),
        ("busstopp", "buss stopp"),
        ("arbeidsstøy", "arbeid støy"),
        ("delprosjektdeltakerne", "del prosjekt deltaker"),
        ("fastlegene", "fast lege"),
    ],
)
def test_a_compound_is_taken_apart(compound: str, parts: str) -> None:
    assert split_compound(fold_word(compound)) == tuple(map(fold_word, parts.split()))


@pytest.mark.parametrize(
    "word",
    """kommune virksomhet tilbud resultat forankring personale sentral barnehage barnehagene brukerne politikerne veileder
    regnskap samarbeid samtale deltaker måltid verksted nettverk frivillig faglege daglege tilgjengelege kontoret navnet
    adressering lagring arbeidstøy flytande førslag förslag förening nærvær tryggleik undersøke gravide planlegge management
    workplace volda strømstad storfjord""".split(),
)
def test_what_only_looks_like_a_compound_stays_whole(word: str) -> None:
    assert split_compound(fold_word(word)) == ()


@given(
    st.text(alphabet="abdefghijklmnoprstuvyæøå", max_size=40)
    | st.tuples(st.sampled_from(LEADING), st.sampled_from(CLOSING)).map("".join)
)
def test_parts_with_their_links_and_endings_join_to_the_word(word: str) -> None:
    parts = split_compound(word)
    assert len(parts) != 1 and len(parts) <= 4
    assert not parts or joins(parts, word) or joins(parts, find_base(word, *LANGUAGES) or ""), parts


def test_parts_join_to_the_word_for_every_word_of_the_real_collection() -> None:
    words = list_real_words()
    taken_apart = [word for word in words if split_compound(word)]
    assert len(words) > 20_000 and len(taken_apart) > 10_000
    apart = {word: (split_compound(word), find_base(word, *LANGUAGES) or word) for word in taken_apart}
    assert [word for word, (parts, base) in apart.items() if not joins(parts, word) and not joins(parts, base)] == []


def test_most_long_words_of_the_real_cases_are_taken_apart() -> None:
    content = Settings().content_dir
    texts = [path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in sorted(content.glob("cases/*.md"))]
    long = {
        word.folded for text in texts for word in read_words(text) if len(word.folded) >= 12 and word.folded.isalpha()
    }
    assert sum(bool(split_compound(word)) for word in long) / len(long) > 0.65


def test_every_form_of_a_word_is_taken_apart_alike() -> None:
    for ending in ("", "s", "n", "r", "ne", "nes"):
        assert split_compound("hjemmetjeneste" + ending) == ("hjem", "tjeneste")


@given(st.sampled_from(sorted(get_lexicon().bases[WHOLE])), st.sampled_from(("", "s")))
def test_what_is_never_taken_apart_is_not_taken_apart_in_the_genitive_either(word: str, ending: str) -> None:
    assert split_compound(word + ending) == ()


@given(st.text(alphabet="bilarå", min_size=61, max_size=200))
def test_what_is_too_long_for_a_word_is_left_alone(text: str) -> None:
    assert split_compound(text) == ()


def list_real_words() -> set[str]:
    content = Settings().content_dir
    texts = [path.read_text(encoding="utf-8") for path in sorted(content.glob("cases/*.md"))]
    texts += [
        name for concept in read_thesaurus(content).values() for names in concept.words.values() for name in names
    ]
    return {word.folded for text in texts for word in read_words(text)}


def joins(parts: tuple[str, ...], word: str) -> bool:
    """Tell whether the word is the parts in order: leading forms, then a form of the last part."""
    if len(parts) == 1:
        return find_base(word, *LANGUAGES) == parts[0]
    leading = get_lexicon().leading
    return any(
        joins(parts[1:], word[seam:])
        for end in range(3, len(word) - 2)
        if leading.get(word[:end]) == parts[0]
        for seam in ((end, end - 1) if re.search(r"(.)\1$", word[:end]) else (end,))
    )
