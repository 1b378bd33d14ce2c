from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from index.facets import FACETS, parse_filter
from web.addresses import SearchAddress

filters = st.tuples(st.sampled_from(FACETS), st.text(min_size=1, max_size=20))
addresses = st.builds(
    SearchAddress, st.text(max_size=40), st.lists(filters, unique=True).map(tuple), st.booleans(), st.integers(0, 500)
)


@given(address=addresses)
def test_an_address_says_all_that_is_asked(address: SearchAddress) -> None:
    said = parse_qs(urlsplit(str(address)).query, keep_blank_values=True)
    assert said.get("q", [""]) == [address.query]
    assert tuple(map(parse_filter, said.get("f", []))) == address.filters
    assert (said.get("balanced") == ["1"]) == address.balanced
    assert int(said.get("offset", ["0"])[0]) == address.offset


@given(address=addresses, chosen=filters)
def test_what_is_added_can_be_removed_again_and_every_choice_starts_at_the_first_case(
    address: SearchAddress, chosen: tuple[str, str]
) -> None:
    first = address.move(0)
    if chosen not in address.filters:
        assert address.add(chosen).remove(chosen) == first
    assert address.switch_balance().switch_balance() == first
    assert address.clear().filters == ()
    assert address.ask(address.query) == first


def test_the_start_page_has_the_plain_address() -> None:
    assert str(SearchAddress()) == "/"
