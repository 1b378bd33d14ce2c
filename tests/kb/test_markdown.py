import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.markdown import find_html, list_blocks, render_html, render_plain


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=x>b</b>",
        "<svg/onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHN2Zz4=)",
        "[x](vbscript:x)",
        "<javascript:alert(1)>",
        "![x](https://other.example/x.png)",
        "![x](javascript:alert(1))",
        "<iframe src=//x.example>",
        '[x](https://a.example "t\\" onclick=x")',
        "<!-- -->",
        "&lt;script&gt;",
    ],
)
def test_nothing_in_a_text_becomes_markup_that_runs_or_fetches(text: str) -> None:
    html = render_html(text).lower()
    for dangerous in (
        "<script",
        "<img",
        "<svg",
        "<iframe",
        "<b ",
        'href="javascript',
        'href="data',
        'href="vbscript',
        "<!--",
    ):
        assert dangerous not in html
    assert '" onclick' not in html


def test_links_say_that_they_lead_outside() -> None:
    assert 'rel="nofollow noopener noreferrer"' in render_html("[KS](https://www.ks.no)")


def test_headings_in_a_section_are_below_those_of_the_page() -> None:
    assert render_html("# En\n\n### Tre\n\n##### Fem") == "<h3>En</h3>\n<h3>Tre</h3>\n<h5>Fem</h5>\n"


def test_blocks_stand_where_they_say_whatever_the_line_ends() -> None:
    text = "# Å\r\n\r\nEn\r\nto.\r\n\r\n- a\r\n- b\r\n"
    blocks = list_blocks(text)
    assert [(b.kind, text[b.start : b.end]) for b in blocks] == [
        ("heading", "# Å"),
        ("paragraph", "En\r\nto."),
        ("bullet_list", "- a\r\n- b"),
    ]
    assert (blocks[0].level, blocks[0].content, [b.line for b in blocks]) == (1, "Å", [0, 2, 5])


@given(st.text())
def test_blocks_never_overlap_and_lie_inside_the_text(text: str) -> None:
    end = 0
    for block in list_blocks(text):
        assert end <= block.start <= block.end <= len(text)
        end = block.end


def test_plain_words_have_no_marks_left() -> None:
    assert (
        render_plain("- **Et råd.** I *rådet*\n  sitter `folk`\n- [KS](https://ks.no)\n\n> sitat")
        == "Et råd. I rådet sitter folk KS sitat"
    )


def test_html_is_found_at_its_line_and_not_in_code() -> None:
    assert find_html("a\n\nb <i>c</i>\n") == 2
    assert find_html("`<i>`\n\n    <b>\n\n<https://ks.no>\n") is None


def test_a_table_stands_in_a_frame_that_scrolls() -> None:
    html = render_html("| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert html.startswith('<div class="frame" tabindex="0">\n<table>')
    assert html.endswith("</table>\n</div>\n")
