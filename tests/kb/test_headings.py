import pytest

from kb.headings import SECTIONS, find_section_kind, suggest_heading


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Bakgrunn", "background"),
        ("BAKGRUNN:", "background"),
        ("1. Bakgrunn", "background"),
        ("Bakgrund", "background"),
        ("Slik gjorde vi det", "measures"),
        ("Slik gjorde dei det", "measures"),
        ("Åtgärder", "measures"),
        ("Tiltag", "measures"),
        ("Forankring og organisering", "anchoring"),
        ("Hva fremmet?", "success-factors"),
        ("Framgångsfaktorer", "success-factors"),
        ("Hva hemmet", "obstacles"),
        ("Hinder", "obstacles"),
        ("Hva ble oppnådd", "results"),
        ("Lærdommar", "learning"),
        ("Hva ville vi gjort annerledes?", "learning"),
        ("Vidareføring", "continuation"),
        ("Før du kopierer", "before-you-copy"),
        ("Innan ni kopierar", "before-you-copy"),
        ("What we did", "measures"),
        ("Goals", "goals"),
        ("Formål", "purpose"),
    ],
)
def test_headings_are_known_in_five_languages_and_many_spellings(heading: str, kind: str) -> None:
    assert find_section_kind(heading) == kind


def test_a_heading_means_one_kind_of_section_only() -> None:
    headings = [heading for spellings in SECTIONS.values() for heading in set(spellings)]
    assert len(headings) == len(set(headings))


def test_a_heading_of_ones_own_is_not_forced_into_a_kind() -> None:
    assert find_section_kind("Vær og vind") is None
    assert "known headings" in suggest_heading("Vær og vind")
    assert "Hindringer" in suggest_heading("Hindringene")
