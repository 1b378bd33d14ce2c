import string

from hypothesis import given
from hypothesis import strategies as st

from kb.document import Contact, FrontMatter, Goal, MeasureTaken, Outcome, Period
from kb.parsing import parse_document
from kb.rendering import render_document

words = (
    st.text(
        st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp", "Cn"], blacklist_characters="\ufeff\ufffe\uffff"),
        min_size=1,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
slugs = st.text(string.ascii_lowercase + string.digits + "-", min_size=3, max_size=80)
dates = st.one_of(st.integers(1950, 2090).map(str), st.dates().map(str).filter(lambda day: "1950" < day < "2090"))
numbers = st.one_of(st.integers(-(10**6), 10**6), st.decimals(-1000, 1000, places=2).map(float))
measurements = st.fixed_dictionaries({"value": st.one_of(numbers, words)}, optional={"date": dates})

goals = st.builds(
    Goal,
    text=words,
    indicator=st.none() | words,
    baseline=st.none() | measurements,
    attainment=st.sampled_from(["met", "partly", "not", "unknown"]),
)
outcomes = st.builds(
    Outcome,
    text=words,
    kind=st.sampled_from(["users", "staff", "economy"]),
    direction=st.sampled_from(["better", "mixed", "unknown"]),
    evidence=st.sampled_from(["claim", "measured"]),
    said_by=st.lists(st.sampled_from(["staff", "users"]), max_size=2),
    before=st.none() | measurements,
)
fronts = st.builds(
    FrontMatter,
    id=slugs,
    title=words.filter(lambda text: len(text) <= 160),
    language=st.sampled_from(["nb", "nn", "sv", "da", "en", "se"]),
    summary=words,
    municipalities=st.lists(words),
    period=st.builds(Period, start=dates, to=st.none() | dates),
    sector=st.lists(slugs),
    themes=st.lists(slugs),
    measures=st.lists(st.builds(MeasureTaken, measure=slugs, text=st.none() | words)),
    goals=st.lists(goals, max_size=2),
    outcomes=st.lists(outcomes, max_size=2),
    contacts=st.lists(st.builds(Contact, role=words, name=st.none() | words), max_size=1),
    anonymous=st.booleans(),
)


@given(fronts)
def test_reading_what_was_rendered_gives_the_same_front_matter(front: FrontMatter) -> None:
    assert parse_document(render_document(front, [])).document.front == front


def test_the_sections_come_back_as_they_were() -> None:
    text = render_document(
        FrontMatter(id="abc"), [("Bakgrunn", "Ei lita soge.\n\n- og ei liste"), ("Resultater", "Bra.")]
    )
    document = parse_document(text).document
    found = [(s.kind, s.heading, text[s.start : s.end]) for s in document.sections]
    assert found == [("background", "Bakgrunn", "Ei lita soge.\n\n- og ei liste"), ("results", "Resultater", "Bra.")]
