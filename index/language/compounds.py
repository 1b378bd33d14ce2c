"""Nordic compounds taken apart with constituent lists of our own: brukertilfredshet is bruker and tilfredshet.

All parts must be known and the fewest parts win; what the lists cannot vouch for stays whole, since a wrong split finds
cases that have nothing to do with the query.
"""

from functools import lru_cache

from index.language.folding import CACHE_SIZE
from index.language.lexicon import LANGUAGES, SHORTEST_PART, WHOLE, find_base, get_lexicon

MOST_PARTS = 4
LONGEST_WORD = 60


@lru_cache(CACHE_SIZE)
def split_compound(folded: str) -> tuple[str, ...]:
    """List the parts of a folded compound as base words, in their order; empty when it is none or in doubt."""
    if not 2 * SHORTEST_PART <= len(folded) <= LONGEST_WORD or find_base(folded, WHOLE):
        return ()
    # A form of a known word is that word, whatever its ending looks like: brukerne is no bru·kerne.
    return _find_parts(find_base(folded, *LANGUAGES) or folded, 0, MOST_PARTS) or ()


def _find_parts(word: str, start: int, most: int) -> tuple[str, ...] | None:
    """Find the fewest parts from a place on; among equally many, those that begin the next part soonest."""
    if start and (base := find_base(word[start:], *LANGUAGES)):
        return (base,)
    best: tuple[str, ...] | None = None
    for seam, base in _list_leading(word, start) if most > 1 else ():
        rest = _find_parts(word, seam, most - 1)
        if rest and (best is None or len(rest) + 1 < len(best)):
            best = (base, *rest)
            most = len(rest)
    return best


def _list_leading(word: str, start: int) -> list[tuple[int, str]]:
    """List the words that may lead from a place on, each after the place where the next part would begin.

    Of three equal letters two are written, so a part may begin with the last letter of the one before: trafikkontroll.
    """
    leading = get_lexicon().leading
    found: list[tuple[int, int, str]] = []
    for end in range(start + SHORTEST_PART, len(word) - SHORTEST_PART + 2):
        if base := leading.get(word[start:end]):
            if word[end - 1] == word[end - 2] != word[end]:
                found.append((end - 1, -end, base))
            found.append((end, -end, base))
    return [(seam, base) for seam, _, base in sorted(found)]
