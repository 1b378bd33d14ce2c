"""What a search answers with."""

from pydantic import BaseModel, Field


class MarkedWord(BaseModel):
    """A word of the passage that matches."""

    start: int = Field(description="First character in the passage.")
    end: int
    why: str = Field(description="word, part (half of a compound), spelling (spelt nearly so) or synonym.")


class Hit(BaseModel):
    """A case that answers a query, with the passage that answers it best, and why it is here."""

    case: str = Field(description="Id of the case.")
    title: str
    score: float = Field(description="Higher is better; comparable within one answer.")
    nearness: str = Field(default="", description="How near in meaning: very-near, near, related, or empty.")
    legs: list[str] = Field(
        default=[], description="What found it: meaning, words, or both; letters when only runs of letters are alike."
    )
    section: str = Field(description="Kind of section that the passage is from.")
    passage: str
    start: int = Field(description="First character of the passage in the case document.")
    end: int = Field(description="Character after the passage's last.")
    marks: list[MarkedWord] = Field(default=[], description="Matching words of the passage, in order.")


class SimilarHit(Hit):
    """A case that is like another."""

    shared: dict[str, list[str]] = Field(default={}, description="Measures, factors and themes that both have.")


class Widened(BaseModel):
    """A word of the query and what it was also searched as."""

    word: str
    also: list[str]


class SearchResult(BaseModel):
    """The answer to a query."""

    query: str
    total: int = Field(description="Cases that answer the query, of which `hits` are some.")
    capped: bool = Field(default=False, description="Whether there may be more than `total`.")
    hits: list[Hit]
    nearest: list[Hit] = Field(default=[], description="When nothing answers: what comes nearest.")
    facets: dict[str, dict[str, int]] = Field(
        default={}, description="Facet → value → how many of the cases that answer have it."
    )
    correction: str | None = Field(default=None, description="The query as it may have been meant.")
    widened: list[Widened] = Field(default=[], description="Other words that were searched for too.")
