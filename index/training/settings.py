"""Every number of the recipe, in one frozen dataclass."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from types import MappingProxyType
from typing import Any

from index.training.errors import SettingUnknown

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
        "misspelt": 1.0,
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

    version: int = 3
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
            "cases": 1.0,
        }
    )
    """Share of the pairs of a source that are read once more with the query put into another language."""
    misspelt_pairs: Mapping[str, float] = field(
        default_factory=lambda: {
            "written-nb": 0.5,
            "written-nn": 0.5,
            "written-sv": 0.5,
            "written-da": 0.5,
            "written-en": 0.5,
            "cases": 0.3,
            "concepts": 0.1,
            "labels": 0.5,
        }
    )
    """Share of the pairs of a source that are read once more with slips of the keyboard in the query."""
    vocabulary: int = 48_000
    """Tokens, at most."""
    nordic: bool = True
    """Whether Swedish ä and ö are read as æ and ø."""
    dimensions: int = 256
    """Length of a vector."""
    start: str = "word-vectors"
    """What the rows are before training: ``word-vectors`` (PPMI and SVD) or ``random``."""
    window: int = 8
    """Neighbours counted on each side of a token."""
    smoothing: float = 0.75
    """Exponent on context frequency in PPMI (Levy, Goldberg & Dagan 2015)."""
    rarity: float = 1e-3
    """The a of a / (a + p), the weight of a token with frequency p at the start (Arora, Liang & Ma 2017)."""
    shares: Mapping[str, float] = field(default_factory=lambda: dict(SHARES))
    """Draws per row and epoch, by source."""
    epochs: int = 1
    """Passes of the contrastive training."""
    batch: int = 1024
    """Pairs in a batch; each is a negative of all others."""
    learning_rate: float = 2e-3
    """Adam's step at the start; falls to zero in a straight line."""
    hard_negatives: tuple[str, ...] = ()
    """Sources whose queries get, besides the batch, a wrong passage that shares their words."""
    matryoshka: tuple[int, ...] = ()
    """Shorter lengths that the loss is also taken at, so that a vector may be cut (Kusupati et al. 2022)."""
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


def change_settings(settings: Settings, changes: Iterable[str]) -> Settings:
    """Return the settings after changes such as ``vocabulary=32000`` or ``shares={"cases": 8}``.

    The value is JSON; a mapping is laid over the one that is there. Raises SettingUnknown.
    """
    known: dict[str, Any] = asdict(settings)
    for change in changes:
        name, _, text = change.partition("=")
        try:
            value, before = json.loads(text), known[name]
        except (KeyError, ValueError) as error:
            raise SettingUnknown(change) from error
        if isinstance(before, Mapping):
            value = {**before, **value}
        known[name] = tuple(value) if isinstance(value, list) else value
    return replace(settings, **known)
