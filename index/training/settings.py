"""Every number of the recipe, in one frozen dataclass."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SHARES: Mapping[str, float] = MappingProxyType(
    {
        "lovdata-sections": 0.5,
        "lovdata-titles": 1.0,
        "sfs-sections": 0.5,
        "riksdag-interpellations": 0.5,
        "nav-parallel": 4.0,
        "los": 5.0,
        "wordnet-lemmas": 2.0,
        "osm-labels": 0.5,
        "norquad": 4.0,
        "text-nb": 0.5,
        "text-sv": 0.5,
        "switched-nb": 1.0,
        "switched-sv": 1.0,
        "reports": 10.0,
        "concepts": 2.0,
        "labels": 5.0,
        "cases": 4.0,
        "written-nb": 8.0,
        "written-nn": 8.0,
        "written-sv": 8.0,
        "written-da": 8.0,
        "written-en": 8.0,
    }
)


@dataclass(frozen=True)
class Settings:
    """What the recipe does; two runs with equal settings and data give equal bytes."""

    version: int = 2
    """Raised when the code of a stage changes its result, so that kept stages are made again."""
    seed: int = 7
    """Start of every random choice."""
    held_out: Mapping[str, int] = field(
        default_factory=lambda: {"riksdag-interpellations": 5564, "interpellations": 5827}
    )
    """Rows at the end of a file that are never trained on (Riksdag sessions 2022/23 and 2023/24)."""
    text_pairs: int = 40_000
    """Most pairs of neighbouring sentences drawn from one text file."""
    report_repeats: int = 10
    """How often the reports (the domain) count when tokens and word vectors are learnt."""
    concept_repeats: int = 20
    """How often thesaurus words count when tokens and word vectors are learnt."""
    own_repeats: int = 3
    """How often our own pairs and cases count when tokens and word vectors are learnt."""
    switched_text: float = 0.5
    """Share of the lines of running text that are read once more with words of another language in them."""
    switched_pairs: Mapping[str, float] = field(
        default_factory=lambda: {
            "lovdata-sections": 0.3,
            "sfs-sections": 0.3,
            "riksdag-interpellations": 0.3,
            "norquad": 1.0,
            "text-nb": 0.2,
            "text-sv": 0.2,
            "reports": 1.0,
        }
    )
    """Share of the pairs of a source that are read once more with the query put into another language."""
    vocabulary: int = 48_000
    """Tokens, at most."""
    dimensions: int = 256
    """Length of a vector."""
    window: int = 8
    """Neighbours counted on each side of a token."""
    smoothing: float = 0.75
    """Exponent on context frequency in PPMI (Levy, Goldberg & Dagan 2015)."""
    rarity: float = 1e-3
    """The a of a / (a + p), the weight of a token with frequency p at the start (Arora, Liang & Ma 2017)."""
    shares: Mapping[str, float] = field(default_factory=lambda: dict(SHARES))
    """Draws per row and epoch, by source."""
    epochs: int = 4
    """Passes of the contrastive training."""
    batch: int = 1024
    """Pairs in a batch; each is a negative of all others."""
    learning_rate: float = 2e-3
    """Adam's step at the start; falls to zero in a straight line."""
    scale: float = 20.0
    """Factor on the cosine before the softmax."""
    longest: int = 96
    """Tokens of a text that training reads."""
    language_directions: int = 4
    """Directions taken out of the rows because they tell the language; one less than there are languages."""
    fewest_translations: int = 500
    """Translations between two languages below which their difference is not looked at."""
    components: int = 1
    """Common directions taken out of the rows at the end."""
    sample_every: int = 20
    """One line in so many of the text is used to find the common directions."""
