"""Queries as people type them, some with filters that the collection has."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

from index.evaluation.golden import read_golden
from index.facets import Filter, list_values
from kb.checks import Reference
from kb.document import FrontMatter
from tests.bench.donors import read_fronts

GOLDEN = Path(__file__).parent.parent / "relevance" / "golden.yaml"
FILTERED_BY = ("theme", "sector", "measure", "factor", "outcome", "evidence", "county", "period", "language", "status")


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """A text and what it is narrowed to; no filters for every second one."""

    text: str
    filters: tuple[Filter, ...] = ()


def make_queries(count: int, seed: int) -> list[BenchQuery]:
    """Make queries from the golden ones, in five languages; every second one has one or two filters.

    Both filters of a query hold for some real case, so that made cases can have both. Texts come again, with other
    filters, when there are more queries than golden ones.
    """
    random = Random(seed)
    texts = sorted({query.text for query in read_golden(GOLDEN)})
    random.shuffle(texts)
    fronts, reference = read_fronts()
    return [
        BenchQuery(texts[n % len(texts)], _choose_filters(random, random.choice(fronts), reference) if n % 2 else ())
        for n in range(count)
    ]


def _choose_filters(random: Random, front: FrontMatter, reference: Reference) -> tuple[Filter, ...]:
    values = list_values(front, reference)
    facets = [facet for facet in FILTERED_BY if values.get(facet)]
    chosen = random.sample(facets, random.choice((1, 1, 2)))
    return tuple((facet, random.choice(values[facet])) for facet in chosen)
