from kb.checks import Reference
from web.likeness import MOST, list_shared


def test_broader_terms_and_factors_without_polarity_give_way_to_what_says_more(reference: Reference) -> None:
    factors = reference.vocabularies.terms["factors"]
    narrow = next(term for term in factors.values() if term.broader)
    shared = {"factor": [f"{narrow.id}:promoted", narrow.id, f"{narrow.broader}:promoted", str(narrow.broader)]}
    found = list(list_shared(shared, reference.vocabularies))
    assert [(one.value, one.label) for one in found] == [(f"{narrow.id}:promoted", narrow.label["nb"])]


def test_a_factor_that_helped_one_and_hindered_the_other_is_told_without_polarity(reference: Reference) -> None:
    (found,) = list_shared({"factor": ["ledelse"]}, reference.vocabularies)
    assert (found.value, found.label) == ("ledelse", "Ledelse")


def test_no_more_is_told_than_can_be_taken_in_and_unknown_terms_are_told_as_they_are(reference: Reference) -> None:
    found = list(list_shared({"theme": [f"t{i}" for i in range(9)]}, reference.vocabularies))
    assert [one.label for one in found] == [f"t{i}" for i in range(MOST)]
    assert list(list_shared({}, reference.vocabularies)) == []
