import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.language.folding import fold_word
from index.language.stemming import find_stem


@pytest.mark.parametrize(
    "forms",
    [
        "datasenter datasenteret datasentre datasentrene",
        "bruker brukere brukeren brukerne brukar brukarane",
        "sykehjem sykehjemmet sykehjemmene sjukeheim sjukeheimar",
        "leder ledere lederne leiar leiarane",
        "program programmet programmer programmene",
        "ansvar ansvaret",
        "aktivitet aktiviteten aktiviteter",
        "enhet enheten enheter enhetene eining einingar",
        "kommunal kommunale kommunalt",
        "intern interne internt",
        "viktig viktige viktigere",
        "eksempel eksempler eksemplene",
        "virkemiddel virkemidler virkemidlene",
        "voksen voksne vaksne",
        "rørlegger rørleggere rørleggerne",
        "mulighet muligheter moglegheiter",
        "tema temaet temaer",
        "hånd hånden hender hendene",
        "fastlege fastlegen fastleger fastlegene",
    ],
)
def test_the_forms_of_a_norwegian_word_have_one_stem(forms: str) -> None:
    assert len({find_stem(form, "nb") for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("sv", "brukare brukaren brukarna brukarnas"),
        ("sv", "skola skolan skolor skolorna"),
        ("sv", "möte mötet mötena"),
        ("sv", "människa människor"),
        ("da", "bruger brugere brugerne"),
        ("da", "tilskud tilskuddet tilskuddene"),
        ("da", "center centeret centret centre"),
        ("da", "barn barnet børn børnene"),
        ("en", "municipality municipalities"),
    ],
)
def test_the_forms_of_a_word_in_another_language_have_one_stem(language: str, forms: str) -> None:
    assert len({find_stem(fold_word(form), language) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bruker", "bruk"), ("ledig", "leder"), ("lager", "lag"), ("fastlege", "fast"), ("demens", "dem"),
        ("vikar", "vik"), ("volda", "vold"), ("billig", "bil"), ("kommunelov", "kommune"), ("mestre", "mest"),
    ],
)  # fmt: skip
def test_words_that_the_stemmer_would_confuse_stay_apart(one: str, other: str) -> None:
    assert find_stem(one, "nb") != find_stem(other, "nb")


def test_the_stem_of_a_compound_does_not_tell_what_links_its_parts() -> None:
    assert find_stem("prosjektsgruppe", "nb") == find_stem("prosjektgruppene", "nb")


@given(st.text(alphabet="abdefgiklmnoprstuvyæøå", min_size=1), st.sampled_from(("nb", "nn", "sv", "da", "en")))
def test_every_word_has_a_stem_in_folded_letters(word: str, language: str) -> None:
    stem = find_stem(word, language)
    assert stem and not set(stem) & set("äö")
