import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.excerpt import cut_excerpt
from index.marking import WINDOW
from index.results import MarkedWord
from index.searcher import open_searcher
from kb.markdown import render_plain
from kb.settings import Settings


def mark(text: str, *words: str) -> list[MarkedWord]:
    return [MarkedWord(start=text.index(word), end=text.index(word) + len(word), why="word") for word in words]


@pytest.mark.parametrize(
    ("passage", "words", "pieces"),
    [
        ("Det **falt** mye", ("falt",), (("Det ", ""), ("falt", "word"), (" mye", ""))),
        ("- Fravær\n- Nærvær", ("Nærvær",), (("Fravær ", ""), ("Nærvær", "word"))),
        ("Se [rapporten](https://x.no/fravær) her", ("fravær", "her"), (("Se rapporten ", ""), ("her", "word"))),
        (
            "_Turnus_ i `koden` <b>",
            ("Turnus", "koden"),
            (("Turnus", "word"), (" i ", ""), ("koden", "word"), (" <b>", "")),
        ),
        ("Uten noe", (), (("Uten noe", ""),)),
        ("", (), ()),
    ],
)
def test_marks_stay_at_their_words_when_markdown_goes(
    passage: str, words: tuple[str, ...], pieces: tuple[tuple[str, str], ...]
) -> None:
    assert cut_excerpt(passage, mark(passage, *words)).pieces == pieces


@given(text=st.text(alphabet=st.sampled_from("ab æ*_`[]()<>&#-1.\n\ue000\ue00f"), max_size=80), data=st.data())
def test_the_pieces_are_the_plain_text_whatever_is_marked(text: str, data: st.DataObject) -> None:
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    marks = [MarkedWord(start=a, end=b, why="synonym") for a, b in zip(ends[::2], ends[1::2], strict=False)]
    shown = "".join(piece for piece, _ in cut_excerpt(text, marks).pieces)
    assert not set(shown) & set("\ue000\ue00f")
    if not marks:
        assert shown == render_plain(text.replace("\ue000", " ").replace("\ue00f", " "))


def test_a_long_passage_is_cut_around_its_marks_and_says_so() -> None:
    passage = "Noe helt annet står her. " * 40 + "Fraværet gikk ned. " + "Mer av det andre. " * 40
    excerpt = cut_excerpt(passage, mark(passage, "Fraværet"))
    assert ("Fraværet", "word") in excerpt.pieces
    assert (excerpt.cut_before, excerpt.cut_after) == (True, True)
    assert len("".join(piece for piece, _ in excerpt.pieces)) <= WINDOW


def test_what_is_marked_in_real_hits_is_what_was_found(library: Settings) -> None:
    for hit in open_searcher(library).search("turnus og sykefravær i hjemmetjenesten", limit=30).hits:
        marked = [hit.passage[one.start : one.end] for one in hit.marks]
        shown = [piece for piece, why in cut_excerpt(hit.passage, hit.marks, longest=10_000).pieces if why]
        assert shown == marked, hit.case
