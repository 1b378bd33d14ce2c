"""The collection that is shipped: every document is right, and says where it has its claims from."""

from collections import Counter
from pathlib import Path

import pytest

from kb.checks import Reference, check_cases
from kb.parsing import ParsedCase, parse_bytes
from kb.problems import Severity, render_problem
from kb.settings import Settings

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


@pytest.fixture(scope="module")
def collection() -> list[ParsedCase]:
    paths: list[Path] = sorted((Settings().content_dir / "cases").glob("*.md"))
    return [parse_bytes(path.read_bytes(), str(path)) for path in paths]


def test_no_case_has_an_error_or_a_warning(collection: list[ParsedCase], reference: Reference) -> None:
    problems = check_cases(collection, reference)
    assert [render_problem(p) for p in problems if p.severity != Severity.HINT] == []


def test_the_first_twelve_are_there(collection: list[ParsedCase]) -> None:
    assert {case.document.front.id for case in collection} >= FIRST_TWELVE


def test_every_claim_can_be_traced_to_a_place_in_a_source(collection: list[ParsedCase]) -> None:
    for case in collection:
        assert all(reference.lines or reference.locator for reference in case.document.front.sources), case.path


def test_mixed_and_unknown_results_are_kept_beside_good_ones(collection: list[ParsedCase]) -> None:
    directions = Counter(outcome.direction for case in collection for outcome in case.document.front.outcomes)
    assert directions["better"] < 0.8 * directions.total()
    assert min(directions[direction] for direction in ("mixed", "worse", "unknown")) > 0


def test_no_case_shows_a_person_to_the_world(collection: list[ParsedCase]) -> None:
    named = [c.path for c in collection for contact in c.document.front.contacts if contact.name or contact.email]
    assert named == []
