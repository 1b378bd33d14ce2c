from pathlib import Path

import pytest

from index.plan.mentions import Mentions
from index.plan.reading import Reading
from index.plan.sections import MAX_CHARACTERS, list_stretches, parse_plan
from kb.checks import Reference
from kb.document import CaseDocument
from kb.vocabulary import Vocabularies, read_entries
from tests.index.plan.labelled import LABELLED

GOLDEN = Path(__file__).parents[2] / "relevance" / "golden.yaml"


def list_mentioned(mentions: Mentions, text: str, vocabulary: str) -> set[str]:
    reading = Reading(text, list_stretches(text, parse_plan(text)))
    return {term for name, term in mentions.list_mentioned(reading) if name == vocabulary}


@pytest.mark.parametrize(
    ("text", "vocabulary", "term"),
    [
        ("Vi innfører ønsketurnus på alle avdelinger.", "measures", "onsketurnus"),
        ("Det skal lages en oppfølging av de sykmeldte.", "measures", "sykefravaersoppfolging"),
        ("Kvar avdeling får ei refleksjonsgruppe.", "measures", "refleksjonsgrupper"),
        ("Vi inför arbetsrotation.", "measures", "jobbrotasjon"),
        ("Der gennemføres en brugerundersøgelse.", "measures", "brukerundersokelse"),
        ("Staff will try job rotation.", "measures", "jobbrotasjon"),
        ("Kommunestyret har vedtatt planen.", "factors", "politisk-forankring"),
        ("Fackliga företrädare är med från början.", "factors", "tillitsvalgtinvolvering"),
        ("Fraværet skal reduseres til 7 prosent.", "factors", "etterprovbare-mal"),
        ("Sikre et samarbeid med sjukehuset om de som skrives ut.", "measures", "samhandling-med-sykehus"),
    ],
)
def test_a_measure_or_factor_is_seen_by_its_name_and_by_how_plans_put_it(
    mentions: Mentions, text: str, vocabulary: str, term: str
) -> None:
    assert term in list_mentioned(mentions, text, vocabulary)


def test_a_sentence_near_in_meaning_to_the_definition_mentions_the_term(mentions: Mentions) -> None:
    text = "En vikar arbeider ved siden av den som er delvis sykmeldt eller står i fare for å bli det."
    assert "tilrettelegging-for-ansatte" in list_mentioned(mentions, text, "measures")


@pytest.mark.parametrize(
    ("text", "vocabulary", "term"),
    [
        ("Vi samarbeider med frivillige lag.", "factors", "frivillighet"),
        ("Det er over all forventning hver eneste tid på døgnet.", "factors", "tid"),
        ("Det enkelte sykehjem avgjør.", "factors", "enkelhet"),
        ("Deltakerne leder møtene.", "measures", "lederutvikling"),
        ("Alle får vite om planen, og brukerne samarbeider om maten.", "measures", "medarbeidermedvirkning"),
    ],
)
def test_words_that_only_look_like_the_name_mention_nothing(
    mentions: Mentions, text: str, vocabulary: str, term: str
) -> None:
    assert term not in list_mentioned(mentions, text, vocabulary)


def test_mentioning_a_term_mentions_what_is_broader(mentions: Mentions) -> None:
    assert {"e-laering", "kurs-og-opplaering", "kompetanseheving"} <= list_mentioned(
        mentions, "Vi bruker e-læring.", "measures"
    )
    assert mentions.list_broader(("measures", "e-laering")) == [
        ("measures", "kurs-og-opplaering"),
        ("measures", "kompetanseheving"),
    ]
    assert mentions.list_broader(("measures", "finnes-ikke")) == []


def test_every_term_is_mentioned_by_its_own_label_in_any_language(reference: Reference, mentions: Mentions) -> None:
    vocabularies: Vocabularies = reference.vocabularies
    weak = {"tid", "enkelhet"}
    for vocabulary in ("measures", "factors"):
        for term in vocabularies.terms[vocabulary].values():
            for language in ("nb", "sv", "en"):
                found = mentions.list_mentioned(Reading(f"Planen nevner {term.label[language]}."))
                assert (vocabulary, term.id) in found or term.id in weak, (term.id, language)


def _count(mentions: Mentions, vocabulary: str, vocabularies: Vocabularies) -> tuple[int, int, int]:
    """Right, wrong and overlooked mentions in the long texts of the golden queries."""
    texts = {str(entry["id"]): str(entry["query"]) for entry in read_entries(GOLDEN, "singles")}
    right = wrong = overlooked = 0
    for text_id, labels in LABELLED.items():
        certain = set(labels[vocabulary].split())
        arguable = {key for key in labels["arguable"].split() if key in vocabularies.terms[vocabulary]} | certain
        arguable |= {above for key in arguable for _, above in mentions.list_broader((vocabulary, key))}
        found = list_mentioned(mentions, texts[text_id], vocabulary)
        right += len(found & certain)
        wrong += len(found - arguable)
        overlooked += len(certain - found)
    return right, wrong, overlooked


@pytest.mark.parametrize(("vocabulary", "precision", "recall"), [("measures", 0.75, 0.9), ("factors", 0.65, 0.9)])
def test_most_of_what_real_plans_mention_is_seen_and_little_else(
    mentions: Mentions, reference: Reference, vocabulary: str, precision: float, recall: float
) -> None:
    right, wrong, overlooked = _count(mentions, vocabulary, reference.vocabularies)
    assert right / (right + wrong) >= precision
    assert right / (right + overlooked) >= recall


@pytest.mark.parametrize(("vocabulary", "recall"), [("measures", 0.62), ("factors", 0.5)])
def test_what_a_case_is_filed_under_is_mostly_seen_in_its_text(
    mentions: Mentions, library_documents: list[CaseDocument], vocabulary: str, recall: float
) -> None:
    filed = seen = 0
    for document in library_documents[::3]:
        front = document.front
        factors = {claim.factor for claim in front.factors if claim.polarity != "missing"}
        terms = {taken.measure for taken in front.measures} if vocabulary == "measures" else factors
        filed += len(terms)
        seen += len(terms & list_mentioned(mentions, document.body[:MAX_CHARACTERS], vocabulary))
    assert seen / filed >= recall
